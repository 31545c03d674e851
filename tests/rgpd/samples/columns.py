"""Columns of eight values, and the people in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

NAMES = [
    "DUPONT Jeanne",
    "MARTIN Paul",
    "BENALI Karim",
    "LE GOFF Yann",
    "PETIT Sylvie",
    "ROUSSEAU Marc",
    "NGUYEN Linh",
    "GARCIA Ana",
]
LAST = [name.rsplit(" ", 1)[0] for name in NAMES]
FIRST = [name.rsplit(" ", 1)[1] for name in NAMES]
STREETS = [
    "12 rue de la République",
    "3 bis avenue Alsace Lorraine",
    "5 impasse des Lilas",
    "27 chemin du Moulin",
    "1 place de la Mairie",
    "44 route de Lyon",
    "8 allée des Tilleuls",
    "19 rue Jean Jaurès",
]
MOBILES = [f"06 12 34 5{n} 7{n}" for n in range(8)]
LANDLINES = [f"04 74 2{n} 3{n} 4{n}" for n in range(8)]
BIRTHS = [f"{10 + n}/0{n + 1}/19{50 + 5 * n}" for n in range(8)]
TOWNS = ["Bourg-en-Bresse", "Viriat", "Péronnas", "Ceyzériat", "Attignat", "Polliat", "Montrevel", "Foissiat"]
AGES = ["23", "45", "37", "61", "29", "33", "52", "40"]
SEXES = list("FHFHFHFH")
LATITUDES = [f"46.20{n}123" for n in range(8)]
LONGITUDES = [f"5.22{n}123" for n in range(8)]
SIRETS = [
    "21010053400019",
    "21010451000010",
    "21010289400010",
    "21010072400014",
    "21010024500015",
    "21010301700014",
    "21010266200011",
    "21010163100019",
]  # fmt: skip


def table(**columns: Iterable[object]) -> tuple[list[str], list[list[object]]]:
    """Give (headers, rows); ``__`` in a name is a space, a text is repeated on every row."""
    headers = [name.replace("__", " ") for name in columns]
    lists = [[value] * 8 if isinstance(value, str) else list(value) for value in columns.values()]
    return headers, [list(row) for row in zip(*lists, strict=True)]


def mails(domain: str) -> list[str]:
    """Personal addresses of the eight people."""
    return [
        f"{first.lower()}.{last.lower().replace(' ', '')}@{domain}" for first, last in zip(FIRST, LAST, strict=True)
    ]
