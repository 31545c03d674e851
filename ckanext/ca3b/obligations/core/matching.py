"""Which datasets fulfil which duty, and for whom: one pass over the datasets, whatever the number of communes."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

import attrs

from ckanext.ca3b.vocabularies.core import normalise, uri_key

from .model import AGGLOMERATION, COMMUNE, Body, Found, Ground, Present, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

ANY_CATEGORY = "any"
#: The surest first: the page says how a dataset was recognised.
GROUNDS: tuple[Ground, ...] = ("schema", "hvd", "format", "words", "any")
_STANDARD_HOST = "schema.data.gouv.fr"


@attrs.frozen
class Said:
    """What a dataset says of itself, made comparable once for all the duties."""

    title: str
    keywords: frozenset[str]
    standards: tuple[str, ...]
    formats: frozenset[str]

    @classmethod
    def of(cls, dataset: Present) -> Said:
        """Read a dataset; only addresses of schema.data.gouv.fr are kept."""
        keys = (uri_key(one) for one in dataset.standards)
        return cls(
            title=f" {normalise(dataset.title)} ",
            keywords=frozenset(_plain(one) for one in dataset.words),
            standards=tuple(f"{one}/" for one in keys if one.startswith(_STANDARD_HOST)),
            formats=frozenset(one.upper() for one in dataset.formats),
        )


def recognise(rule: Rule, dataset: Present, said: Said) -> Ground | None:
    """Tell how a dataset is recognised as what ``rule`` asks for; None when it is not."""
    proof = rule.proof
    if dataset.schemas & proof.schemas or _follows(said.standards, proof.standards):
        return "schema"
    if dataset.hvd & proof.hvd or (dataset.hvd and ANY_CATEGORY in proof.hvd):
        return "hvd"
    if said.formats & proof.formats:
        return "format"
    if proof.words and _speaks(said, proof.words, proof.not_words):
        return "words"
    return "any" if proof.any_dataset else None


def _follows(addresses: Iterable[str], standards: Iterable[str]) -> bool:
    """Tell whether an address is that of a standard, whatever its version: ``…/scdl/budget/0.8.3/schema.json``."""
    return any(f"/{one.casefold()}/" in address for address in addresses for one in standards)


def _speaks(said: Said, wanted: Iterable[str], unwanted: Iterable[str]) -> bool:
    """Tell whether the keywords are, or the title holds, one of the words; the title holds none of the others."""
    if not any(one in said.keywords or f" {one} " in said.title for one in wanted):
        return False
    return not any(f" {one} " in said.title for one in unwanted)


@lru_cache(maxsize=4096)
def _plain(keyword: str) -> str:
    """Return a keyword as it is compared; a catalogue repeats the same ones."""
    return normalise(keyword)


class Holders:
    """Whom a dataset is about, among the bodies of a territory."""

    def __init__(self, bodies: Sequence[Body]) -> None:
        self._by_owner = {body.owner: body for body in bodies if body.owner}
        self._by_siren = {body.siren: body for body in bodies if body.siren}
        self._communes = {body.key: body for body in bodies if body.kind == COMMUNE}

    def own(self, dataset: Present) -> list[Body]:
        """Return the bodies whose own data this is.

        Another body that is named as publisher, by its SIREN; else the one commune that is ticked, when the
        agglomeration or a partner publishes for it; else the producer.
        """
        owner = self._by_owner.get(dataset.owner)
        named = [self._by_siren[one] for one in dataset.publishers if one in self._by_siren]
        # The portal writes the producer there by itself: it tells nothing.
        others = [one for one in named if one is not owner]
        if others:
            return others
        if len(dataset.communes) == 1 and (owner is None or owner.kind == AGGLOMERATION):
            one = self._communes.get(dataset.communes[0])
            return [one] if one else []
        return [owner] if owner else []

    def about(self, dataset: Present) -> list[Body]:
        """Return the communes that the dataset covers: those ticked, else all those of its producer; and its owner."""
        owner = self._by_owner.get(dataset.owner)
        if dataset.communes:
            covered = [self._communes[one] for one in dataset.communes if one in self._communes]
        elif owner and owner.kind == AGGLOMERATION:
            covered = list(self._communes.values())
        else:
            covered = []
        return [*covered, *(one for one in self.own(dataset) if one not in covered)]


def attribute(
    rules: Sequence[Rule], bodies: Sequence[Body], datasets: Iterable[Present]
) -> Mapping[tuple[str, str], list[Found]]:
    """Return what is found by (key of the body, code of the duty), the surest and latest first."""
    holders = Holders(bodies)
    found: dict[tuple[str, str], list[Found]] = defaultdict(list)
    for dataset in datasets:
        said = Said.of(dataset)
        for rule in rules:
            ground = recognise(rule, dataset, said)
            if ground is None:
                continue
            for body in holders.own(dataset) if rule.counts == "own" else holders.about(dataset):
                found[body.key, rule.code].append(Found(dataset, ground))
    for items in found.values():
        items.sort(key=_order)
    return found


def _order(one: Found) -> tuple[int, int, str]:
    day = one.dataset.updated.toordinal() if one.dataset.updated else 0
    return GROUNDS.index(one.ground), -day, one.dataset.title
