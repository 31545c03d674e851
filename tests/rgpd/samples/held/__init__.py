"""What must be held: file name -> (table, categories that must be said)."""

from __future__ import annotations

from . import families, homes, lists, sentences

HELD = families.SAMPLES | homes.SAMPLES | lists.SAMPLES | sentences.SAMPLES
