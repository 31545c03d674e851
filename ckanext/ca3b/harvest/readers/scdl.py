"""A catalogue written as a table: the SCDL schema « catalogue », one row per dataset or per file."""

from __future__ import annotations

import re
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ckanext.ca3b import tables, vocabularies
from ckanext.ca3b.harvest import normalise
from ckanext.ca3b.harvest.model import Agent, Page
from ckanext.ca3b.harvest.sources import SourceError

from .common.draft import Draft, ResourceDraft
from .common.finish import finish
from .common.flow import Entries, to_the_end
from .common.shaping import integer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ckanext.ca3b.harvest.model import Event, Record
    from ckanext.ca3b.harvest.sources import Answer, Client, Source

KIND = "scdl"
LABEL = "catalogue en tableau (SCDL)"

#: The columns of the schema, and what people who write the table by hand call them.
_COLUMNS = {
    "COLL_NOM": ("collectivité", "nom de la collectivité", "commune", "organisation", "nom_orga"),
    "COLL_SIRET": ("siret", "siret de la collectivité", "siret_orga"),
    "ID": ("identifiant",),
    "TITRE": ("nom du jeu de données", "jeu de données", "titre du jeu de données"),
    "DESCRIPTION": ("résumé",),
    "THEME": ("thématique", "catégorie"),
    "PRODUCTEUR_NOM": ("producteur",),
    "PRODUCTEUR_SIRET": ("siret du producteur",),
    "COUV_SPAT_MAILLE": ("maille", "granularité"),
    "COUV_SPAT_NOM": ("couverture spatiale", "couverture géographique", "couv_geo", "territoire"),
    "COUV_TEMP_DEBUT": ("début", "date de début"),
    "COUV_TEMP_FIN": ("fin", "date de fin"),
    "DATE_PUBL": ("date de publication", "date_pub", "publié le"),
    "FREQ_MAJ": ("fréquence", "fréquence de mise à jour"),
    "DATE_MAJ": ("date de mise à jour", "mis à jour le"),
    "MOTS_CLES": ("mots clés", "mots-clés", "mots clefs"),
    "LICENCE": ("license",),
    "NOMBRE_RESSOURCES": ("nombre de ressources",),
    "FORMAT_RESSOURCES": ("format", "formats"),
    "CONTACT": ("contact_service", "point de contact", "courriel", "courriel de contact", "email", "e-mail"),
    "URL": ("lien", "adresse", "url de téléchargement", "lien de téléchargement"),
}
_BY_NAME = {
    vocabularies.normalise(name.replace("_", " ")): column
    for column, names in _COLUMNS.items()
    for name in (column, *names)
}
#: A table is a catalogue when it tells a title, where the data are, and this many columns more.
_MORE = 2
_LIST = re.compile(r"\s*[,;|\n]\s*")
_URLS = re.compile(r"(?:https?|ftp)://[^\s|]+?(?=[\s|;,]+(?:https?|ftp)://|\s|\||;?\s*$)")
_FIELDS = {
    "identifier": "ID", "title": "TITRE", "description": "DESCRIPTION", "theme": "THEME", "issued": "DATE_PUBL",
    "modified": "DATE_MAJ", "frequency": "FREQ_MAJ", "license": "LICENCE", "resources": "URL",
    "temporal": "COUV_TEMP_DEBUT", "spatial": "COUV_SPAT_NOM", "format": "FORMAT_RESSOURCES",
}  # fmt: skip


def recognises(answer: Answer) -> bool:
    """Tell whether this is a table with the columns of a catalogue."""
    if answer.content.lstrip()[:1] in {b"<", b"{", b"["}:
        return False
    if not answer.content.startswith(b"PK"):
        head = vocabularies.normalise(answer.content[:4000].decode("utf-8", "replace"))
        if "titre" not in head and "jeu de donnees" not in head:
            return False
    try:
        return _is_catalogue(_rows(answer)[0])
    except SourceError:
        return False


def places(address: str) -> Iterator[str]:  # noqa: ARG001 - a reader has this method
    """Yield nothing: a table is where people put it."""
    yield from ()


def read(client: Client, source: Source) -> Iterator[Event]:
    """Yield the datasets of a table. See the package for what is raised and what is told."""
    return to_the_end(_read(client, source))


def _read(client: Client, source: Source) -> Iterator[Event]:
    answer = client.first(source, accept="text/csv, application/vnd.ms-excel, */*;q=0.5")
    header, rows = _rows(answer)
    if not _is_catalogue(header):
        missing = [name for name in ("TITRE", "URL") if name not in header.values()] or ["DESCRIPTION", "LICENCE"]
        message = (
            "Ce tableau n’est pas un catalogue SCDL : il n’a pas de colonne"
            f" {' ni '.join(f'« {name} »' for name in missing)}. ({answer.url})"
        )
        raise SourceError("not-catalogue", message, where=answer.url)
    yield Page(answer.url, 1, len(rows))
    entries = Entries(partial(_understood, page="" if answer.local else answer.url), identify=_id)
    yield from entries.records(_together(rows), answer.url)


_Row = tuple[int, dict[str, str]]


def _rows(answer: Answer) -> tuple[dict[str, str], list[_Row]]:
    """Return the columns of the schema by those of the table, and its rows with their line."""
    name = answer.url.split("?", 1)[0].rstrip("/").rsplit("/", 1)[-1] or "catalogue"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "catalogue"
        path.write_bytes(answer.content)
        try:
            table = tables.read(path, name=name, types=False)
            header = {one.name: known for one in table.columns if (known := _column(one.header or one.name))}
            found = [row for frame in table.batches() for row in frame.to_dicts()]
        except tables.TableError as error:
            raise SourceError("not-catalogue", f"{error.message} ({answer.url})", where=answer.url) from error
        rows = []
        for number, row in enumerate(found, start=1):
            values = {key: (value or "").strip() for key, value in row.items()}
            if any(values.values()):
                said = {header.get(key, key): value for key, value in values.items() if value}
                rows.append((table.line(number) or number, said))
    return header, rows


def _column(header: str) -> str:
    return _BY_NAME.get(vocabularies.normalise(header.replace("_", " ")), "")


def _is_catalogue(header: dict[str, str]) -> bool:
    known = set(header.values())
    return {"TITRE", "URL"} <= known and len(known) >= 2 + _MORE


def _together(rows: list[_Row]) -> list[list[_Row]]:
    """Return rows by dataset: those of one identifier and one title are its files."""
    found: dict[tuple[str, str], list[_Row]] = {}
    for number, (line, row) in enumerate(rows):
        key = (row.get("ID", ""), row.get("TITRE", ""))
        found.setdefault(key if key[0] else ("", f"{number}"), []).append((line, row))
    return list(found.values())


def _id(rows: list[_Row]) -> str:
    return rows[0][1].get("ID") or rows[0][1].get("TITRE", "")


def _understood(rows: list[_Row], page: str) -> Record:
    line, row = rows[0]
    get = row.get
    draft = Draft(
        get("ID", ""),
        title=get("TITRE", ""), description=get("DESCRIPTION", ""),
        licences=(get("LICENCE", ""),) if get("LICENCE") else (),
        keywords=tuple(_LIST.split(get("MOTS_CLES", ""))), themes=tuple(_themes(get("THEME", ""))),
        publisher=Agent(
            name=get("PRODUCTEUR_NOM") or get("COLL_NOM", ""),
            identifier=get("PRODUCTEUR_SIRET") or (get("COLL_SIRET", "") if not get("PRODUCTEUR_NOM") else ""),
        ),
        contact=normalise.agent(get("CONTACT", "")),
        issued=get("DATE_PUBL", ""), modified=get("DATE_MAJ", ""), frequency=_frequency(get("FREQ_MAJ", "")),
        places=(get("COUV_SPAT_NOM"),) if get("COUV_SPAT_NOM") else (),
        periods=((get("COUV_TEMP_DEBUT", ""), get("COUV_TEMP_FIN", "")),),
        provenance={"url": page, "line": str(line)} if page else {"line": str(line)},
        names=_FIELDS, line=f"ligne {line}",
        raw={name: value for name, value in row.items() if name not in _COLUMNS},
    )  # fmt: skip
    if get("COUV_SPAT_MAILLE"):
        draft.raw["COUV_SPAT_MAILLE"] = get("COUV_SPAT_MAILLE")
    if get("COLL_NOM") and get("PRODUCTEUR_NOM") not in {get("COLL_NOM"), None}:
        draft.raw["COLL_NOM"] = get("COLL_NOM")
    for _, one in rows:
        _links(draft, one)
    return finish(draft)


def _links(draft: Draft, row: dict[str, str]) -> None:
    """Add the files of a row; an address that is no file is the page of the dataset when its files are several."""
    said = row.get("URL", "")
    urls = _URLS.findall(said) or ([said] if said else [])
    formats = tuple(filter(None, _LIST.split(row.get("FORMAT_RESSOURCES", ""))))
    many = (integer(row.get("NOMBRE_RESSOURCES")) or 1) > len(urls) or len(formats) > len(urls)
    for number, url in enumerate(urls):
        by_name = vocabularies.file_type_of_name(url)
        if not by_name and many and url.startswith("http"):
            draft.landing_page = draft.landing_page or url
            continue
        stated = formats[number : number + 1] if len(formats) == len(urls) else formats if len(formats) == 1 else ()
        draft.resources.append(ResourceDraft(url=url, formats=stated or ((by_name.code,) if by_name else ())))


def _themes(said: str) -> list[str]:
    """Return one theme, or several when each of the parts is one that is known."""
    parts = [part for part in _LIST.split(said) if part]
    return parts if len(parts) > 1 and all(normalise.theme(part).known for part in parts) else [said]


def _frequency(said: str) -> str:
    """Return the frequency of the schema's list: « Mensuelle ou plusieurs fois par mois » is at least monthly."""
    first = said.split(" ou ", 1)[0]
    return first if not normalise.frequency(said).known and normalise.frequency(first).known else said
