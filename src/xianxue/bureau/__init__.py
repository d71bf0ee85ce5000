"""The pure floor: numbers in, numbers out. No clock, disk, network, database or framework."""
