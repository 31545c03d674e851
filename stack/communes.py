"""Catalogues of three communes for the demonstration, as town halls have them, and the small site that serves them.

A spreadsheet at the SCDL schema, a DCAT catalogue in Turtle, a plain page of links. What they describe is real: codes
and populations of the INSEE and the DGCL, outlines of the IGN. Their small faults are there to be reported.

``python -m stack.communes FOLDER ADDRESS PORT`` serves a folder until it is stopped.
"""

from __future__ import annotations

import csv
import functools
import html
import http.server
import io
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Callable

    from ckanext.ca3b.territory.core import Commune, Epci, Territory

#: The biggest communes have datasets of their own in the demonstration: the catalogues are those of the next ones.
FIRST = 6
ORIGIN = (
    "Sources : INSEE et DGCL, par le paquet « @etalab/decoupage-administratif » ; IGN Admin Express pour le contour."
    " Exemple servi par la démonstration."
)
_MODIFIED = "2026-01-01"
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
_LICENCE = "https://www.etalab.gouv.fr/licence-ouverte-open-licence"


@frozen
class Data:
    """One dataset of a commune: its file, and what the catalogues say of it."""

    key: str
    title: str
    description: str
    theme: str
    file: str
    media_type: str
    content: str


@frozen
class Catalogue:
    """A catalogue to harvest: whose it is, where it is on the site, what people call it."""

    commune: Commune
    path: str
    title: str


def catalogues(epci: Epci) -> list[Catalogue]:
    """Return the three catalogues: a spreadsheet, Turtle and a page, each of another commune when there are enough."""
    by_size = sorted(epci.members, key=lambda one: one.municipal_population or 0, reverse=True)
    chosen = by_size[FIRST : FIRST + 3] if len(by_size) >= FIRST + 3 else by_size[-3:]
    files = ("catalogue.csv", "catalogue.ttl", "index.html")
    titles = ("Tableur de {}", "Catalogue DCAT de {}", "Page web de {}")
    return [
        Catalogue(commune, f"{commune.slug}/{file}", title.format(commune.name))
        for commune, file, title in zip(chosen, files, titles, strict=False)
    ]


def write(folder: Path, base: str, epci: Epci, territory: Territory) -> None:
    """Write the three catalogues and their files in ``folder``, which is served at the address ``base``."""
    writers: tuple[Callable[[Commune, list[Data], str], str], ...] = (_scdl, _turtle, _page)
    for one, text in zip(catalogues(epci), writers, strict=False):
        found = data_of(one.commune, territory)
        _put(folder / one.path, text(one.commune, found, f"{base}/{one.commune.slug}"))
        for each in found:
            _put(folder / one.commune.slug / each.file, each.content)


def shrink(folder: Path, base: str, epci: Epci, territory: Territory) -> None:
    """Leave one dataset in the Turtle catalogue, as a town hall's new site that forgot the others would."""
    one = catalogues(epci)[1]
    found = data_of(one.commune, territory)[:1]
    _put(folder / one.path, _turtle(one.commune, found, f"{base}/{one.commune.slug}"))


def data_of(commune: Commune, territory: Territory) -> list[Data]:
    """Return what is known of a commune, as datasets."""
    who, name = [commune.insee_code, commune.name], commune.name
    population = [[*who, str(commune.municipal_population or ""), str(commune.total_population or "")]]
    found = [
        Data("population", f"Population : {name}", f"Population municipale et totale de {name}. {ORIGIN}",
             "Population et société", "population.csv", "text/csv",
             _csv(["code_insee", "commune", "population_municipale", "population_totale"], population)),
        Data("codes-postaux", f"Codes postaux : {name}", f"Les codes postaux de {name}. {ORIGIN}",
             "Régions et villes", "codes-postaux.csv", "text/csv",
             _csv(["code_insee", "commune", "code_postal"], [[*who, code] for code in commune.postal_codes])),
        Data("identifiants", f"Codes et numéros : {name}", f"Code INSEE et SIREN de {name}. {ORIGIN}",
             "Gouvernement et secteur public", "identifiants.csv", "text/csv",
             _csv(["code_insee", "commune", "siren"], [[*who, commune.siren or ""]])),
    ]  # fmt: skip
    if outline := territory.outline(commune.insee_code):
        properties = {"code_insee": commune.insee_code, "commune": name}
        feature = {"type": "Feature", "properties": properties, "geometry": outline}
        text = json.dumps({"type": "FeatureCollection", "features": [feature]}, ensure_ascii=False)
        found.append(Data("contour", f"Contour : {name}", f"Les limites de {name}. {ORIGIN}", "Régions et villes",
                          "contour.geojson", "application/geo+json", text))  # fmt: skip
    return found


def _scdl(commune: Commune, found: list[Data], base: str) -> str:
    """Return the spreadsheet of a clerk, with a date nobody can read and a licence that was forgotten."""
    header = ("COLL_NOM", "ID", "TITRE", "DESCRIPTION", "THEME", "PRODUCTEUR_NOM", "COUV_SPAT_NOM",
              "DATE_PUBL", "FREQ_MAJ", "DATE_MAJ", "MOTS_CLES", "LICENCE", "FORMAT_RESSOURCES", "URL")  # fmt: skip
    last = len(found) - 1
    rows = [
        [f"Commune de {commune.name}", f"{commune.insee_code}-{one.key}", one.title,
         one.description, one.theme, f"Commune de {commune.name}", commune.name, _MODIFIED, "Annuelle",
         "au printemps" if number == 1 else _MODIFIED, f"{one.key}, {commune.name}",
         "" if number == last else "Licence Ouverte 2.0", one.file.rpartition(".")[2], f"{base}/{one.file}"]
        for number, one in enumerate(found)
    ]  # fmt: skip
    return _csv(header, rows)


def _turtle(commune: Commune, found: list[Data], base: str) -> str:
    """Return a DCAT catalogue, a dataset of which has a licence by a name that is none."""
    text = _said
    whole = ", ".join(f"<{base}/{one.key}>" for one in found)
    lines = [
        "@prefix dcat: <http://www.w3.org/ns/dcat#> .",
        "@prefix dct: <http://purl.org/dc/terms/> .",
        "@prefix foaf: <http://xmlns.com/foaf/0.1/> .",
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .",
        f"<{base}/catalogue.ttl> a dcat:Catalog ; dct:title {text(f'Données de {commune.name}')}@fr ;",
        f"  dct:publisher <{base}/mairie> ; dcat:dataset {whole} .",
        f"<{base}/mairie> a foaf:Organization ; foaf:name {text(f'Commune de {commune.name}')} .",
    ]
    for number, one in enumerate(found):
        licence = text("libre de droits") if number == 2 else f"<{_LICENCE}>"
        lines += [
            f"<{base}/{one.key}> a dcat:Dataset ; dct:identifier {text(f'{commune.insee_code}-{one.key}')} ;",
            f"  dct:title {text(one.title)}@fr ; dct:description {text(one.description)}@fr ;",
            f"  dcat:keyword {text(one.key)}@fr, {text(commune.name)}@fr ; dct:publisher <{base}/mairie> ;",
            f'  dct:license {licence} ; dct:modified "{_MODIFIED}"^^xsd:date ;',
            f"  dcat:distribution <{base}/{one.key}#fichier> .",
            f"<{base}/{one.key}#fichier> a dcat:Distribution ; dcat:downloadURL <{base}/{one.file}> ;",
            f"  dct:title {text(one.file)} ; dcat:mediaType <{_MEDIA_TYPES}{one.media_type}> .",
        ]
    return "\n".join(lines) + "\n"


def _page(commune: Commune, found: list[Data], base: str) -> str:
    """Return the page of a town hall: titles, sentences and links."""
    said = "".join(
        f'<h2>{html.escape(one.title)}</h2><p>{html.escape(one.description)} <a href="{base}/{one.file}">'
        f"Télécharger ({one.file.rpartition('.')[2].upper()})</a></p>\n"
        for one in found
    )
    title = html.escape(f"Données ouvertes – {commune.name}")
    return (
        f'<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body><main><h1>{title}</h1>\n{said}</main></body></html>\n"
    )


def _csv(header: list[str] | tuple[str, ...], rows: list[list[str]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerows([header, *rows])
    return out.getvalue()


def _said(text: str) -> str:
    """Return a literal of Turtle."""
    return json.dumps(text, ensure_ascii=False)


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="")


class _Site(http.server.SimpleHTTPRequestHandler):
    """The files of a folder; 304 when they did not change since the reader's date, as any web server says."""

    extensions_map = {  # noqa: RUF012 - the library's own
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".csv": "text/csv; charset=utf-8",
        ".ttl": "text/turtle; charset=utf-8",
        ".geojson": "application/geo+json",
    }


def serve(folder: Path, address: str, port: int) -> None:
    """Serve a folder until the process ends."""
    folder.mkdir(parents=True, exist_ok=True)
    handler = functools.partial(_Site, directory=str(folder))
    http.server.ThreadingHTTPServer((address, port), handler).serve_forever()


if __name__ == "__main__":
    serve(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
