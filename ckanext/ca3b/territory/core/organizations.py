"""What the territory knows about each organisation of the portal, and what it would change in one.

The territory owns the fields of :class:`Wanted` and nothing else: the description, the logo and
the contacts belong to the people of the commune.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .epci import Commune, Epci

AGGLOMERATION = "agglomeration"
COMMUNE = "commune"


@frozen
class Wanted:
    """One organisation as the territory wants it.

    ``name`` is given at creation only: an address does not change afterwards. ``fields`` are
    refreshed: ``kind``, ``title``, ``siren``, ``population``, ``postal_codes``, and ``insee_code``
    for a commune. ``parent`` is the address of the agglomeration's organisation, None for itself.
    """

    name: str
    fields: Mapping[str, Any] = field(converter=dict)
    parent: str | None = None

    @property
    def identity(self) -> tuple[str, str]:
        """The field and value by which the organisation is recognised, whatever its address."""
        key = "insee_code" if self.fields["kind"] == COMMUNE else "siren"
        return key, self.fields[key]


def wanted_agglomeration(epci: Epci, usual_name: str = "") -> Wanted:
    """Return the organisation of the agglomeration; ``usual_name`` replaces the packaged one as title."""
    return Wanted(
        name=epci.slug,
        fields={
            "kind": AGGLOMERATION,
            "title": usual_name or epci.usual_name,
            "siren": epci.siren,
            "population": epci.municipal_population,
            "postal_codes": list(epci.postal_codes),
        },
    )


def wanted_commune(commune: Commune, parent: str) -> Wanted:
    """Return the organisation of a member commune, under the organisation whose address is ``parent``."""
    return Wanted(
        name=commune.slug,
        fields={
            "kind": COMMUNE,
            "title": commune.name,
            "insee_code": commune.insee_code,
            "siren": commune.siren,
            "population": commune.municipal_population,
            "postal_codes": list(commune.postal_codes),
        },
        parent=parent,
    )


def changes(current: Mapping[str, Any], wanted: Wanted) -> dict[str, Any]:
    """Return the fields of ``current`` that differ from what the territory wants, with their new values.

    ``current`` is the organisation's dictionary; parents other than ``wanted.parent`` are kept.
    """
    changed = {key: value for key, value in wanted.fields.items() if not _same(current.get(key), value)}
    parents = list(current.get("groups") or ())
    if wanted.parent and all(parent.get("name") != wanted.parent for parent in parents):
        changed["groups"] = [*parents, {"name": wanted.parent}]
    return changed


def free_name(wanted: Wanted, taken: Iterable[str]) -> str:
    """Return an address for a new organisation that no other one has."""
    names = set(taken)
    if wanted.name not in names:
        return wanted.name
    # A partner may already be called "viriat": the code tells the commune apart.
    return f"{wanted.name}-{wanted.identity[1].lower()}"


def _same(stored: Any, value: Any) -> bool:
    """Compare with what CKAN gives back: extras come as text, lists sometimes as JSON."""
    if isinstance(value, list) and isinstance(stored, str):
        try:
            stored = json.loads(stored)
        except ValueError:
            return False
    if isinstance(value, int):
        return str(stored) == str(value)
    return stored == value
