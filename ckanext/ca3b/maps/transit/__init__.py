"""Public transport feeds (GTFS): where stops are and where routes go."""

from __future__ import annotations

from .feed import Feed
from .routes import routes
from .stops import stops

__all__ = ["Feed", "routes", "stops"]
