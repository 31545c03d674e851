"""French files as publishers produce them, made by code, with their truth written by hand in ``truth.yaml``.

Everybody in them is invented: no file holds a real person. See ``build.py``.
"""
