"""Behaviour of the search for personal data."""
