"""The commune that an address, a postal code, an INSEE code or a point stands in."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from attrs import frozen

from ckanext.ca3b.territory.core import all_epcis, normalise

if TYPE_CHECKING:
    from collections.abc import Mapping


@frozen
class Gazetteer:
    """Communes of France by their codes: an INSEE code has one name, a postal code may have several communes."""

    by_insee: Mapping[str, str]
    by_postal: Mapping[str, tuple[tuple[str, str], ...]]
    """Postal code to (comparison key, name)."""
    insee_of: Mapping[tuple[str, str], str]

    def find(self, code: str | None, rest: str | None) -> str | None:
        """Give the name of the commune of a postal or INSEE ``code``, ``rest`` being what may name it."""
        plain = (code or "").strip().upper()
        plain = plain.zfill(5) if re.fullmatch("[0-9]{4}", plain) else plain
        there = self.by_postal.get(plain, ())
        key = f" {normalise(rest or '')} "
        # The longest name wins: « Saint-Denis-lès-Bourg » is not « Saint-Denis ».
        named = [(len(known), name) for known, name in there if f" {known} " in key]
        if named:
            return max(named)[1]
        if len(there) == 1:
            return there[0][1]
        return None if there else self.by_insee.get(plain)


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """Read the communes of all the EPCIs; about a second, once."""
    by_insee: dict[str, str] = {}
    by_postal: dict[str, list[tuple[str, str]]] = {}
    insee_of: dict[tuple[str, str], str] = {}
    for epci in all_epcis():
        for commune in epci.members:
            by_insee[commune.insee_code] = commune.name
            for code in commune.postal_codes:
                by_postal.setdefault(code, []).append((normalise(commune.name), commune.name))
                insee_of[code, commune.name] = commune.insee_code
    return Gazetteer(by_insee, {code: tuple(found) for code, found in by_postal.items()}, insee_of)


def department(code: str | None) -> str | None:
    """Give the département of a postal or INSEE code: « 01 », « 2A », « 974 »; Corsican postal codes give « 20 »."""
    plain = (code or "").strip().upper()
    plain = plain.zfill(5) if re.fullmatch("[0-9]{4}", plain) else plain
    if not re.fullmatch("[0-9][0-9AB][0-9]{3}", plain):
        return None
    return plain[:3] if plain.startswith(("97", "98")) else plain[:2]
