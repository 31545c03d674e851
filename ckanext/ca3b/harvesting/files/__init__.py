"""The files that harvested datasets link to: each looked at once when it comes or changes, one at a time by site.

They stay where they are. The rooms examine them as any link, and draw and serve them if the source says so; until
then a link is open and nothing of its file is shown here, as for any link.
"""

from __future__ import annotations

from .announcing import announce
from .looking import run, wake
from .store import is_ours

__all__ = ["announce", "is_ours", "run", "wake"]
