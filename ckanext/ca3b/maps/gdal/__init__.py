"""GDAL in a process of its own: one driver, no network, no other file, bounded memory and time.

``reader.GdalReader`` is the near side; ``child`` is the process. Nothing is imported here, so that the process
loads only what it needs.
"""
