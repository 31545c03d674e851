"""Answers of HTTP: what may be kept by caches and how long, what did not change, what travels compressed."""

from __future__ import annotations

import gzip
import hashlib
import json
from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
from flask import Response

if TYPE_CHECKING:
    from .access import Allowed, RefusedError

JSON, GEOJSON = "application/json", "application/geo+json"
TILE = "application/vnd.mapbox-vector-tile"
_SMALL = 1024
_PICTURES = ((b"\x89PNG", "image/png"), (b"RIFF", "image/webp"), (b"\xff\xd8", "image/jpeg"))


def unchanged(allowed: Allowed | None, tag: str) -> Response | None:
    """Return the answer to who already has the version ``tag``; None to the others."""
    asked = tk.request.if_none_match
    if not asked.contains_weak(tag):
        return None
    return kept(Response(status=304), allowed, tag)


def kept(answer: Response, allowed: Allowed | None, tag: str | None = None) -> Response:
    """Say how an answer may be kept: by anybody and asked again each time, or by nobody.

    CKAN writes « public » and ``ckan.cache_expires`` on what is not marked; None is for what is everybody's.
    """
    if tag is not None:
        answer.set_etag(tag, weak=True)
    if allowed is not None and not allowed.public:
        tk.request.environ["__no_cache__"] = True
        answer.cache_control.private = True
        answer.cache_control.no_store = True
    answer.vary.add("Accept-Encoding")
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def document(value: Any, allowed: Allowed | None, *, mimetype: str = JSON, status: int = 200) -> Response:
    """Answer with a JSON document, or with nothing to who already has it."""
    body = value if isinstance(value, bytes) else json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    tag = hashlib.sha256(body).hexdigest()[:32]
    if status == 200 and (same := unchanged(allowed, tag)):
        return same
    return kept(packed(body, mimetype, status=status), allowed, tag if status == 200 else None)


def packed(body: bytes, mimetype: str, *, status: int = 200) -> Response:
    """Answer with bytes, compressed when that is worth it and the visitor reads it."""
    if len(body) >= _SMALL and _takes_gzip():
        answer = Response(gzip.compress(body, 5), status=status, mimetype=mimetype)
        answer.headers["Content-Encoding"] = "gzip"
        return answer
    return Response(body, status=status, mimetype=mimetype)


def stored(body: bytes, mimetype: str) -> Response:
    """Answer with bytes that are kept compressed by gzip."""
    if not _takes_gzip():
        return Response(gzip.decompress(body), mimetype=mimetype)
    answer = Response(body, mimetype=mimetype)
    answer.headers["Content-Encoding"] = "gzip"
    return answer


def tile(body: bytes | None) -> Response:
    """Answer with a tile, vector (gzip) or picture; 204 when nothing is there."""
    if not body:
        return Response(status=204)
    for mark, mimetype in _PICTURES:
        if body.startswith(mark):
            return Response(body, mimetype=mimetype)
    if body.startswith(b"\x1f\x8b"):
        return stored(body, TILE)
    return Response(body, mimetype=TILE)


def refusal(error: RefusedError) -> Response:
    """Answer why an address gives nothing, to programs: ``{code, description}``. Nobody keeps it."""
    body = json.dumps({"code": str(error.status), "description": error.message}, ensure_ascii=False)
    tk.request.environ["__no_cache__"] = True
    answer = Response(body, status=error.status, mimetype=JSON)
    answer.cache_control.no_store = True
    return answer


def _takes_gzip() -> bool:
    return tk.request.accept_encodings["gzip"] > 0
