"""What the house says, in languages beside Chinese: one folder a language, one file a room."""
