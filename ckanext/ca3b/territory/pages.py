"""What the pages about communes show, gathered from the territory, the database and the index."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - attrs resolves it

from attrs import frozen

from . import queries
from .core.classes import CountClass, class_of, classify
from .core.organizations import AGGLOMERATION, COMMUNE
from .current import current


@frozen
class CommuneLine:
    """One commune of the page. ``organization`` is its address, empty while it is not created."""

    code: str
    name: str
    organization: str
    population: int
    datasets: int
    latest: dt.datetime | None
    count_class: int


@frozen
class CommunesPage:
    """The communes in alphabetical order, the classes of the map, and the agglomeration's own publications."""

    lines: tuple[CommuneLine, ...]
    classes: tuple[CountClass, ...]
    agglomeration: queries.OrganizationRef | None
    agglomeration_datasets: int

    @property
    def by_code(self) -> dict[str, CommuneLine]:
        """Lines by INSEE code."""
        return {line.code: line for line in self.lines}


def communes_page() -> CommunesPage:
    """Gather the page: one database query, one Solr query. Raises TerritoryError on a wrong setting."""
    territory = current()
    organizations = queries.organizations(AGGLOMERATION, COMMUNE)
    by_code = {ref.insee_code: ref for ref in organizations if ref.insee_code}
    agglomeration = next((ref for ref in organizations if ref.kind == AGGLOMERATION), None)
    published = queries.publications()
    none = queries.Publication()

    found = []
    for commune in territory.by_name:
        ref = by_code.get(commune.insee_code)
        found.append((commune, ref, published.get(ref.name, none) if ref else none))
    classes = classify(publication.datasets for _, _, publication in found)
    return CommunesPage(
        lines=tuple(
            CommuneLine(
                code=commune.insee_code,
                name=commune.name,
                organization=ref.name if ref else "",
                population=commune.municipal_population,
                datasets=publication.datasets,
                latest=publication.latest,
                count_class=class_of(publication.datasets, classes),
            )
            for commune, ref, publication in found
        ),
        classes=classes,
        agglomeration=agglomeration,
        agglomeration_datasets=published.get(agglomeration.name, none).datasets if agglomeration else 0,
    )
