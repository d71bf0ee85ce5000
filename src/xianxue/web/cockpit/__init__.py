"""驾驶舱: few big numbers against their lines, for a wall or a sheet of A4."""
