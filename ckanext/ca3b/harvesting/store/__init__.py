"""Rows of the harvest, read and written in short transactions of their own.

Functions that take a ``session`` write in that transaction: the one of a dataset and its record is CKAN's own.
"""
