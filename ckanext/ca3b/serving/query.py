"""What a visitor asks of a table: search, filters, order, page, columns. It lives in the address of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import evolve, frozen

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

CONTAINS, EQUALS, BEGINS, MIN, MAX, EMPTY, FILLED = "contient", "egal", "debut", "min", "max", "vide", "rempli"
TESTS = (CONTAINS, EQUALS, BEGINS, MIN, MAX, EMPTY, FILLED)
WITHOUT_VALUE = frozenset({EMPTY, FILLED})
MAX_FILTERS = 20
MAX_LENGTH = 300
DOWN = "desc"


@frozen
class Filter:
    """A test on the values of a column; ``value`` is what the visitor wrote."""

    column: str
    test: str
    value: str = ""


@frozen
class Query:
    """What is asked. Nothing is checked against a table yet; ``page`` counts from 1, empty ``shown`` is all columns."""

    q: str = ""
    filters: tuple[Filter, ...] = ()
    sort: str = ""
    down: bool = False
    page: int = 1
    shown: tuple[str, ...] = ()

    @property
    def narrows(self) -> bool:
        """Whether rows are left out."""
        return bool(self.q or self.filters)

    def arguments(self) -> dict[str, Any]:
        """Return the arguments of the address, those that say something."""
        given: dict[str, Any] = {
            "q": self.q,
            "colonne": [one.column for one in self.filters],
            "test": [one.test for one in self.filters],
            "valeur": [one.value for one in self.filters],
            "tri": self.sort,
            "sens": DOWN if self.sort and self.down else "",
            "voir": list(self.shown),
            "page": self.page if self.page > 1 else "",
        }
        return {name: value for name, value in given.items() if value}

    def without(self, one: Filter) -> Query:
        """Drop a filter, and go back to the first page."""
        return evolve(self, filters=tuple(each for each in self.filters if each != one), page=1)

    def sorted_by(self, column: str) -> Query:
        """Sort by a column; a second time, the other way round."""
        return evolve(self, sort=column, down=self.sort == column and not self.down, page=1)


def parse(arguments: MultiDict[str, str]) -> Query:
    """Read the arguments of an address; what makes no sense is left out."""
    lists = (arguments.getlist(name) for name in ("colonne", "test", "valeur"))
    columns, tests, values = lists
    values = [*values, *[""] * len(columns)]
    filters = [
        Filter(column, test, value.strip()[:MAX_LENGTH])
        for column, test, value in zip(columns, tests, values, strict=False)
        if column and test in TESTS and (value.strip() or test in WITHOUT_VALUE)
    ]
    page = arguments.get("page", "")
    return Query(
        q=arguments.get("q", "").replace("\0", "").strip()[:MAX_LENGTH],
        filters=tuple(dict.fromkeys(filters))[:MAX_FILTERS],
        sort=arguments.get("tri", ""),
        down=arguments.get("sens") == DOWN,
        page=max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < 9 else 1,
        shown=tuple(dict.fromkeys(arguments.getlist("voir"))),
    )
