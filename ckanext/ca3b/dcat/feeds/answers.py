"""Answers of HTTP: what harvesters of every age need to see in them."""

from __future__ import annotations

import gzip
import zlib
from typing import TYPE_CHECKING

import ckan.plugins.toolkit as tk
from flask import Response, stream_with_context

from . import versions

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from .asking import RefusedError

_SMALL = 1024
_LEVEL = 4


class Conditional:
    """One version of an answer, named by ``tag``: whoever has it gets 304."""

    def __init__(self, address: str, tag: str) -> None:
        self.tag = tag
        self.since: dt.datetime | None = versions.since(address, tag)

    @property
    def unchanged(self) -> bool:
        """Tell whether the client has this version: by its tag if it sent one, by its date otherwise."""
        tags, date = tk.request.if_none_match, tk.request.if_modified_since
        if tags:
            return tags.contains_weak(self.tag)
        return date is not None and self.since is not None and self.since <= date

    def written_on(self, answer: Response) -> Response:
        """Say the version on an answer."""
        # Weak: the same answer may travel compressed.
        answer.set_etag(self.tag, weak=True)
        if self.since is not None:
            answer.last_modified = self.since
        return answer


def not_modified(version: Conditional) -> Response:
    """Answer to whoever has this version."""
    return shared(version.written_on(Response(status=304)))


def whole(body: bytes, content_type: str, version: Conditional) -> Response:
    """Answer with a document."""
    packed = len(body) >= _SMALL and _takes_gzip()
    answer = Response(gzip.compress(body, _LEVEL) if packed else body, content_type=content_type)
    if packed:
        answer.headers["Content-Encoding"] = "gzip"
    return shared(version.written_on(answer))


def streamed(chunks: Iterator[bytes], content_type: str, version: Conditional) -> Response:
    """Answer with a document that is written while it is sent."""
    packed = _takes_gzip()
    body = stream_with_context(_packed(chunks) if packed else chunks)
    answer = Response(body, content_type=content_type)
    if packed:
        answer.headers["Content-Encoding"] = "gzip"
    return shared(version.written_on(answer))


def head(content_type: str, version: Conditional) -> Response:
    """Answer to HEAD: what GET would say, without building anything."""
    # Of a length that is not known: « Content-Length: 0 » would tell one that GET does not have.
    answer = Response(iter(()), content_type=content_type)
    return shared(version.written_on(answer))


def refused(error: RefusedError) -> Response:
    """Answer with a sentence; nobody keeps it."""
    tk.request.environ["__no_cache__"] = True
    answer = Response(f"{error.sentence}\n", status=error.status, content_type="text/plain; charset=utf-8")
    answer.cache_control.no_store = True
    return shared(answer)


def shared(answer: Response) -> Response:
    """Let pages of every site read an answer, and caches keep it as long as they ask again each time."""
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
    answer.headers["Access-Control-Expose-Headers"] = "ETag, Last-Modified, Link"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.vary.add("Accept-Encoding")
    if "__no_cache__" not in tk.request.environ:
        answer.cache_control.no_cache = True
    return answer


def _packed(chunks: Iterator[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, 31)
    for one in chunks:
        if some := packer.compress(one):
            yield some
    yield packer.flush()


def _takes_gzip() -> bool:
    return tk.request.accept_encodings["gzip"] > 0
