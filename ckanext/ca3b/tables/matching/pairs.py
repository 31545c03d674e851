"""Which header is which column of one schema: never two headers for a column, nor two columns for a header."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ckanext.ca3b.tables.schemas import TableSchema

    from .index import Match

from .index import NAME, index_of


def pair(schema: int, found: Mapping[str, Sequence[Match]]) -> dict[str, Match]:
    """Give for each header its column of ``schema``, the surest pairs first.

    A header that is as much one column as another is neither, unless both are its very name.
    """
    claims: list[tuple[float, int, Match, str]] = []
    for position, (header, matches) in enumerate(found.items()):
        here = [match for match in matches if match.schema == schema]
        top = max((match.sure for match in here), default=0)
        if sum(match.sure == top for match in here) > 1 and top < NAME:
            here = [match for match in here if match.sure < top]
        claims += [(-match.sure, position, match, header) for match in here]
    pairs: dict[str, Match] = {}
    taken: set[int] = set()
    for _, _, match, header in sorted(claims, key=lambda claim: (claim[0], claim[1], claim[2].field)):
        if header not in pairs and match.field not in taken:
            pairs[header] = match
            taken.add(match.field)
    return pairs


def align(headers: Sequence[str], schema: TableSchema) -> dict[str, str]:
    """Give for each header that is one its column of ``schema``, however it is spelled."""
    index = index_of((schema,))
    pairs = pair(0, {header: index.matches(header) for header in headers})
    return {header: schema.fields[match.field].name for header, match in pairs.items()}
