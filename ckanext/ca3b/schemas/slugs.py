"""Addresses of datasets, made from their titles."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_LENGTH = 80
_SMALL_WORDS = {"le", "la", "les", "l", "un", "une", "des", "de", "du", "d", "et", "a", "au", "aux", "en"}
_NOT_WORD = re.compile(r"[^a-z0-9]+")


def slugify(title: str) -> str:
    """Return ``title`` as an address: ``"L'eau potable à Ceyzériat"`` gives ``eau-potable-ceyzeriat``.

    At most 80 characters, cut between two words; never shorter than two characters.
    """
    folded = unicodedata.normalize("NFKD", title.replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae"))
    plain = "".join(char for char in folded if not unicodedata.combining(char)).casefold()
    words = [word for word in _NOT_WORD.split(plain) if word]
    kept = [word for word in words if word not in _SMALL_WORDS] or words
    slug = "-".join(kept)
    if len(slug) > MAX_LENGTH:
        cut = slug[: MAX_LENGTH + 1].rpartition("-")[0]
        slug = cut or slug[:MAX_LENGTH]
    return slug if len(slug) > 1 else f"donnees-{slug}".rstrip("-")


def free_slug(title: str, is_taken: Callable[[str], bool]) -> str:
    """Return the address made from ``title``, with the first number from 2 up that makes it free."""
    slug = slugify(title)
    if not is_taken(slug):
        return slug
    number = 2
    while is_taken(f"{slug}-{number}"):
        number += 1
    return f"{slug}-{number}"
