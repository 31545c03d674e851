"""The report of one file: how it was read and what its table schema says, kept per resource and SHA-256."""
