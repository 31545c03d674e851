"""The registry of treatments: one module each."""

from __future__ import annotations

from .addresses import GENERALISE_ADDRESS
from .aggregate import AGGREGATE
from .base import Kind
from .coordinates import GENERALISE_COORDINATES
from .dates import GENERALISE_DATE
from .drop import DROP_COLUMN, REWRITE
from .k_anonymise import K_ANONYMISE
from .mask import MASK
from .numbers import GENERALISE_NUMBER
from .pseudonym import PSEUDONYM
from .rare import SUPPRESS_RARE_ROWS
from .small_cells import SUPPRESS_SMALL_CELLS

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        DROP_COLUMN, MASK, PSEUDONYM, GENERALISE_DATE, GENERALISE_NUMBER, GENERALISE_ADDRESS, GENERALISE_COORDINATES,
        K_ANONYMISE, SUPPRESS_RARE_ROWS, AGGREGATE, SUPPRESS_SMALL_CELLS, REWRITE,
    )
}  # fmt: skip

__all__ = ["KINDS", "Kind"]
