"""The SIRET that the schema asks of an organisation, of which the portal knows the SIREN."""

from __future__ import annotations

import re
from typing import Any

_DIGITS = re.compile(r"\D")
#: The rank of the first establishment: that of the town hall, or of the seat of the intercommunality.
_FIRST = "0001"


def siret(siren: Any, *known: Any) -> str:
    """Return the first SIRET among ``known``, else that of the first establishment of a SIREN; '' without either.

    Fourteen digits whose last one is the key (Luhn).
    """
    for one in known:
        found = _DIGITS.sub("", str(one or ""))
        if len(found) == 14 and _sum(found) % 10 == 0:
            return found
    digits = _DIGITS.sub("", str(siren or ""))
    if len(digits) != 9:
        return ""
    start = digits + _FIRST
    return start + str(-_sum(start + "0") % 10)


def _sum(digits: str) -> int:
    """Return the sum of Luhn: every second digit from the right counts double."""
    doubled = (int(one) * (2 if rank % 2 else 1) for rank, one in enumerate(reversed(digits)))
    return sum(one - 9 if one > 9 else one for one in doubled)
