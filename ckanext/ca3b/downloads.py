"""One address per file that never changes: ``/fichiers/<resource id>``.

CKAN's own download address ends with the name of the file, so a replacement under another name breaks every
link made before. This one names the resource only, and asks CKAN's download view for the current bytes: same
authorisation, same storage, same download signal.
"""

from __future__ import annotations

import codecs
import itertools
from typing import Any
from urllib.parse import unquote, urlsplit

import ckan.plugins.toolkit as tk
from flask import Response, current_app

_SAMPLE = 65536


def download_url(resource: dict[str, Any], *, external: bool = False) -> str:
    """Return the stable address of a resource's bytes.

    :param external: with scheme and host, for catalogues and code samples.
    """
    return tk.url_for("ca3b.file", resource_id=resource["id"], _external=external)


def filename(resource: dict[str, Any]) -> str:
    """Return the name under which the uploaded file of a resource is saved by a browser."""
    name = unquote(urlsplit(resource.get("url") or "").path.rsplit("/", 1)[-1])
    return name or resource["id"]


def download(resource_id: str) -> Any:
    """Serve the current bytes of an uploaded file, or lead to the address of a linked one.

    404 when the resource is unknown or has no address, 403 when the visitor may not read it.
    """
    try:
        resource = tk.get_action("resource_show")({"user": tk.current_user.name}, {"id": resource_id})
    except tk.ObjectNotFound:
        return tk.abort(404, tk._("This file does not exist any more"))
    except tk.NotAuthorized:
        return tk.abort(403, tk._("This file is not public"))

    if resource.get("url_type") == "upload":
        serve = current_app.view_functions["dataset_resource.download"]
        response = serve("dataset", resource["package_id"], resource_id, filename(resource))
        return _describe(response, filename(resource)) if isinstance(response, Response) else response
    url = resource.get("url") or ""
    if urlsplit(url).scheme not in {"http", "https", "ftp"}:
        return tk.abort(404, tk._("This file has no address yet"))
    return tk.redirect_to(url)


def _describe(response: Response, name: str) -> Response:
    """Ask for a download under its name, forbid guessing its type, and name the character set of a text.

    The character set is said once seen in the first bytes.
    """
    if response.status_code != 200 or "location" in response.headers:
        return response
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    if not (response.mimetype or "").startswith("text/"):
        return response
    body = response.response
    chunks = iter(body)  # pyright: ignore[reportArgumentType]
    seen: list[bytes] = []
    while sum(map(len, seen)) < _SAMPLE and (chunk := next(chunks, None)) is not None:
        seen.append(chunk if isinstance(chunk, bytes) else chunk.encode())
    utf8 = is_utf8(b"".join(seen))
    response.headers["Content-Type"] = f"{response.mimetype}; charset=utf-8" if utf8 else response.mimetype
    response.direct_passthrough = False
    response.response = itertools.chain(seen, chunks)  # pyright: ignore[reportAttributeAccessIssue]
    if close := getattr(body, "close", None):
        response.call_on_close(close)
    return response


def is_utf8(sample: bytes) -> bool:
    """Say whether the first bytes of a file read as UTF-8; a character cut at the end does not count."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return False
    return True
