"""What leaves the machine, where the settings say so: mail, and calls to other programs."""
