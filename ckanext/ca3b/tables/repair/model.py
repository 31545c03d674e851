"""What a repair says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Callable

    from ckanext.ca3b.tables.model import Notice

EXAMPLES = 3


@frozen
class Change:
    """One kind of change in one column; ``examples`` are different (data row, before, after), row 0 for a header.

    ``kind`` is ``header``, ``spaces``, ``date``, ``number``, ``boolean``, ``enum``, ``zeros`` or ``digits``;
    ``column`` is the name in the schema; ``message`` is French.
    """

    kind: str
    column: str
    count: int
    message: str
    examples: tuple[tuple[int, str, str], ...]


@frozen
class Repair:
    """What was done. ``left`` says what was not repaired though it looks wrong, and why."""

    changes: tuple[Change, ...]
    rows: int
    left: tuple[Notice, ...] = ()


@frozen
class Rule:
    """One way of repairing a text without blanks around; ``None`` when it does not apply.

    ``valid_too`` rules also look at texts the schema accepts as they are: a code whose zero was eaten.
    """

    kind: str
    fix: Callable[[str], str | None]
    valid_too: bool = False


_WORDS = {
    "spaces": ("espaces retirés au début ou à la fin", "cellule"),
    "date": ("dates mises dans la forme attendue", "date"),
    "number": ("nombres écrits avec un point décimal et sans espace", "nombre"),
    "boolean": ("oui et non écrits comme le veut le schéma", "valeur"),
    "enum": ("valeurs écrites comme dans la liste du schéma", "valeur"),
    "zeros": ("zéros de tête remis", "code"),
    "digits": ("espaces et décimales nulles retirés des nombres entiers et des codes", "valeur"),
}


def message(kind: str, column: str, count: int) -> str:
    """Say a change in French."""
    done, what = _WORDS[kind]
    return f"Colonne «\u00a0{column}\u00a0»\u00a0: {done} ({count}\u00a0{what}{'s' if count > 1 else ''})."
