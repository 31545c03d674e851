"""Map services named by their address: recognised, asked what they have, and said in the words of ``carte.json``.

Nothing here goes out by itself: whoever calls gives ``ask``, the guarded way to the web (:mod:`ckanext.ca3b.fetching`
on the portal). Services of pictures and of tiles stay where they are; those of features are copied to a file that is
then converted like any other.
"""

from __future__ import annotations

from .model import Ask, Download, Reply, Service
from .reading import look
from .recognition import KINDS, recognise
from .templates import tile_address

__all__ = ["KINDS", "Ask", "Download", "Reply", "Service", "look", "recognise", "tile_address"]
