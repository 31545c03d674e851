"""The catalogue that goes out."""
