"""What the pages of a dataset and of a file say, computed once, without a query."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import ckan.plugins.toolkit as tk

from ckanext.ca3b import formatting, freshness, labels
from ckanext.ca3b.territory.current import current_or_none

if TYPE_CHECKING:
    from collections.abc import Iterable

# Formats that are a place to go rather than a file to save.
SERVICES = {"WMS", "WFS", "WMTS", "OGC WMS", "OGC WFS", "API", "REST", "SPARQL", "HTML", "WEB"}


def updated(dataset: dict[str, Any]) -> dt.date | None:
    """Return the day the data last changed.

    The date the producer declares and those of the files uploaded here; failing both, the day the
    description changed.
    """
    dates: list[Any] = [dataset.get("modified")]
    for resource in dataset.get("resources") or []:
        dates.append(resource.get("modified"))
        if resource.get("url_type") == "upload":
            dates.append(resource.get("last_modified") or resource.get("created"))
    return freshness.latest(dates) or freshness.day(dataset.get("metadata_modified"))


def rhythm(dataset: dict[str, Any], today: dt.date | None = None) -> dict[str, Any]:
    """Return what to say of a dataset's freshness.

    ``state`` of :func:`ckanext.ca3b.freshness.judge`, its ``words`` ('' when nothing can be said), ``updated`` and
    ``due`` (dates or None), ``frequency`` (French label or '').
    """
    last = updated(dataset)
    code = dataset.get("frequency") or ""
    verdict = freshness.judge(code, last, today or dt.datetime.now(dt.UTC).date())
    words = {"on-time": tk._("On time"), "late": tk._("Update late")}.get(verdict.state, "")
    frequency = labels.label("frequencies", code)
    return {"state": verdict.state, "words": words, "updated": last, "due": verdict.due, "frequency": frequency}


def formats(dataset: dict[str, Any]) -> list[str]:
    """Return the formats of a dataset's files, each once, in the order of the files."""
    return list(dict.fromkeys(r["format"] for r in dataset.get("resources") or [] if r.get("format")))


def licence(dataset: dict[str, Any]) -> dict[str, str] | None:
    """Return the licence in words: ``label``, ``url``, ``summary`` ('' when unknown); None without licence."""
    code = dataset.get("license_id") or ""
    if not code or code == "notspecified":
        return None
    words = labels.licence_words(code)
    words["label"] = words["label"] or dataset.get("license_title") or code
    words["url"] = words["url"] or dataset.get("license_url") or ""
    return words


def unusual_licence(dataset: dict[str, Any]) -> str:
    """Return the name of the licence when it is not the usual one of the portal, '' otherwise."""
    code = dataset.get("license_id") or ""
    entry = labels.find("licences", code)
    if entry is not None and entry.code == labels.DEFAULT_LICENCE:
        return ""
    found = licence(dataset)
    return found["label"] if found else ""


def contacts(dataset: dict[str, Any]) -> list[dict[str, str]]:
    """Return the contacts that can be reached: ``name``, ``email``, ``url``; at least one of the two last."""
    found = [
        {key: (one.get(key) or "").removeprefix("mailto:").strip() for key in ("name", "email", "url")}
        for one in _dicts(dataset.get("contact"))
    ]
    if not found and dataset.get("maintainer_email"):
        found = [{"name": dataset.get("maintainer") or "", "email": dataset["maintainer_email"], "url": ""}]
    return [one for one in found if one["email"] or is_web(one["url"])]


def periods(dataset: dict[str, Any]) -> list[tuple[dt.date | None, dt.date | None]]:
    """Return the periods the data is about, as (start, end); either may be open, never both."""
    pairs = [
        (freshness.day(one.get("start")), freshness.day(one.get("end")))
        for one in _dicts(dataset.get("temporal_coverage"))
    ]
    return [pair for pair in pairs if any(pair)]


def file_kind(resource: dict[str, Any]) -> str:
    """Say what a click on a resource does: ``download`` (file kept here), ``remote`` (file kept elsewhere),
    ``service`` (a page or a service to open) or ``none`` (no address).
    """
    if resource.get("url_type") == "upload":
        return "download"
    if not is_web(resource.get("url")):
        return "none"
    service = (resource.get("format") or "").upper() in SERVICES or bool(resource.get("access_services"))
    return "service" if service else "remote"


def host(resource: dict[str, Any]) -> str:
    """Return the site that keeps a linked file, '' when its address is not readable."""
    return urlsplit(resource.get("url") or "").hostname or ""


def is_web(url: Any) -> bool:
    """Say whether a value is an http(s) address with a host: the only ones made into links."""
    if not isinstance(url, str):
        return False
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def summary(dataset: dict[str, Any]) -> dict[str, Any]:
    """Return what the page of a dataset shows besides its own fields.

    ``rhythm``, ``licence``, ``contacts``, ``periods`` as the functions of this module; ``themes`` as (value, label);
    ``hvd`` labels; ``communes`` as (code, name), empty when the whole territory is covered (``everywhere``).
    """
    communes = _communes(dataset)
    return {
        "rhythm": rhythm(dataset),
        "licence": licence(dataset),
        "contacts": contacts(dataset),
        "periods": periods(dataset),
        "themes": _labelled("themes", dataset.get("theme")),
        "hvd": [words for _, words in _labelled("hvd_categories", dataset.get("hvd_category"))],
        "communes": [] if communes is None else communes,
        "everywhere": communes is None,
    }


def file_summary(resource: dict[str, Any]) -> dict[str, Any]:
    """Return what to say of a file: ``kind``, ``host`` of a linked one, ``size`` in words, ``updated`` (day)."""
    kind = file_kind(resource)
    own = kind == "download"
    dates = [resource.get("modified"), (resource.get("last_modified") or resource.get("created")) if own else None]
    return {
        "kind": kind,
        "host": "" if own else host(resource),
        "size": formatting.filesize(resource.get("size")) if resource.get("size") else "",
        "updated": freshness.latest(dates),
    }


def _labelled(table: str, values: Any) -> list[tuple[str, str]]:
    """Return (value, label) for the values a vocabulary knows."""
    many = values if isinstance(values, list) else [values]
    return [(one, words) for one in many if one and (words := labels.label(table, one))]


def _communes(dataset: dict[str, Any]) -> list[tuple[str, str]] | None:
    """Return the communes covered as (INSEE code, name), None when they are all those of the territory."""
    stored = dataset.get("communes")
    if not stored:
        return []
    territory = current_or_none()
    if territory is None:
        return []
    members = territory.communes
    codes = [code for code in stored if code in members]
    if members and len(codes) == len(members):
        return None
    return [(code, members[code].name) for code in codes]


def _dicts(value: Any) -> Iterable[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
