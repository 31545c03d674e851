"""Repairs that lose nothing: a clerk's file as its schema wants it, each change listed.

A cell is changed only when it then holds for its column, and only when what it meant is beyond doubt; the order of
rows and columns, and the columns the schema does not know, stay.
"""

from __future__ import annotations

from .engine import left, look, plan, repair
from .model import Change, Repair

__all__ = ["Change", "Repair", "left", "look", "plan", "repair"]
