"""What every kind of treatment states, and how its parameters are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import frozen

from ckanext.ca3b.rgpd.remedies.model import RemedyError

if TYPE_CHECKING:
    from collections.abc import Callable

    from ckanext.ca3b.rgpd.remedies.flow import Flow, Settings
    from ckanext.ca3b.rgpd.remedies.model import Treatment

CELLS, DROP, GROUPS, RARE, TABLE = range(5)
"""Order of the treatments, whatever the order they are asked in: cells first, then columns, rows, the whole table."""


@frozen
class Kind:
    """One kind of treatment. ``label`` is French; ``params`` are the names its treatments may set.

    ``run`` gives the rows treated; it may read them through once to learn their groups.
    """

    name: str
    label: str
    phase: int
    run: Callable[[Flow, Treatment, Settings], Flow]
    params: frozenset[str] = frozenset()
    columns: bool = True
    """Whether it needs at least one column."""


def integer(treatment: Treatment, name: str, default: int, least: int = 1) -> int:
    """Give an integer parameter of at least ``least``."""
    value = treatment.params.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise RemedyError("params", f"Le réglage « {name} » est un nombre entier, {least} au moins.")
    return value


def share(treatment: Treatment, name: str, default: float) -> float:
    """Give a parameter from 0 to 1."""
    value = treatment.params.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise RemedyError("params", f"Le réglage « {name} » est une part, de 0 à 1.")
    return float(value)


def choice(treatment: Treatment, name: str, choices: tuple[Any, ...]) -> Any:
    """Give a parameter among ``choices``, the first one by default."""
    value = treatment.params.get(name, choices[0])
    if value not in choices or isinstance(value, bool):
        allowed = ", ".join(str(each) for each in choices)
        raise RemedyError("params", f"Le réglage « {name} » est l’un de : {allowed}.")
    return value


def text(treatment: Treatment, name: str, default: str = "") -> str:
    """Give a text parameter."""
    value = treatment.params.get(name, default)
    if not isinstance(value, str):
        raise RemedyError("params", f"Le réglage « {name} » est un texte.")
    return value


def texts(treatment: Treatment, name: str) -> list[str]:
    """Give a parameter that is a list of texts, empty by default."""
    value = treatment.params.get(name, [])
    if isinstance(value, str):
        return [value]
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
        raise RemedyError("params", f"Le réglage « {name} » est une liste de textes.")
    return list(value)


def numbers(treatment: Treatment, name: str) -> list[float]:
    """Give a parameter that is a list of growing numbers, empty by default."""
    value = treatment.params.get(name, [])
    good = isinstance(value, list | tuple) and all(
        isinstance(item, int | float) and not isinstance(item, bool) for item in value
    )
    if not good or sorted(set(value)) != list(value):
        raise RemedyError("params", f"Le réglage « {name} » est une liste de nombres qui vont en croissant.")
    return [float(item) for item in value]
