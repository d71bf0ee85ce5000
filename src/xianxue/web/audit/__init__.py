"""核对: drop a document and see whether it agrees with itself and with what the bureau holds."""
