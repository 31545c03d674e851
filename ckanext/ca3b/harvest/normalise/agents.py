"""Organisations and people: names, electronic addresses and telephone numbers as the portal writes them."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote

from ckanext.ca3b.harvest.model import Agent

from .texts import one_line

_EMAIL = re.compile(r"[^\s<>,;:\"()@]+@[^\s<>,;:\"()@]+\.[^\s<>,;:\"()@]+")


def email(value: object) -> str:
    """Return an electronic address without ``mailto:`` nor spaces, ``""`` when there is none."""
    text = unquote(one_line(value)).replace("[at]", "@").replace("(at)", "@")
    text = re.sub(r"^(?:mailto:)+", "", text.strip(), flags=re.IGNORECASE).split("?", 1)[0]
    found = _EMAIL.search(text)
    return found[0].strip(".") if found else ""


def phone(value: object) -> str:
    """Return a telephone number as written, without ``tel:``."""
    return re.sub(r"^(?:tel:)+", "", unquote(one_line(value)), flags=re.IGNORECASE).strip()


def agent(value: Any) -> Agent:
    """Return the organisation that a text or a JSON object (data.json, schema.org, vCard) tells of."""
    if isinstance(value, list):
        return next((found for found in map(agent, value) if found), Agent())
    if not isinstance(value, dict):
        text = one_line(value)
        if text.startswith(("http://", "https://")):
            return Agent(uri=text)
        found = email(text) if "@" in text else ""
        name = re.sub(rf"[\s,;:(<\[–-]*(?:mailto:)?{re.escape(found)}[>)\]]*", " ", text) if found else text
        return Agent(name=one_line(name), email=found)
    get = _Keys(value).first
    return Agent(
        name=one_line(get("name", "fn", "title", "prefLabel", "organizationName", "legalName")),
        uri=one_line(get("@id", "id", "uri", "sameAs")) if "://" in str(get("@id", "id", "uri", "sameAs")) else "",
        identifier=one_line(get("identifier", "siren", "siret")),
        email=email(get("hasEmail", "email", "mbox")),
        url=one_line(get("url", "hasURL", "homepage", "page")),
        phone=phone(get("hasTelephone", "telephone", "phone", "tel")),
    )


class _Keys:
    """A JSON object asked by names without prefix (``vcard:fn`` is ``fn``)."""

    def __init__(self, value: dict[str, Any]) -> None:
        self._by_name: dict[str, Any] = {}
        for key, content in value.items():
            self._by_name.setdefault(key if key.startswith("@") else key.rsplit(":", 1)[-1], content)

    def first(self, *names: str) -> object:
        """Return the first value that is given under one of these names, as text."""
        for name in names:
            found = self._by_name.get(name)
            while isinstance(found, list | dict):
                if isinstance(found, list):
                    found = found[0] if found else None
                else:
                    found = found.get("@id") or found.get("@value") or found.get("name") or found.get("hasValue")
            if found not in (None, ""):
                return found
        return ""
