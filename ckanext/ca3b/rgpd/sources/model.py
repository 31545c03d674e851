"""What opening a file gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from attrs import define, field

from ckanext.ca3b.tables.model import no_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import polars as pl

BATCH_ROWS = 200_000


@define
class Part:
    """One table of the file. ``batches()`` gives frames of strings with the columns ``names``, None where empty.

    ``where`` names the sheet, the member of an archive or the list of a JSON document; ``key`` links the rows of a
    list nested in records with nothing: it is read as a table of its own.
    """

    names: tuple[str, ...]
    batches: Callable[[], Iterator[pl.DataFrame]]
    where: str | None = None
    headed: bool = True
    line: Callable[[int], int | None] = no_line
    form: str = "csv"


TEXT = "texte"
"""What the words of a document are called, where columns have their names."""


class Text(NamedTuple):
    """A loose text: what it is, and where (page, member of an archive)."""

    what: str
    text: str
    where: str | None = None


@define
class Content:
    """The tables, the loose texts, and what could not be examined, in French."""

    parts: list[Part] = field(factory=list)
    texts: list[Text] = field(factory=list)
    missing: list[str] = field(factory=list)
    keep: list[object] = field(factory=list)
    """Temporary directories that must live as long as the content."""

    def add(self, other: Content, where: str) -> None:
        """Take the content of a member called ``where``."""
        for part in other.parts:
            part.where = where if part.where is None else f"{where} : {part.where}"
        self.parts += other.parts
        self.texts += [each._replace(where=" : ".join(filter(None, (where, each.where)))) for each in other.texts]
        self.missing += [f"{where} : {told}" for told in other.missing]
        self.keep += other.keep
