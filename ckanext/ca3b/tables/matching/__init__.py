"""Which table schemas a file probably follows, from its headers and a few of its values."""

from __future__ import annotations

from .pairs import align
from .proposals import Proposal, load_schemas, propose

__all__ = ["Proposal", "align", "load_schemas", "propose"]
