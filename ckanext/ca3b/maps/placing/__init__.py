"""How a table says where its rows are: from its headers and its values to one geometry per row."""

from __future__ import annotations

from .choose import Placement, choose

__all__ = ["Placement", "choose"]
