"""What the constraints of a geographic record say of its licence and of who may see it.

People write them as sentences, beside formulas of INSPIRE that are no licence: what is known is looked for in them.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from ckanext.ca3b import vocabularies
from ckanext.ca3b.harvest.readers.common.xml import inner

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

_NAMESPACES = {"gmd": "http://www.isotc211.org/2005/gmd", "xlink": "http://www.w3.org/1999/xlink"}
_HREF = "{http://www.w3.org/1999/xlink}href"
_URL = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:)»]")
_ACCESS = "inspire.ec.europa.eu/metadata-codelist/LimitationsOnPublicAccess/"
_FORMULA = re.compile(
    r"inspire\.ec\.europa\.eu/metadata-codelist/|^(?:aucune?|pas de|no|sans) (?:condition|restriction|limitation)"
    r"|^(?:conditions? (?:inconnues?|unknown)|no limitations?|article 13|otherrestrictions)",
    re.IGNORECASE,
)
_SHORTEST_NAME = 8  # letters: shorter names of licences (« ODbL ») are looked for as whole constraints only
_PATHS = (
    "./gmd:resourceConstraints/*/gmd:otherConstraints",
    "./gmd:resourceConstraints/*/gmd:useLimitation",
)


def licences(identification: etree._Element) -> tuple[str, ...]:
    """Return what the constraints of ISO 19139 say that may be the licence. See :func:`licences_among`."""
    elements = [one for path in _PATHS for one in identification.xpath(path, namespaces=_NAMESPACES)]
    return licences_among(
        (inner(element), [text for child in element.iter() if (text := child.get(_HREF) or "")]) for element in elements
    )


def licences_among(constraints: Iterable[tuple[str, list[str]]]) -> tuple[str, ...]:
    """Return what may be the licence among sentences and the addresses that each leads to, the surest first.

    Addresses that are known, names found in the sentences, whole sentences, other addresses.
    """
    addresses: list[str] = []
    names: list[str] = []
    sentences: list[str] = []
    for said, anchors in constraints:
        if any(map(_FORMULA.search, (said, *anchors))):
            continue
        addresses += [*anchors, *_URL.findall(said)]
        names += _named(said)
        sentences += [said] if said else []
    known = [one for one in (*addresses, *names) if vocabularies.licences().find(one)]
    return tuple(dict.fromkeys([*known, *sentences, *addresses]))


def access_rights(identification: etree._Element) -> str:
    """Return ``public`` when a record says that nothing limits its access, ``""`` when it says nothing sure."""
    hrefs = (str(one) for one in identification.xpath("./gmd:resourceConstraints//@xlink:href", namespaces=_NAMESPACES))
    return "public" if any(_ACCESS in href and href.endswith("/noLimitations") for href in hrefs) else ""


def _named(sentence: str) -> Iterator[str]:
    """Yield the licences that a sentence names, the longest name first: « 2.0 » counts."""
    words = f" {vocabularies.normalise(sentence)} "
    return (name for key, name in _names() if f" {key} " in words)


@cache
def _names() -> tuple[tuple[str, str], ...]:
    keys = {vocabularies.normalise(name): name for entry in vocabularies.licences() for name in entry.names()}
    long = ((key, name) for key, name in keys.items() if len(key) >= _SHORTEST_NAME and " " in key)
    return tuple(sorted(long, key=lambda pair: -len(pair[0])))
