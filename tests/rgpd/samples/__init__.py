"""Small French files, written as towns write them, with what a DPO says of each."""

from __future__ import annotations

from .columns import FIRST, LAST, MOBILES, NAMES, SIRETS, STREETS, TOWNS, mails
from .held import HELD
from .published import OPEN

__all__ = ["FIRST", "HELD", "LAST", "MOBILES", "NAMES", "OPEN", "SIRETS", "STREETS", "TOWNS", "mails"]
