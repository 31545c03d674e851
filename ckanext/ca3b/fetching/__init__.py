"""Fetching from the web what other people publish: bounded, pinned, and never from inside our own network.

The one way out of the portal: the files behind links, map services and catalogues all pass here.
"""

from __future__ import annotations

from .addresses import is_public
from .errors import SILENT, FetchError
from .once import fetch, once
from .web import Answer, Limits

__all__ = ["SILENT", "Answer", "FetchError", "Limits", "fetch", "is_public", "once"]
