"""One module per format: which one a file is read by is decided by its declared format or its name."""
