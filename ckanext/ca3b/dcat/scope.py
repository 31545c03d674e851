"""Which part of the catalogue goes out: the whole, or what one organisation, one theme or HVD take of it."""

from __future__ import annotations

from typing import Literal
from urllib.parse import quote

import attrs

from ckanext.dcat.utils import catalog_uri

Kind = Literal["whole", "organization", "theme", "hvd"]


@attrs.frozen
class Scope:
    """A part of the catalogue. ``name`` is the organisation's name or the theme's slug, empty for the others."""

    kind: Kind = "whole"
    name: str = ""

    @property
    def path(self) -> str:
        """Return the path of its feed, without extension: ``/organization/viriat/catalog``."""
        if self.kind == "whole":
            return "/catalog"
        if self.kind == "hvd":
            return "/hvd/catalog"
        return f"/{self.kind}/{quote(self.name, safe='')}/catalog"

    @property
    def uri(self) -> str:
        """Return what names this catalogue in RDF: the portal's address for the whole, the feed's path otherwise."""
        base = catalog_uri().rstrip("/")
        return catalog_uri() if self.kind == "whole" else f"{base}{self.path}"


WHOLE = Scope()
