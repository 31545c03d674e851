"""Whose a whole catalogue is: told by who publishes its datasets, else by its address."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from .communes import commune_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ckanext.ca3b.harvest.model import Description
    from ckanext.ca3b.territory.core import Territory

#: A commune whose name is on fewer of the datasets than this is one among others.
_MOST = 0.6
_BEFORE = re.compile(r"^(?:www|site|mairie(?:-de)?|ville(?:-de)?|commune(?:-de)?|opendata|data|open-data)-?")
_AFTER = re.compile(r"-?(?:ain|mairie|opendata|data)$|-\d{2}$|(?<=[a-z])\d{2}$")


def commune_of_catalogue(descriptions: Iterable[Description], address: str, territory: Territory) -> str:
    """Return the INSEE code of the commune whose catalogue this is, ``""`` when nothing tells or when it is several's.

    ``address`` is a URL or the name of a file.
    """
    seen = list(descriptions)
    told = Counter(filter(None, (commune_of(one.publisher, territory) for one in seen)))
    published = sum(bool(one.publisher) for one in seen)
    if told:
        code, count = told.most_common(1)[0]
        return code if count >= _MOST * published else ""
    about = Counter(one.communes[0] for one in seen if len(one.communes) == 1)
    if seen and about and (best := about.most_common(1)[0])[1] >= _MOST * len(seen):
        return best[0]
    found = {commune.insee_code for word in _words(address) if (commune := territory.find(word))}
    return found.pop() if len(found) == 1 else ""


def _words(address: str) -> Iterator[str]:
    """Yield what an address says that may be the name of a commune: « www.mairie-viriat.fr » says « viriat »."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return
    pieces = [*host.split(".")[:-1], *re.split(r"[/.]", unquote(parts.path))]
    for piece in pieces:
        said = piece.lower().replace("_", "-").strip("-")
        while said:
            if len(said) > 2:
                yield said.replace("-", " ")
            shorter = _BEFORE.sub("", _AFTER.sub("", said), count=1)
            if shorter == said:
                break
            said = shorter
