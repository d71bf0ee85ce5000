"""What the command line asks of the register: a list of schools taken into it."""
