"""Plans: what somebody asks is read, answered by the room, and handed to terminal and pages."""
