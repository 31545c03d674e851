"""Any geographic file becomes one description, and features or tiles in WGS 84. Nothing of a portal in here."""

from __future__ import annotations

from .errors import MapError
from .limits import Limits

__all__ = ["Limits", "MapError"]
