"""A description of a catalogue as a dataset of the portal, in the fields of its schema."""

from __future__ import annotations

from .package import SourceFacts, package

__all__ = ["SourceFacts", "package"]
