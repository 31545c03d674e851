"""Files found on a page or in a folder, without any description: which are data, and which are one dataset."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from attrs import define

from ckanext.ca3b import vocabularies

from .draft import ResourceDraft

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Formats of people's documents and pages; a file of another known format is data.
_DOCUMENTS = frozenset(
    [
        "PDF",
        "HTML",
        "XHTML",
        "HTM",
        "TXT",
        "TEXT",
        "DOC",
        "DOCX",
        "ODT",
        "RTF",
        "ODP",
        "PPT",
        "PPTX",
        "ODG",
        "EPUB",
        "PNG",
        "JPEG",
        "JPG",
        "GIF",
        "SVG",
        "WEBP",
        "BMP",
        "MP3",
        "MP4",
        "CSS",
        "JS",
        "RSS",
        "ATOM_FEED",
        "ATOM",
        "EML",
        "MD",
    ]
)
_PARAMETERS = ("format", "outputformat", "fmt", "f", "type", "output", "ext", "extension")


@define
class File:
    """A file and what its place tells of it; ``context`` is the heading above its link, or its folder."""

    url: str
    title: str = ""
    context: str = ""
    format: str = ""
    media_type: str = ""
    size: int | None = None
    modified: str = ""
    checksum: str = ""

    def resource(self) -> ResourceDraft:
        """Return the file as a resource."""
        return ResourceDraft(
            url=self.url, title=self.title or name_of(self.url), formats=(self.format,) if self.format else (),
            media_type=self.media_type, size=self.size, modified=self.modified, checksum=self.checksum,
        )  # fmt: skip


def data_format(url: str, media_type: str = "", name: str = "") -> str:
    """Return the code of the format of a data file, ``""`` for a page, a document or what nothing tells."""
    path = urlsplit(url).path
    said = [value for key, value in parse_qsl(urlsplit(url).query) if key.lower() in _PARAMETERS]
    found = (
        vocabularies.file_type_of_name(unquote(path)) or vocabularies.file_type_of_name(name)
        or vocabularies.file_types().find(media_type) or vocabularies.file_types().find_first(*said)
    )  # fmt: skip
    if found is None or found.code in _DOCUMENTS:
        return ""
    return found.code if found.extensions else ""


def name_of(url: str) -> str:
    """Return the name of the file at the end of an address."""
    return unquote(posixpath.basename(urlsplit(url).path.rstrip("/")))


def stem_of(url: str) -> str:
    """Return an address without what tells its format: two formats of the same data have it in common."""
    parts = urlsplit(url)
    folder, name = posixpath.split(unquote(parts.path))
    known = vocabularies.file_type_of_name(name)
    if known:
        return urlunsplit((parts.scheme, parts.netloc, posixpath.join(folder, bare(name)), "", ""))
    kept = [(key, value) for key, value in parse_qsl(parts.query) if key.lower() not in _PARAMETERS]
    return urlunsplit((parts.scheme, parts.netloc, posixpath.join(folder, name), urlencode(kept), ""))


def bare(name: str) -> str:
    """Return a file name without the extensions that are formats (``plan.shp.zip`` is ``plan``)."""
    while "." in name.strip(".") and vocabularies.file_type_of_name(f"x.{name.rsplit('.', 1)[-1]}"):
        name = name.rsplit(".", 1)[0]
    return name


def readable(name: str) -> str:
    """Return a file name as a title: without extension, its words apart."""
    words = re.sub(r"[_\s]+|(?<=\D)-(?=\D)", " ", bare(name)).strip()
    return words[:1].upper() + words[1:]


def datasets(files: Iterable[File]) -> list[tuple[str, list[File]]]:
    """Return files by dataset, under the identity that their addresses have in common; each address once."""
    found: dict[str, list[File]] = {}
    for file in files:
        group = found.setdefault(stem_of(file.url), [])
        if all(one.url != file.url for one in group):
            group.append(file)
    return list(found.items())
