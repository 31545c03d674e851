"""Texts of datasets for formats that have no room for Markdown, and none for control characters."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import markdown
import nh3

#: What XML 1.0 has no way to write.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPACES = re.compile(r"\s+")


def clear(text: Any) -> str:
    """Return a text without the characters that XML cannot hold."""
    return _FORBIDDEN.sub("", str(text or ""))


def line(text: Any) -> str:
    """Return a text on one line."""
    return _SPACES.sub(" ", clear(text)).strip()


def plain(text: Any, limit: int = 0) -> str:
    """Return what Markdown says, on one line and without marks; cut at a word when it is longer than ``limit``."""
    # What is cut off anyway costs nothing to read.
    given = clear(text)[: limit * 8] if limit else clear(text)
    said = line(unescape(nh3.clean(markdown.markdown(given), tags=set())))
    if not limit or len(said) <= limit:
        return said
    return said[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"
