"""What an old source becomes: the kind, the options and the rhythm of ours, and which record each dataset is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ckanext.ca3b.harvest.model import Description

    from .old import OldObject, OldSource

#: Types of harvesters, and our kind; ``""`` is recognised from what the address answers.
KINDS = {
    "dcat_rdf": "rdf",
    "dcat_json": "datajson",
    "datajson": "datajson",
    "dcat_us": "datajson",
    "ckan": "ckan",
    "ckan_spatial": "ckan",
    "csw": "csw",
    "doc": "csw",
    "single-doc": "csw",
    "waf": "",
    "arcgis": "",
    "dkan": "",
    "socrata": "",
}
#: Kinds whose records have the same identifier here as in ckanext-harvest.
SAME_IDENTIFIERS = frozenset({"ckan", "csw", "datajson"})
SCHEDULES = {
    "ALWAYS": "daily", "DAILY": "daily", "WEEKLY": "weekly", "BIWEEKLY": "weekly", "MONTHLY": "monthly",
    "MANUAL": "manual",
}  # fmt: skip
#: Settings of harvesters that mean nothing here: what they do is always done, or is CKAN's.
_NEEDLESS = frozenset({"api_version", "user", "rdf_format", "force_all", "clean_tags", "read_only", "page_size"})


def schedule(source: OldSource) -> str:
    """Return the rhythm of a source."""
    return SCHEDULES.get(source.frequency, "manual")


def options(source: OldSource) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the options of our reader, and the names of the settings that have no equal here."""
    found: dict[str, str] = {}
    left = []
    for name, value in source.config.items():
        only = value[0] if isinstance(value, list) and len(value) == 1 else value
        if name == "organizations_filter_include" and isinstance(only, str):
            found["organization"] = only
        elif name not in _NEEDLESS and value not in (None, "", [], {}, False):
            left.append(name)
    return found, tuple(sorted(left))


def identifiers(objects: Iterable[OldObject], read: Iterable[Description]) -> dict[str, tuple[str, str]]:
    """Return, by dataset id, the identifier and the URI that its record has in the catalogue as we read it.

    ckanext-harvest calls a record by its URI, its identifier, or an address made of the source's and its name.
    """
    known: dict[str, tuple[str, str]] = {}
    for one in read:
        for name in (one.provenance.get("uri", ""), one.uri, one.identifier):
            if name:
                known[name] = (one.identifier, one.uri)
    return {each.dataset_id: known[each.guid] for each in objects if each.guid in known}


def once(objects: Iterable[OldObject], taken: Mapping[str, str] | Iterable[str] = ()) -> list[OldObject]:
    """Return the objects of datasets that no record has yet, each dataset and each guid once."""
    seen_datasets, seen_guids, found = set(taken), set(), []
    for one in objects:
        if one.guid and one.dataset_id not in seen_datasets and one.guid not in seen_guids:
            seen_datasets.add(one.dataset_id)
            seen_guids.add(one.guid)
            found.append(one)
    return found
