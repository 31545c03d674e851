"""Everything a file holds, as tables of strings and loose texts: all sheets, all lists, all members of an archive."""

from __future__ import annotations

from .model import TEXT, Content, Part, Text
from .opening import open_file

__all__ = ["TEXT", "Content", "Part", "Text", "open_file"]
