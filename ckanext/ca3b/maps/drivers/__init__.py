"""One module per format: which one a file is read by is decided by its declared format or its name.

Each module has ``open_source(path, request) -> Source``; only that of the declared format is loaded.
"""

from __future__ import annotations

from .opening import open_layers

__all__ = ["open_layers"]
