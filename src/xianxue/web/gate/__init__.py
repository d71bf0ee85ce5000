"""What every request passes before a page is asked: who it is, in which language, what is safe."""
