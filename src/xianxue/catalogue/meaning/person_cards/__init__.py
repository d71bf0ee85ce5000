"""Cards about persons and their schools: who may apply, who is chosen, what follows."""
