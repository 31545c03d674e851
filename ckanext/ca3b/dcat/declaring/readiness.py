"""Is the catalogue of an organisation ready to be taken over: what goes out, what does not, and why."""

from __future__ import annotations

import ipaddress
import logging
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import ckan.plugins.toolkit as tk
from attrs import frozen
from ckan import types

from ckanext.ca3b.dcat.feeds import selection
from ckanext.ca3b.dcat.scope import Scope

if TYPE_CHECKING:
    from collections.abc import Mapping

log = logging.getLogger(__name__)

#: Datasets asked of the database at once.
WINDOW = 500
FORMATS = (("ttl", "Turtle"), ("xml", "RDF/XML"), ("jsonld", "JSON-LD"))
HEALTH = "ca3b_catalogue_health"


@frozen
class Readiness:
    """What can be said before the first night.

    ``count`` datasets go out; ``left_out`` cannot, as ``{name, title, sentence…}``; ``lacks`` are what the regulation
    on high-value data lacks, ``{sentence, lacking…}``; ``public`` tells whether the portal can be reached from
    elsewhere; ``health`` is the page of the health of this catalogue, '' when there is none.
    """

    count: int
    left_out: tuple[Mapping[str, Any], ...]
    lacks: tuple[Mapping[str, Any], ...]
    public: bool
    health: str

    @property
    def ready(self) -> bool:
        """Tell whether nothing stands in the way."""
        return bool(self.count) and self.public and not self.left_out


def readiness(name: str, context: types.Context) -> Readiness:
    """Look at the catalogue of the organisation ``name`` as the reader may see it."""
    health = _health(name, context)
    # Those without a reason only wait for their turn to be described.
    left_out = tuple(one for one in health.get("left_out", ()) if one["sentence"])
    return Readiness(
        count=_count(name),
        left_out=left_out,
        lacks=tuple(health.get("hvd", ())),
        public=is_public(tk.config["ckan.site_url"]),
        health=tk.url_for("ca3b_health.organization", name=name) if health else "",
    )


def addresses(name: str) -> list[dict[str, str]]:
    """Return the addresses of the catalogue of an organisation, the one to give first: ``{format, url}``."""
    path = Scope("organization", name).path
    return [{"format": words, "url": tk.h.url_for(f"{path}.{ending}", qualified=True)} for ending, words in FORMATS]


def is_public(site_url: str) -> bool:
    """Tell whether the address of a portal looks as if data.gouv.fr could reach it."""
    host = urlsplit(site_url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith((".localhost", ".local", ".test", ".internal"))


def _count(name: str) -> int:
    return sum(len(part.datasets) for part in selection.windows(selection.Wanted(Scope("organization", name)), WINDOW))


def _health(name: str, context: types.Context) -> dict[str, Any]:
    """Return the health of the catalogue, empty on a portal that does not measure it or when it fails."""
    try:
        return tk.get_action(HEALTH)(context, {"organization": name, "limit": 1})
    except KeyError:
        return {}
    except (tk.NotAuthorized, tk.ObjectNotFound, tk.ValidationError):
        log.warning("The health of the catalogue of %s cannot be told to its people", name)
        return {}
