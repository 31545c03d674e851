"""Catalogues made up for the tests, in the syntaxes that their portals speak."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

PREFIXES = """@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix hydra: <http://www.w3.org/ns/hydra/core#> .
"""


@dataclass
class Entry:
    """One dataset as its portal describes it; ``uri`` and ``identifier`` may be absent, and so may the title."""

    name: str
    title: str | None = None
    description: str = "Une description."
    keywords: tuple[str, ...] = ("mobilité",)
    uri: str | None = None
    identifier: str | None = None
    files: tuple[str, ...] = ()
    license: str = "https://www.etalab.gouv.fr/licence-ouverte-open-licence"


@dataclass
class Portal:
    """A catalogue at an address: its entries, changed by the tests between two runs."""

    base: str
    entries: list[Entry] = field(default_factory=list)

    @classmethod
    def of(cls, base: str, count: int, **values) -> Portal:
        """Return a catalogue of so many datasets, each with one CSV file."""
        return cls(base, [numbered(base, number, **values) for number in range(count)])

    def turtle(self, entries: Iterable[Entry] | None = None, more: str = "") -> bytes:
        """Return the catalogue, or a page of it."""
        wanted = self.entries if entries is None else list(entries)
        head = f'{PREFIXES}<{self.base}/> a dcat:Catalog ; dct:title "Catalogue"@fr .\n'
        return (head + more + "".join(self._described(one) for one in wanted)).encode()

    def pages(self, size: int, path: str = "/catalog.ttl") -> dict[str, bytes]:
        """Return the catalogue in hydra pages, by path."""
        groups = [self.entries[start : start + size] for start in range(0, len(self.entries), size)] or [[]]
        paths = [path if number == 0 else f"{path}?page={number + 1}" for number in range(len(groups))]
        told = {}
        for number, (here, group) in enumerate(zip(paths, groups, strict=True)):
            after = f" ; hydra:next <{self.base}{paths[number + 1]}>" if number + 1 < len(groups) else ""
            page = f"<{self.base}{here}> a hydra:PartialCollectionView{after} .\n"
            told[here] = self.turtle(group, page)
        return told

    def _described(self, one: Entry) -> str:
        subject = f"<{one.uri}>" if one.uri else f"_:{one.name}"
        said = [f"{subject} a dcat:Dataset", f"dct:description {_text(one.description)}"]
        said += [f"dct:title {_text(one.title)}"] if one.title is not None else []
        said += [f"dct:identifier {_text(one.identifier)}"] if one.identifier is not None else []
        said += [f"dcat:keyword {_text(word)}" for word in one.keywords]
        said += [f"dct:license <{one.license}>"] if one.license else []
        said += [
            f"dcat:distribution [ a dcat:Distribution ; dct:title {_text(url.rsplit('/', 1)[-1])} ;"
            f" dcat:downloadURL <{url}> ; dct:format {_text(url.rsplit('.', 1)[-1].upper())} ]"
            for url in one.files
        ]
        return f"<{self.base}/> dcat:dataset {subject} .\n" + " ;\n  ".join(said) + " .\n"


def numbered(base: str, number: int, **values) -> Entry:
    """Return a dataset that says all that is needed."""
    given = {
        "title": f"Jeu {number}",
        "uri": f"{base}/jeux/{number}",
        "identifier": f"jeu-{number}",
        "files": (f"{base}/fichiers/{number}.csv",),
    }
    return Entry(f"jeu{number}", **{**given, **values})


def data_json(entries: Iterable[Entry]) -> bytes:
    """Return a DCAT-US catalogue."""
    datasets = [
        {
            "@type": "dcat:Dataset",
            "identifier": one.identifier,
            "title": one.title,
            "description": one.description,
            "keyword": list(one.keywords),
            "distribution": [{"@type": "dcat:Distribution", "downloadURL": url} for url in one.files],
        }
        for one in entries
    ]
    return json.dumps(
        {
            "conformsTo": "https://project-open-data.cio.gov/v1.1/schema",
            "@type": "dcat:Catalog",
            "dataset": datasets,
        }
    ).encode()


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False) + "@fr"
