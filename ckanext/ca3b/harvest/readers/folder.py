"""A folder of files: the list that a web server makes, a bucket of an S3-like storage, a WebDAV share."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from ckanext.ca3b.harvest import normalise
from ckanext.ca3b.harvest.model import Page, Problem, Record
from ckanext.ca3b.harvest.sources import BudgetError, SourceError

from .common import files, page
from .common.draft import Draft
from .common.finish import finish
from .common.flow import Entries, to_review, to_the_end, truncated
from .common.listings import Listing, listing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ckanext.ca3b.harvest.model import Event
    from ckanext.ca3b.harvest.sources import Answer, Client, Source

KIND = "folder"
LABEL = "dossier de fichiers"

#: Folders below the one given that are looked into.
_DEPTH = 6
_SHARE = re.compile(r"^(?P<site>https?://.+?)(?:/index\.php)?/s/(?P<token>\w{6,64})(?:/.*)?$")
_S3_HOST = re.compile(r"(?:^|[.-])s3[.-]|\bminio\b|objectstorage|\bswift\b|\.storage\.|cellar", re.IGNORECASE)
_SAID = 10  # names of files that are listed in a sentence
_HEADERS = {"Depth": "1"}


def recognises(answer: Answer) -> bool:
    """Tell whether this is the list of a folder, or the page of a shared one."""
    return _shared(answer) or listing(answer) is not None


def places(address: str) -> Iterator[str]:
    """Yield the list of the bucket that an address of a storage is in."""
    parts = urlsplit(address)
    if not _S3_HOST.search(parts.netloc):
        return
    path = unquote(parts.path).strip("/")
    yield f"{parts.scheme}://{parts.netloc}/?list-type=2&prefix={quote(path)}"
    if path:
        bucket, _, prefix = path.partition("/")
        yield f"{parts.scheme}://{parts.netloc}/{quote(bucket)}/?list-type=2&prefix={quote(prefix)}"


def read(client: Client, source: Source) -> Iterator[Event]:
    """Yield the data files of a folder and of those in it. See the package for what is raised and what is told."""
    return to_the_end(_read(client, source))


def _read(client: Client, source: Source) -> Iterator[Event]:
    reading = _Reading()
    share = _SHARE.match(source.address) if source.path is None else None
    first = f"{share['site']}/public.php/dav/files/{share['token']}/" if share else source.address
    waiting: list[tuple[str, int]] = [(first, 0)]
    number = 0
    while waiting:
        address, depth = waiting.pop(0)
        try:
            answer = _asked(client, source, address, dav=bool(share))
        except SourceError as error:
            if not number:
                raise
            # The files of the folders that were read are told at the end: they must not be lost with this one.
            yield truncated(str(error), error.where)
            waiting = [] if isinstance(error, BudgetError) else waiting
            continue
        found = listing(answer)
        if found is None:
            if number:
                continue
            raise SourceError("not-catalogue", f"Cette adresse n’est pas la liste d’un dossier. ({answer.url})",
                              where=answer.url)  # fmt: skip
        number += 1
        yield Page(answer.url, number, len(found.files))
        reading.take(found)
        if found.following:
            waiting.insert(0, (found.following, depth))
        elif depth < _DEPTH and source.path is None:
            inside = _below(first)
            waiting += [(one, depth + 1) for one in found.folders if one.startswith(inside) and one != address]
    yield from reading.records(first)


def _asked(client: Client, source: Source, address: str, *, dav: bool) -> Answer:
    if source.path is not None:
        return client.file(source)
    if dav:
        return client.page(address, accept="application/xml", headers=_HEADERS, method="PROPFIND")
    return client.page(address, accept="text/html, application/xml, application/json;q=0.9")


def _below(address: str) -> str:
    """Return what the addresses of a folder's own folders begin with."""
    parts = urlsplit(address)
    return urlunsplit((parts.scheme, parts.netloc, posixpath.dirname(parts.path).rstrip("/") + "/", "", ""))


class _Reading:
    """The files seen, from all the pages: two formats of one dataset may be on two of them."""

    def __init__(self) -> None:
        self.data: list[files.File] = []
        self.other: list[str] = []

    def take(self, found: Listing) -> None:
        for one in found.files:
            form = files.data_format(one.url, one.media_type)
            if form:
                one.format = form
                self.data.append(one)
            else:
                self.other.append(files.name_of(one.url))

    def records(self, where: str) -> Iterator[Record]:
        entries = Entries(_draft, identify=lambda group: group[0])
        for record in entries.records(files.datasets(self.data), where):
            yield to_review(record, "found-in-a-folder")
        if self.other:
            names = ", ".join(self.other[:_SAID]) + ("…" if len(self.other) > _SAID else "")
            message = f"Ces fichiers ne sont pas des données et ne sont pas repris : {names}."
            yield Record(None, (Problem("", message, "not-data", where, "info"),))


def _draft(group: tuple[str, list[files.File]]) -> Record:
    identity, found = group
    folder = files.readable(posixpath.basename(posixpath.dirname(urlsplit(identity).path)))
    dates = sorted(date for one in found if (date := normalise.date(one.modified)).known and date.value)
    return finish(Draft(
        identity, title=files.readable(files.name_of(identity)), modified=dates[-1].value if dates else "",
        resources=[one.resource() for one in found], provenance={"url": _below(found[0].url)},
        raw={"folder": unquote(folder)} if folder else {},
    ))  # fmt: skip


def _shared(answer: Answer) -> bool:
    """Tell whether this is the page of a folder shared with Nextcloud or ownCloud."""
    if not _SHARE.match(answer.url):
        return False
    head = answer.text[:200_000].lower()
    return page.tree(answer) is not None and ("nextcloud" in head or "owncloud" in head)
