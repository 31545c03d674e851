"""What the readers are given of a source: its address or its spreadsheet, and what it may cost."""

from __future__ import annotations

import contextlib
import hashlib
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ckanext.ca3b.harvest.sources import Client, Source, SourceError, Validators
from ckanext.ca3b.harvesting import config
from ckanext.ca3b.harvesting.store import sources

from . import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ckanext.ca3b.harvesting.model import SourceRow

_UNSAFE = re.compile(r"[^\w.\- ()]+")
DOCUMENT = "document"


@contextlib.contextmanager
def opened(source: SourceRow) -> Iterator[Source]:
    """Give a source to the readers; its spreadsheet is a file as long as this lasts.

    :raises SourceError: it has neither an address nor a spreadsheet, or the address is none.
    """
    options = {str(key): str(value) for key, value in (source.options or {}).items()}
    if source.address:
        yield Source.at(source.address, **options).of_kind(source.kind)
        return
    content = sources.document(source.id)
    if content is None:
        raise SourceError("missing", words.NO_DOCUMENT)
    with written(content, source.document_name, **options) as found:
        yield found.of_kind(source.kind)


@contextlib.contextmanager
def written(content: bytes, name: str, **options: str) -> Iterator[Source]:
    """Give a spreadsheet to the readers as a file of its name."""
    with tempfile.TemporaryDirectory(prefix="ca3b-harvest-") as folder:
        path = Path(folder) / (_UNSAFE.sub("_", Path(name).name).strip(". ")[-120:] or "catalogue.csv")
        path.write_bytes(content)
        yield Source.file(path, **options)


def client(source: SourceRow, *, conditional: bool) -> Client:
    """Return who asks for the pages of a source; ``conditional``: only if they changed."""
    known = _known(source.validators) if conditional else {}
    return Client(config.budget(), known=known)


def validators(source: SourceRow, asked: Client) -> dict[str, Any]:
    """Return what tells later that a source did not change: of a spreadsheet its digest, of one page what it said."""
    if not source.address:
        return {DOCUMENT: digest(source)}
    if asked.pages != 1 or len(asked.validators) != 1:
        return {}
    found = {url: {"etag": one.etag, "last_modified": one.last_modified} for url, one in asked.validators.items()}
    return {url: said for url, said in found.items() if any(said.values())}


def digest(source: SourceRow) -> str:
    """Return the SHA-256 of the spreadsheet of a source."""
    return hashlib.sha256(sources.document(source.id) or b"").hexdigest()


def _known(said: Mapping[str, Any]) -> dict[str, Validators]:
    return {url: Validators(**one) for url, one in (said or {}).items() if isinstance(one, dict)}
