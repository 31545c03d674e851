"""What a layer holds and how to draw it: attributes, title, style, icon."""

from __future__ import annotations

from .layer import describe_layer

__all__ = ["describe_layer"]
