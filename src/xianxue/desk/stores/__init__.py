"""One file for each outside thing: the disk, the engine, the clock."""
