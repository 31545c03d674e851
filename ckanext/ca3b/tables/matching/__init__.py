"""Which table schemas a file probably follows, from its headers and a few of its values."""

from __future__ import annotations

from .pairs import align
from .proposals import Proposal, propose

__all__ = ["Proposal", "align", "propose"]
