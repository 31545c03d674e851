"""Members of the 1,255 French EPCIs, read from the packaged file one EPCI at a time."""

from __future__ import annotations

import gzip
import json
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import frozen

from .errors import UnknownEpciError
from .names import slugify

if TYPE_CHECKING:
    from collections.abc import Iterator

DATA = Path(__file__).parent / "data"

# DGCL abbreviates the legal form in front of the name; the public reads it in full.
LEGAL_FORMS = {
    "CC": "Communauté de communes",
    "CA": "Communauté d'agglomération",
    "CU": "Communauté urbaine",
}


@frozen
class Commune:
    """A member commune. Populations are the legal ones, in inhabitants."""

    insee_code: str
    name: str
    slug: str
    siren: str
    postal_codes: tuple[str, ...]
    municipal_population: int
    total_population: int


@frozen
class Epci:
    """An intercommunality (EPCI à fiscalité propre) and its members, sorted by INSEE code.

    ``type`` is the DGCL's: CC, CA, CU, METRO or MET69. ``name`` has the legal form in full;
    ``usual_name`` is what the agglomeration calls itself when the package knows it, else the same.
    """

    siren: str
    type: str
    name: str
    usual_name: str
    slug: str
    members: tuple[Commune, ...]

    @property
    def municipal_population(self) -> int:
        """Inhabitants of all members, population municipale."""
        return sum(commune.municipal_population for commune in self.members)

    @property
    def total_population(self) -> int:
        """Inhabitants of all members, population totale."""
        return sum(commune.total_population for commune in self.members)

    @property
    def postal_codes(self) -> tuple[str, ...]:
        """Postal codes of all members, sorted, without repetition."""
        return tuple(sorted({code for commune in self.members for code in commune.postal_codes}))


def read_epci(siren: str) -> Epci:
    """Return the EPCI whose SIREN is ``siren`` (nine digits, spaces allowed).

    Raises UnknownEpciError.
    """
    compact = re.sub(r"\s", "", siren)
    if not re.fullmatch(r"[0-9]{9}", compact):
        raise UnknownEpciError(siren)
    return _read(compact)


def all_epcis() -> Iterator[Epci]:
    """Yield every EPCI of the packaged file, by SIREN; about half a second for all."""
    for line in _lines().splitlines():
        yield _parse(line)


@lru_cache(maxsize=8)
def _read(siren: str) -> Epci:
    data = _lines()
    start = data.find(b'{"siren":"' + siren.encode() + b'"')
    if start < 0:
        raise UnknownEpciError(siren)
    return _parse(data[start : data.index(b"\n", start)])


def _lines() -> bytes:
    # 12 ms and 2 MB, not kept: a portal asks for one EPCI, once.
    return gzip.decompress((DATA / "epci.jsonl.gz").read_bytes())


def _parse(line: bytes) -> Epci:
    record: dict[str, Any] = json.loads(line)
    slugs = [slugify(name) for name in record["nom"]]
    columns = zip(
        record["code"],
        record["nom"],
        record["commune_siren"],
        record["postal"],
        record["municipale"],
        record["totale"],
        strict=True,
    )
    name = _name_in_full(record["name"])
    usual_name = json.loads((DATA / "usual_names.json").read_text("utf-8")).get(record["siren"], name)
    return Epci(
        siren=record["siren"],
        type=record["type"],
        name=name,
        usual_name=usual_name,
        slug=slugify(usual_name),
        members=tuple(
            Commune(
                insee_code=code,
                name=nom,
                # Two members of one EPCI may bear the same name (Seyssel, in Ain and in Haute-Savoie).
                slug=slug if slugs.count(slug) == 1 and len(slug) > 1 else f"{slug}-{code.lower()}",
                siren=siren,
                postal_codes=tuple(postal),
                municipal_population=municipal,
                total_population=total,
            )
            for slug, (code, nom, siren, postal, municipal, total) in zip(slugs, columns, strict=True)
        ),
    )


def _name_in_full(name: str) -> str:
    form, _, rest = name.partition(" ")
    return f"{LEGAL_FORMS[form]} {rest}" if form in LEGAL_FORMS else name
