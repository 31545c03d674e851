"""How much data each commune has: the datasets about it, counted or set against its inhabitants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from ckanext.ca3b.territory import queries
from ckanext.ca3b.territory.core.classes import CountClass, class_of, classify
from ckanext.ca3b.territory.core.organizations import COMMUNE
from ckanext.ca3b.territory.current import current

if TYPE_CHECKING:
    from collections.abc import Callable

#: Rates are counted in hundredths: classes are of whole numbers.
HUNDREDTHS = 100
NAME, INHABITANTS, DATASETS, RATE = "nom", "habitants", "jeux", "taux"
COLUMNS = (NAME, INHABITANTS, DATASETS, RATE)


@frozen
class HeatLine:
    """One commune. ``datasets`` are the public ones about it that are not about the whole territory.

    ``rate`` is their number for 1,000 inhabitants, in hundredths; None where nobody lives.
    """

    code: str
    name: str
    organization: str
    population: int
    datasets: int
    rate: int | None
    count_class: int


@frozen
class Heat:
    """The communes, the classes of the map (of counts, or of rates in hundredths), and the data about all of them."""

    lines: tuple[HeatLine, ...]
    classes: tuple[CountClass, ...]
    by_rate: bool
    everywhere: int

    @property
    def by_code(self) -> dict[str, HeatLine]:
        """Lines by INSEE code."""
        return {line.code: line for line in self.lines}


def heat(*, by_rate: bool = False, order: str = NAME, down: bool = False) -> Heat:
    """Gather the page: one database query, one Solr query. Raises TerritoryError on a wrong setting."""
    territory = current()
    counted = queries.coverage()
    names = {ref.insee_code: ref.name for ref in queries.organizations(COMMUNE)}
    counts = [(one, counted.by_code.get(one.insee_code, 0)) for one in territory.by_name]
    rates = [rate(count, one.municipal_population) for one, count in counts]
    values = [each or 0 for each in rates] if by_rate else [count for _, count in counts]
    classes = classify(values)
    lines = [
        HeatLine(
            code=one.insee_code,
            name=one.name,
            organization=names.get(one.insee_code, ""),
            population=one.municipal_population,
            datasets=count,
            rate=each,
            count_class=class_of(value, classes),
        )
        for (one, count), each, value in zip(counts, rates, values, strict=True)
    ]
    if order in _KEYS:  # By name otherwise: the territory's own order, which knows accents.
        lines.sort(key=_KEYS[order], reverse=down)
    elif down:
        lines.reverse()
    return Heat(tuple(lines), classes, by_rate, counted.everywhere)


def rate(datasets: int, population: int) -> int | None:
    """Return the datasets for 1,000 inhabitants, in hundredths; some data never rounds to none."""
    if not population:
        return None
    return max(round(HUNDREDTHS * 1000 * datasets / population), 1 if datasets else 0)


_KEYS: dict[str, Callable[[HeatLine], float]] = {
    INHABITANTS: lambda line: line.population,
    DATASETS: lambda line: line.datasets,
    RATE: lambda line: -1 if line.rate is None else line.rate,
}
