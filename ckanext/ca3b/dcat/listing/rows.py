"""A dataset as a row of the schema « catalogue » of the SCDL. Every column of that schema must be filled in.

What a producer did not write is told as the schema allows: unknown frequency, « Non précisé », and for the period
the days of publication and of the last update.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import frozen

from ckanext.ca3b import dataset_page, freshness, labels
from ckanext.ca3b.dcat import texts

from .identifiers import siret

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

SCHEMA = "scdl-catalogue"
CLOSED = "ca3b_closed"
_UNKNOWN = "Non précisé"
_OFTEN = "Quotidienne ou plusieurs fois par jour"
_WEEKLY, _MONTHLY = "Hebdomadaire ou plusieurs fois par semaine", "Mensuelle ou plusieurs fois par mois"
_FREQUENCIES = {
    "UPDATE_CONT": "Continuelle", "1MIN": "Continuelle", "5MIN": "Continuelle", "10MIN": "Continuelle",
    "15MIN": "Continuelle", "30MIN": "Continuelle", "HOURLY": "Toutes les heures", "BIHOURLY": _OFTEN,
    "TRIHOURLY": _OFTEN, "12HRS": _OFTEN, "CONT": _OFTEN, "DAILY_2": _OFTEN, "DAILY": _OFTEN, "WEEKLY_5": _WEEKLY,
    "WEEKLY_3": _WEEKLY, "WEEKLY_2": _WEEKLY, "WEEKLY": _WEEKLY, "BIWEEKLY": _MONTHLY, "MONTHLY_3": _MONTHLY,
    "MONTHLY_2": _MONTHLY, "MONTHLY": _MONTHLY, "BIMONTHLY": "Bimestrielle", "QUARTERLY": "Trimestrielle",
    "ANNUAL_3": "Semestrielle", "ANNUAL_2": "Semestrielle", "ANNUAL": "Annuelle", "BIENNIAL": "Biennale",
    "TRIENNIAL": "Triennale", "QUADRENNIAL": "Quinquennale", "QUINQUENNIAL": "Quinquennale", "IRREG": "Irrégulière",
    "AS_NEEDED": "Irrégulière", "NEVER": "Ponctuelle", "NOT_PLANNED": "Ponctuelle",
}  # fmt: skip


@frozen
class Body:
    """A public body: its name and its SIREN ('' when it has none)."""

    name: str
    siren: str
    kind: str = ""


def row(dataset: Mapping[str, Any], *, publisher: Body, producer: Body, address: str) -> dict[str, str] | None:
    """Return the cells of a dataset, by column; None for one without a file that anybody may have.

    :param publisher: who publishes the catalogue.
    :param producer: the organisation of the dataset.
    :param address: that of the page of the dataset, which never changes.
    """
    files = [one for one in dataset.get("resources") or [] if not one.get(CLOSED)]
    if not files:
        return None
    said = dataset_page.summary({**dataset, "resources": files})
    published = freshness.day(dataset.get("issued")) or freshness.day(dataset.get("metadata_created"))
    updated = said["rhythm"]["updated"] or published
    start, end = _period(said["periods"], published, updated)
    owner = producer
    theme = next((words for _, words in said["themes"]), _UNKNOWN)
    scale, place = _place(dataset, said, owner, publisher)
    cells = {
        "COLL_NOM": publisher.name,
        "COLL_SIRET": siret(publisher.siren),
        "ID": dataset.get("identifier") or dataset["id"],
        "TITRE": dataset.get("title") or dataset["name"],
        "DESCRIPTION": texts.plain(dataset.get("notes"), 2000) or dataset.get("title") or dataset["name"],
        "THEME": theme,
        "PRODUCTEUR_NOM": owner.name,
        "PRODUCTEUR_SIRET": siret(owner.siren, *_identifiers(dataset)) or siret(publisher.siren),
        "COUV_SPAT_MAILLE": scale,
        "COUV_SPAT_NOM": place,
        "COUV_TEMP_DEBUT": _day(start),
        "COUV_TEMP_FIN": _day(end),
        "DATE_PUBL": _day(published),
        "FREQ_MAJ": _frequency(dataset.get("frequency")),
        "DATE_MAJ": _day(updated),
        "MOTS_CLES": _joined(one.get("display_name") or one["name"] for one in dataset.get("tags") or []) or theme,
        "LICENCE": _licence(dataset.get("license_id")),
        "NOMBRE_RESSOURCES": str(len(files)),
        "FORMAT_RESSOURCES": _joined(dataset_page.formats({"resources": files})) or _UNKNOWN,
        "URL": address,
    }
    return {name: texts.line(value) for name, value in cells.items()}


def _period(periods: Any, published: dt.date | None, updated: dt.date | None) -> tuple[dt.date | None, dt.date | None]:
    """Return the first and the last day of what the data is about."""
    starts = [one for one, _ in periods if one]
    ends = [one for _, one in periods if one]
    open_ended = any(end is None for _, end in periods)
    first = min([*starts, *ends]) if periods else published
    last = max(ends) if ends and not open_ended else updated
    return first, max(first, last) if first and last else last


def _place(dataset: Mapping[str, Any], said: Mapping[str, Any], owner: Body, publisher: Body) -> tuple[str, str]:
    """Return the scale, in the words of the schema, and the name of the place that the data is about."""
    if said["everywhere"]:
        return "Intercommunale", publisher.name if publisher.kind == "agglomeration" else owner.name
    names = [name for _, name in said["communes"]]
    if names:
        return "Communale" if len(names) == 1 else "Intercommunale", _joined(names)
    written = _joined(one.get("text") or "" for one in dataset.get("spatial_coverage") or [] if isinstance(one, dict))
    if written:
        return "Autre", written
    scales = {"commune": "Communale", "agglomeration": "Intercommunale"}
    return scales.get(owner.kind, "Autre"), owner.name


def _identifiers(dataset: Mapping[str, Any]) -> list[str]:
    agents = [*(dataset.get("publisher") or []), *(dataset.get("creator") or [])]
    return [str(one.get("identifier") or "") for one in agents if isinstance(one, dict)]


def _frequency(value: Any) -> str:
    entry = labels.find("frequencies", value or "")
    return _FREQUENCIES.get(entry.code, "Inconnue") if entry else "Inconnue"


def _licence(value: Any) -> str:
    entry = labels.find("licences", value or "")
    code = entry.code if entry else ""
    if code in {"lov2", "fr-lo"}:
        return "Licence Ouverte-LO"
    if code == "odc-odbl":
        return "Open Database License-ODBL"
    return "Creative Commons-CC" if code.startswith("cc-") else "Spécifique ou autre"


def _joined(values: Iterable[Any]) -> str:
    return ";".join(dict.fromkeys(texts.line(one).replace(";", ",") for one in values if one))


def _day(value: dt.date | None) -> str:
    return value.isoformat() if value else ""
