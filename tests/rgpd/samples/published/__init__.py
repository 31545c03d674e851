"""What is published without anybody's signature: file name -> table."""

from __future__ import annotations

from . import counts, money, names, places, things

OPEN = places.SAMPLES | names.SAMPLES | money.SAMPLES | counts.SAMPLES | things.SAMPLES
