"""Catalogues that come compressed: ``catalogue.ttl.gz``, or a body sent so without its ``Content-Encoding``."""

from __future__ import annotations

import zlib

from .errors import BudgetError

_GZIP = b"\x1f\x8b\x08"
_STEP = 1 << 20


def unpacked(content: bytes, most: int) -> tuple[bytes, bool]:
    """Return a content as it was before gzip, or as it is, and whether it is whole; of one that is cut, what there is.

    :raises BudgetError: there is more than ``most`` bytes in it (``too-big``).
    """
    if not content.startswith(_GZIP):
        return content, True
    found = bytearray()
    rest, whole = content, True
    while rest.startswith(_GZIP):  # several parts may follow one another
        part = zlib.decompressobj(wbits=31)
        try:
            while rest and not part.eof:
                found += part.decompress(rest, _STEP)
                rest = part.unconsumed_tail
                if len(found) > most:
                    raise BudgetError(
                        "too-big", "Ce catalogue compressé est trop gros pour être lu une fois décompressé."
                    )
        except zlib.error:
            whole = False
            break
        whole = part.eof
        rest = part.unused_data
    return (bytes(found), whole) if found else (content, True)
