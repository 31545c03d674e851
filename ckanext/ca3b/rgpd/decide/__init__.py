"""From what was seen and what the table is about to findings, through the policy."""

from __future__ import annotations

from .engine import decide
from .loose import decide_text, is_act
from .sentences import read_sentences

__all__ = ["decide", "decide_text", "is_act", "read_sentences"]
