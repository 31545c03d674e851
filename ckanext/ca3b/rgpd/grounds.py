"""The lawful grounds on which a DPO may let a file with personal data be published; they are in ``grounds.yaml``."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable

FILE = Path(__file__).with_name("grounds.yaml")


@frozen
class Ground:
    """One lawful ground.

    ``help`` says in one sentence when it holds, ``asks`` what the reason must say; ``never`` are the categories of
    personal data (those of ``DETECTORS``) that it cannot cover.
    """

    code: str
    label: str
    article: str
    help: str
    asks: str
    never: frozenset[str]


@lru_cache(maxsize=1)
def grounds() -> dict[str, Ground]:
    """Return the grounds by code, in the order in which they are proposed."""
    said: dict[str, Any] = yaml.safe_load(FILE.read_text("utf-8"))
    return {
        code: Ground(
            code=code,
            label=one["label"],
            article=one["article"],
            help=one["help"],
            asks=one["asks"],
            never=frozenset(said["sets"][one["never"]]) if one.get("never") else frozenset(),
        )
        for code, one in said["grounds"].items()
    }


def uncovered(code: str, categories: Iterable[str]) -> list[str]:
    """Return those of ``categories`` that the ground ``code`` cannot cover, sorted.

    :raises KeyError: the ground is unknown.
    """
    return sorted(grounds()[code].never & set(categories))
