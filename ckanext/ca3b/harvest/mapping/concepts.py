"""What the data are about and how they may be used: themes, keywords, licences, categories."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ckanext.ca3b.schemas import texts

from .values import concept, known, licence, text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ckanext.ca3b.harvest.model import Description

    from .notes import Notes

_SHORTEST_KEYWORD = 2
#: « Not specified » is no licence.
_NONE = "notspecified"


def themes(description: Description, notes: Notes) -> dict[str, list[str]]:
    """Return ``theme``, ``inspire_theme`` and ``words``: themes of nobody's list are words to search by."""
    found: dict[str, list[str]] = {"theme": [], "inspire_theme": [], "words": []}
    for said in map(text, description.themes):
        if uri := concept("themes", said):
            found["theme"].append(uri)
        elif uri := concept("inspire_themes", said):
            found["inspire_theme"].append(uri)
        elif said and "://" not in said:
            found["words"].append(said)
        elif said:
            notes.tell("unknown-theme", "theme", said, "info")
    found["inspire_theme"] += _inspire(description.raw.get("dcat:theme"))
    return {key: list(dict.fromkeys(values)) for key, values in found.items()}


def _inspire(said: Any) -> list[str]:
    """Return the themes of INSPIRE among the themes as they were written: the reader gives the European ones."""
    uris = (one.get("@id") if isinstance(one, dict) else one for one in (said if isinstance(said, list) else ()))
    return [found for uri in uris if isinstance(uri, str) and "://" in uri and (found := _inspire_uri(uri))]


def _inspire_uri(uri: str) -> str:
    return "" if concept("themes", uri) else concept("inspire_themes", uri)


def keywords(words: Iterable[str], notes: Notes) -> list[dict[str, str]]:
    """Return tags: a comma makes two of a keyword, since CKAN separates them so; case makes no difference."""
    parts: list[str] = []
    for word in words:
        for part in text(word).split(","):
            clean = texts.keyword(part)
            if len(" ".join(part.split())) > texts.MAX_KEYWORD:
                notes.tell("long-keyword", "keywords", part.strip(), "info")
            if len(clean) >= _SHORTEST_KEYWORD:
                parts.append(clean)
            elif clean:
                notes.tell("bad-keyword", "keywords", clean, "info")
    return [{"name": word} for word in texts.unique_keywords(parts)]


def rights(description: Description, notes: Notes) -> tuple[str, dict[str, str]]:
    """Return the code of the licence, and what files say of it when it is none of our list."""
    said = text(description.license) or text(description.license_raw)
    if not said:
        return "", {}
    found = licence(text(description.license)) or licence(text(description.license_raw))
    if found is not None:
        return found.code, {}
    notes.tell("unknown-license", "license", said)
    return "", {"license": said} if texts.is_web_address(said) else {"rights": said}


def hvd(description: Description, license_id: str, notes: Notes) -> list[str]:
    """Return the categories of high-value data, none when a licence of the dataset is too strict for them."""
    categories = [
        known("hvd_categories", one, "hvd_categories", notes, "unknown-hvd-category")
        for one in description.hvd_categories
    ]
    found = list(dict.fromkeys(filter(None, categories)))
    if not found:
        return []
    for said in (license_id, *(one.license for one in description.resources)):
        entry = licence(text(said))
        if entry is not None and entry.code != _NONE and not entry.hvd:
            notes.tell("hvd-license", "license", entry.label)
            return []
    return found
