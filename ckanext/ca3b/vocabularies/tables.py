"""The vocabularies of the portal: what each file adds to an entry, and its one loaded instance."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, TypeVar

import attrs
import yaml

from .core import Entry, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

E = TypeVar("E", bound=Entry)
# Formats that say nothing of what is inside.
ARCHIVES = frozenset({"ZIP", "GZIP", "BZIP2", "TAR", "TAR_GZ", "7Z", "RAR"})
_FIELD = re.compile(r"{(\w+)}")


@attrs.frozen
class Licence(Entry):
    """A licence of reuse.

    ``uri`` is the address by which the licence is known to those who harvest us; ``eu_uri`` its
    concept in the European table when it has one, ``eu_close_uri`` the nearest one otherwise.
    ``decree`` tells whether article D323-2-1 of the CRPA lists it, ``hvd`` whether it is no more
    restrictive than CC BY 4.0 (regulation (EU) 2023/138, article 4.3).
    """

    url: str = ""
    eu_uri: str = ""
    eu_close_uri: str = ""
    open: bool = False
    decree: bool = False
    hvd: bool = False


@attrs.frozen
class Theme(Entry):
    """One of the thirteen European data themes; ``slug`` names its group and its icon."""

    slug: str = ""


@attrs.frozen
class InspireTheme(Entry):
    """One of the 34 themes of INSPIRE; ``theme`` is the code of the data theme it falls under."""

    theme: str = ""


@attrs.frozen
class Frequency(Entry):
    """How often a dataset is updated; ``days`` is the longest wait it promises, ``None`` if it promises none."""

    days: float | None = None
    proposed: bool = False


@attrs.frozen
class FileType(Entry):
    """A file format; ``open`` (non-proprietary) and ``machine`` (machine-readable) are data.europa.eu's lists."""

    media_type: str = ""
    extensions: tuple[str, ...] = attrs.field(default=(), converter=tuple)
    open: bool = False
    machine: bool = False

    @property
    def is_archive(self) -> bool:
        """Whether the format only packs files of other formats."""
        return self.code in ARCHIVES

    def names(self) -> Iterator[str]:
        """Yield the words for this format, its media type and its extensions among them."""
        yield from Entry.names(self)
        if self.media_type:
            yield self.media_type
        yield from self.extensions


@attrs.frozen
class HvdCategory(Entry):
    """A category of high-value datasets; ``broader`` is the code of the one above, empty for the six tops."""

    broader: str = ""


def _load(name: str, kind: type[E]) -> Vocabulary[E]:
    text = resources.files("ckanext.ca3b.vocabularies").joinpath(f"{name}.yaml").read_text("utf-8")
    content: dict[str, Any] = yaml.safe_load(text)
    authority = content["authority"]
    entries = []
    for item in content["entries"]:
        item.setdefault("uri", authority + item["code"])
        item["uris"] = [*item.get("uris", ()), *_patterned(content.get("uri_patterns", ()), item)]
        for key in content.get("not_in_entry", ()):
            item.pop(key, None)
        entries.append(kind(**item))
    return Vocabulary(name, content["title"], authority, entries)


def _patterned(patterns: list[str], item: dict[str, Any]) -> list[str]:
    fields = {key: value for key, value in item.items() if isinstance(value, str) and value}
    return [pattern.format(**fields) for pattern in patterns if _FIELD.findall(pattern)[0] in fields]


def file_type_of_name(name: str) -> FileType | None:
    """Return the format that a file name or the path of a URL ends with, as ``a/b/plan.SHP.zip`` does."""
    parts = name.split("?", 1)[0].split("#", 1)[0].rsplit("/", 1)[-1].casefold().split(".")[1:]
    by_extension = {extension: entry for entry in file_types() for extension in entry.extensions}
    candidates = [".".join(parts[-2:]), *reversed(parts[-2:])]
    found = [by_extension[text] for text in candidates if text in by_extension]
    return next((entry for entry in found if not entry.is_archive), found[0] if found else None)


@cache
def licences() -> Vocabulary[Licence]:
    """Return the licences."""
    return _load("licences", Licence)


@cache
def themes() -> Vocabulary[Theme]:
    """Return the thirteen European data themes."""
    return _load("themes", Theme)


@cache
def inspire_themes() -> Vocabulary[InspireTheme]:
    """Return the 34 INSPIRE themes."""
    return _load("inspire_themes", InspireTheme)


@cache
def frequencies() -> Vocabulary[Frequency]:
    """Return the update frequencies."""
    return _load("frequencies", Frequency)


@cache
def file_types() -> Vocabulary[FileType]:
    """Return the file formats."""
    return _load("file_types", FileType)


@cache
def hvd_categories() -> Vocabulary[HvdCategory]:
    """Return the categories of high-value datasets, each under its top category."""
    return _load("hvd_categories", HvdCategory)


@cache
def languages() -> Vocabulary[Entry]:
    """Return the languages, by ISO 639-1 code where there is one."""
    return _load("languages", Entry)


@cache
def access_rights() -> Vocabulary[Entry]:
    """Return the access rights."""
    return _load("access_rights", Entry)


@cache
def availabilities() -> Vocabulary[Entry]:
    """Return how long a file is planned to stay available."""
    return _load("availabilities", Entry)


@cache
def statuses() -> Vocabulary[Entry]:
    """Return the states of a file in its life."""
    return _load("statuses", Entry)


@cache
def reference_systems() -> Vocabulary[Entry]:
    """Return the coordinate reference systems met in France, by EPSG number."""
    return _load("reference_systems", Entry)


TABLES: dict[str, Callable[[], Vocabulary[Any]]] = {
    table.__name__: table
    for table in (
        access_rights,
        availabilities,
        file_types,
        frequencies,
        hvd_categories,
        inspire_themes,
        languages,
        licences,
        reference_systems,
        statuses,
        themes,
    )
}


def vocabulary(name: str) -> Vocabulary[Any]:
    """Return the vocabulary of the file ``name``; for names that come from a schema. Raises KeyError."""
    return TABLES[name]()
