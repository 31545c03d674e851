"""What a table is about, from its headers, its titles, a few values and the schema it follows."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from attrs import define, field

from ckanext.ca3b.tables import Column, Table, TableError, propose

from .detectors import DETECTORS
from .headers import header_kind, is_about, is_trait
from .names import _words as name_words
from .naming import lone_surnames, people_of
from .words import fold, plain, says, vocabulary

if TYPE_CHECKING:
    from .observe import ColumnEvidence, TableEvidence
    from .sources import Part

__all__ = ["Context", "header_kind", "is_about", "is_trait", "understand", "years_of"]

_SURE_SCHEMA = 0.75
_NUMBER = r"^\s*-?[0-9]+(?:[ \x{a0}\x{202f}][0-9]{3})*(?:[.,][0-9]+)?\s*%?\s*$"


# What stands for a number that is kept secret or is not known.
_HIDDEN = (
    r"(?i)^\s*(?:[scxn]|nd|ns|na|nc|n[./]\s?[adscr]\.?|secret.*|conf\.?|confidentiel.*|masqu[ée]|\*+|-+|\.+|…|"
    r"(?:<|≤|<=|moins de|inf\.? [àa])\s*[0-9]+|[\[(]?\s*[0-9]+\s*(?:-|à|a|;|,)\s*[0-9]+\s*[\])]?)\s*$"
)


def _counts_people(header: str) -> bool:
    """Tell whether a header counts people on a sensitive matter: « nb élèves en situation de handicap »."""
    return is_about(header, "sensitive_topic") and plain(header).startswith(
        (" nb ", " nombre ", " nbre ", " effectif ")
    )


def _of_numbers(column: ColumnEvidence) -> bool:
    """Tell whether a column is made of numbers, those kept secret aside."""
    hidden = column.share(_HIDDEN) - column.share(r"^\s*-+\s*$|^\s*[0-9]+\s*[,]\s*[0-9]+\s*$")
    return column.share(_NUMBER) >= 0.8 * (1 - max(0.0, hidden)) > 0


@define(slots=False)
class Context:
    """What a table is about. ``people`` goes from a column of names to what it is: ``full``, ``surname``, ``first``,
    ``rare`` (a few rows only) or ``civility``.
    """

    table: TableEvidence
    title: str
    schema: str | None = None
    people: dict[str, str] = field(factory=dict)
    excused: set[str] = field(factory=set)
    """Columns of names that have a lawful reason: nobody private is told by them."""

    @property
    def columns(self) -> list[ColumnEvidence]:
        """The columns of the table."""
        return self.table.columns

    def with_topic(self, topic: str) -> list[ColumnEvidence]:
        """Give the columns whose header speaks of ``topic`` and which have values."""
        return [column for column in self.columns if column.filled and is_about(column.header, topic)]

    def titled(self, topic: str) -> bool:
        """Tell whether the name of the file or of the sheet speaks of ``topic``."""
        return says(self.title, vocabulary("context")[topic])

    @cached_property
    def elected(self) -> bool:
        """A register of elected officials or of duties of public life."""
        headers = len(self.with_topic("elected"))
        return headers >= 2 or (self.titled("elected_title") and (headers >= 1 or bool(self.duty_columns)))

    @cached_property
    def duty_columns(self) -> list[ColumnEvidence]:
        """Columns that say in what duty somebody is named."""
        duties = sorted(name_words()["duties"] | set(vocabulary("context")["jobs"]))
        pattern = r"(?i)\b(?:" + "|".join(map(re.escape, duties)) + r")\b"
        return [
            column
            for column in self.with_topic("duty")
            if not is_about(column.header, "quasi_sex")
            and sum(bool(re.search(pattern, fold(value))) for value in list(column.sample)[:200])
            >= 0.3 * min(200, len(column.sample) or 1)
        ]

    @cached_property
    def private(self) -> bool:
        """The name of the file announces people in their private life or their work contract."""
        if not self.titled("private_title") or self.elected:
            return False
        # An « annuaire des agents » with their duties is a directory of the administration.
        if self.titled("directory_title") and self.duty_columns:
            return False
        # « Cimetières » with opening hours is a list of places.
        named = any(
            header_kind(column.header) in {"person", "first"} and column.share(_NUMBER) < 0.8
            for column in self.columns
            if column.filled
        )
        return named or not (self.with_topic("open_door") or self.counts)

    @cached_property
    def regulated(self) -> bool:
        """Members of a profession that has a public register."""
        if self.titled("private_title") or any(DETECTORS["birth_date"].named(column.header) for column in self.columns):
            return False
        return self.titled("regulated_title") or len(self.with_topic("regulated")) >= 2

    @cached_property
    def things(self) -> bool:
        """Rows are trees, vehicles, buildings: traits are theirs."""
        # « Entrée » is a dish, or the day when somebody came in.
        found = [column for column in self.with_topic("thing") if column.share(r"[0-9]{2}[/-][0-9]{2}") < 0.5]
        return len(found) >= 2 or (bool(found) and not self.private and not self.people)

    @cached_property
    def culture(self) -> bool:
        """Works, books, shows, monuments."""
        found = len(self.with_topic("culture"))
        # Those whom streets and schools honour have died.
        honoured = self.titled("culture_title") or bool(self.with_topic("honoured"))
        return not self.private and (
            (honoured and bool(self.with_topic("death")))
            or found >= 3
            or (found >= 1 and self.titled("culture_title"))
            or (found >= 2 and bool(self.with_topic("culture_person")))
            or (found >= 1 and any(not is_about(c.header, "culture") for c in self.with_topic("artist")))
        )

    @cached_property
    def body(self) -> bool:
        """Rows are companies, associations or public bodies."""
        numbers = [column for column in self.with_topic("number_of_body") if column.filled >= 0.5 * self.table.rows]
        named = [column for column in self.with_topic("body") if column not in numbers]
        return bool(numbers) or len(named) >= 2 or (len(named) == 1 and not self.private)

    @cached_property
    def facility(self) -> bool:
        """Rows are places open to the public."""
        found = len(self.with_topic("facility"))
        return not self.private and (found >= 3 or (found >= 1 and self.titled("facility_title")))

    @cached_property
    def counts(self) -> list[ColumnEvidence]:
        """Columns of counts: the table is a statistic."""
        return [
            column
            for column in self.with_topic("count")
            if _of_numbers(column)
            and (_counts_people(column.header) or not is_about(column.header, "quasi_status"))
            and not is_about(column.header, "quasi_age")
            and not says(column.header, ("numero", "valeur qf"))
        ]

    @cached_property
    def of_public_buildings(self) -> bool:
        """A header or the name of the file says that rows are buildings or networks of a public body."""
        return bool(self.with_topic("public_building")) or self.titled("public_building")

    @property
    def _lights(self) -> bool:
        """« Foyer » is a lamp where streets are lit."""
        return self.titled("public_network") or bool(self.with_topic("public_network"))

    @cached_property
    def home(self) -> bool:
        """Rows are homes, by a header or the name of the file."""
        if (self.with_topic("public_building") or self._lights) and not self.people:
            return False
        return any(map(self._of_home, self.columns)) or (
            says(self.title, vocabulary("context")["home"]) and not self.facility and not self.body and not self.counts
        )

    def _of_home(self, column: ColumnEvidence) -> bool:
        street = DETECTORS["address"].named(column.header)
        if not column.filled or column in self.counts or (column.bodies >= 0.2 and not street):
            return False
        if not is_about(column.header, "home") or is_about(column.header, "not_home"):
            return False
        # « Propriétaire » may be a sort of owner: it is somebody's home when somebody is named or numbered.
        sorts = len(column.sample) <= 12 and column.filled > 2 * len(column.sample)
        return not (sorts and not column.people and is_about(column.header, "person"))

    @cached_property
    def record(self) -> bool:
        """Each row has a number of its own, as files about cases have."""
        return any(
            len(column.sample) >= 0.9 * min(self.table.rows, 300) and column.filled >= 0.9 * self.table.rows
            for column in [*self.with_topic("record"), *self._numbered_people]
        )

    @cached_property
    def tracked(self) -> bool:
        """Rows follow people by a code of theirs: where they were is told of each."""
        return not (self.facility or self.body or self.things) and bool(self.followed)

    @cached_property
    def moments(self) -> bool:
        """Rows say when something happened, to the hour."""
        return any(
            column.share(r"[0-9]{4}[ T,à]+[0-9]{1,2}[:hH][0-9]{2}|[0-9]{2}[ T][0-9]{2}:[0-9]{2}") >= 0.5
            for column in self.columns
            if column.filled
        )

    @property
    def followed(self) -> list[ColumnEvidence]:
        """Columns of codes that come back whenever somebody does."""
        return [
            column
            for column in self.with_topic("tracked")
            if column.share(r"[0-9]") >= 0.5
            and column.share(r"^\S+$") >= 0.9
            and column.filled >= 0.5 * self.table.rows
            and column not in self.counts
            and not says(column.header, ("nb", "nombre", "type", "taux", "date", "age"))
        ]

    @property
    def _numbered_people(self) -> list[ColumnEvidence]:
        """Columns where people are codes, not names."""
        return [
            column
            for column in self.columns
            if header_kind(column.header) == "person" and column not in self.counts and column.share("[0-9]") >= 0.8
        ]

    @cached_property
    def births(self) -> bool:
        """Rows say when somebody was born."""
        birth = DETECTORS["birth_date"]
        return any(
            birth.named(column.header) and max(map(column.share, birth.value_test.values())) >= 0.5
            for column in self.columns
            if column.filled and column not in self.counts
        )

    @cached_property
    def historical(self) -> bool:
        """Nobody of the table can be alive."""
        births = [column for column in self.columns if DETECTORS["birth_date"].named(column.header) and column.filled]
        if any(years and max(years) <= 1905 for years in map(years_of, births)):
            return True
        deaths = [column for column in self.with_topic("death") if years_of(column)]
        return bool(deaths) and all(max(years_of(column)) <= 1950 for column in deaths)

    @cached_property
    def public_people(self) -> bool:
        """People named for what they do in public."""
        return self.elected or self.culture or self.historical or bool(self.duty_columns)

    @cached_property
    def private_people(self) -> bool:
        """Each row is, or names, a private person."""
        # Columns of names that are not those of a few rows only.
        named = [
            name
            for name, what in self.people.items()
            if what in {"full", "surname", "civility"} and name not in self.excused
        ]
        if self.elected or self.historical:
            return False
        if named:
            return (
                self.private
                or (self.births and not self.culture)
                or any(is_about(name, "private_person") and self.people[name] == "full" for name in named)
                or not (self.culture or self.body or self.facility or self.regulated or self.duty_columns)
            )
        firsts = [name for name, what in self.people.items() if what == "first" and name not in self.excused]
        return bool(firsts) and not self.counts

    @cached_property
    def micro(self) -> bool:
        """Each row is one person without a name: their traits, not counted."""
        if (
            (self.counts and not self.record)
            or self.things
            or self.elected
            or self.culture
            or self.body
            or self.historical
        ):
            return False
        ages = [
            c
            for c in self.with_topic("quasi_age")
            if c.share(r"^[0-9]{1,3}$|[0-9]{4}|[0-9]{1,2} ?(?:-|à) ?[0-9]{1,2}|ans") >= 0.5
        ]
        sexes = [
            c
            for c in self.with_topic("quasi_sex")
            if c.share(
                r"(?i)^(?:[fhm12]|femme|homme|fille|gar[cç]on|masculin|f[ée]minin|mme|m\.?|monsieur|madame|mlle)$"
            )
            >= 0.8
        ]
        statuses = [
            c
            for c in self.with_topic("quasi_status")
            if not DETECTORS["quasi_identifiers"].not_headers
            or not says(c.header, DETECTORS["quasi_identifiers"].not_headers)
        ]
        ages = [c for c in ages if not says(c.header, DETECTORS["quasi_identifiers"].not_headers)]
        strong = len(bool_list := [kind for kind in (ages, sexes) if kind])
        return (
            strong == 2
            or (bool(bool_list) and (bool(statuses) or self.private or self.record))
            or (len(statuses) >= 2 and (self.private or self.record))
        )


def years_of(column: ColumnEvidence) -> list[int]:
    """Give the years written in the sample of ``column``."""
    return [
        int(year)
        for value in column.sample
        for year in re.findall(r"(?<![0-9])(1[5-9][0-9]{2}|20[0-9]{2})(?![0-9])", value)
    ]


def understand(part: Part, table: TableEvidence, title: str) -> Context:
    """Tell what ``table`` is about; ``title`` is made of the names of the file and of the sheet."""
    context = Context(table, title, _schema(part, table))
    for column in table.columns:
        kind = people_of(column, context)
        if kind:
            context.people[column.name] = kind
    lone_surnames(context)
    return context


def _schema(part: Part, table: TableEvidence) -> str | None:
    head = table.head
    if head is None or not part.headed or len(part.names) > 300:
        return None
    columns = tuple(Column(name, "text", name, place) for place, name in enumerate(part.names))
    read = Table("csv", None, None, None, (), 0, head.height, columns, (), (), _source=lambda _: iter([head]))
    try:
        found = propose(read, limit=1)
    except TableError:
        return None
    return found[0].schema if found and found[0].score >= _SURE_SCHEMA else None
