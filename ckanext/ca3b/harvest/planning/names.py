"""Addresses of harvested datasets: read aloud, and no two alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ckanext.ca3b.schemas.slugs import slugify

if TYPE_CHECKING:
    from collections.abc import Callable, Container

#: What CKAN allows of a name.
LONGEST = 100
#: Names that are pages of CKAN.
_RESERVED = frozenset({"new", "edit", "search"})


def dataset_name(title: str, source_name: str, taken: Callable[[str], bool] | Container[str]) -> str:
    """Return an address for a dataset: its title, else with the name of its source, else with a number too.

    ``source_name`` is what people call the source, the commune's name at best. ``taken`` tells which are others'.
    From 2 to 100 characters among a-z, 0-9 and « - ».
    """
    is_taken = taken if callable(taken) else taken.__contains__
    bare, place = slugify(title), slugify(source_name) if source_name.strip() else ""
    longer = bare if not place or bare == place or bare.endswith(f"-{place}") else _joined(bare, place)
    for name in dict.fromkeys((bare, longer)):
        if name not in _RESERVED and not is_taken(name):
            return name
    return _joined(longer, str(_free(lambda number: is_taken(_joined(longer, str(number))))))


def _free(is_taken: Callable[[int], bool]) -> int:
    """Return a number from 2 that is free: the first one when none was freed between, in few questions."""
    above = 2
    while is_taken(above):
        above *= 2
    below = above // 2  # taken, or 1
    while above - below > 1:
        middle = (above + below) // 2
        below, above = (middle, above) if is_taken(middle) else (below, middle)
    return above


def _joined(start: str, end: str) -> str:
    end = end[: LONGEST - 3].strip("-")
    return f"{start[: LONGEST - len(end) - 1].rstrip('-')}-{end}"
