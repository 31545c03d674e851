"""Lists of folders, as the servers that people use write them.

XML of S3 (AWS, MinIO, Ceph, OVH), XML of WebDAV (Nextcloud, Apache), JSON and HTML of nginx, HTML of Apache, IIS,
lighttpd, Caddy and Python.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote, urlsplit

from attrs import define, field

from ckanext.ca3b.harvest.sources import SourceError

from . import page
from .files import File
from .shaping import integer, mappings, text, with_query
from .xml import document, inner, name, namespace

if TYPE_CHECKING:
    import lxml.html
    from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

    from ckanext.ca3b.harvest.sources import Answer

_TITLE = re.compile(r"^\s*(?:index (?:of|de)\b|directory listing (?:for|of)\b|listing of\b|.+ - /.*$)", re.IGNORECASE)
_BESIDE = re.compile(
    r"(\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d)?|\d{1,2}-[A-Z][a-z]{2}-\d{4} \d\d:\d\d)(?:\s+([\d.]+\s*[KMGT]?|-))?"
)
_MD5 = re.compile(r"^[0-9a-f]{32}$")


@define
class Listing:
    """The files and folders of one page of a list, and the address of the page after it."""

    files: list[File] = field(factory=list)
    folders: list[str] = field(factory=list)
    following: str = ""


def listing(answer: Answer) -> Listing | None:
    """Return the list that an answer is, None when it is none."""
    start = answer.content.lstrip()[:1]
    if start in {b"[", b"{"}:
        return _json(answer)
    if start != b"<":
        return None
    if b"ListBucketResult" in answer.content[:2000] or b"multistatus" in answer.content[:2000]:
        return _xml(answer)
    tree = page.tree(answer)
    if tree is None or not any(_TITLE.match(inner(one)) for one in tree.iter("title", "h1")):
        return None
    return _html(tree, answer)


def _xml(answer: Answer) -> Listing | None:
    try:
        root = document(answer)[0]
    except SourceError:
        return None
    if name(root) == "ListBucketResult":
        return _bucket(root, answer)
    return _dav(root, answer) if name(root) == "multistatus" and namespace(root) == "DAV:" else None


def _bucket(root: etree._Element, answer: Answer) -> Listing:
    found = Listing()
    base = answer.url.split("?", 1)[0].rstrip("/") if not answer.local else ""
    key = ""
    for one in root:
        said = {name(child): inner(child) for child in one}
        if name(one) != "Contents" or not said.get("Key"):
            continue
        key = next(("".join(child.itertext()) for child in one if name(child) == "Key"), "")
        if key.endswith("/"):
            continue
        mark = said.get("ETag", "").strip('"')
        found.files.append(File(
            f"{base}/{quote(key)}", size=integer(said.get("Size")), modified=said.get("LastModified", ""),
            checksum=f"md5:{mark}" if _MD5.match(mark) else "",
        ))  # fmt: skip
    told = {name(one): inner(one) for one in root}
    if told.get("IsTruncated", "").lower() == "true" and not answer.local:
        if told.get("NextContinuationToken"):
            token = told["NextContinuationToken"]
            found.following = with_query(answer.url, **{"list-type": 2, "continuation-token": token})
        elif told.get("NextMarker") or key:
            found.following = with_query(answer.url, marker=told.get("NextMarker") or key)
    return found


def _dav(root: etree._Element, answer: Answer) -> Listing:
    found = Listing()
    here = unquote(urlsplit(answer.url).path).rstrip("/")
    for response in root:
        said = {name(one): one for one in response.iter() if namespace(one) == "DAV:"}
        href = inner(said.get("href"))
        address = answer.absolute(href)
        if not href or unquote(urlsplit(address).path).rstrip("/") == here:
            continue
        if "collection" in said:
            found.folders.append(address)
            continue
        found.files.append(File(
            address, size=integer(inner(said.get("getcontentlength"))), modified=inner(said.get("getlastmodified")),
            media_type=inner(said.get("getcontenttype")).split(";", 1)[0],
        ))  # fmt: skip
    return found


def _json(answer: Answer) -> Listing | None:
    """Read the list of nginx (``autoindex_format json``) or of Caddy."""
    try:
        said = answer.json()
    except SourceError:
        return None
    rows = mappings(said)
    if not isinstance(said, list) or not rows or len(rows) != len(said):
        return None
    if not all({"name"} <= row.keys() and ({"type", "mtime"} <= row.keys() or {"is_dir", "mod_time"} <= row.keys())
               for row in rows):  # fmt: skip
        return None
    found = Listing()
    for row in rows:
        folder = row.get("type") == "directory" or row.get("is_dir") is True
        address = answer.absolute(quote(text(row["name"]).strip("/")) + ("/" if folder else ""))
        if folder:
            found.folders.append(address)
        else:
            modified = text(row.get("mtime") or row.get("mod_time"))
            found.files.append(File(address, size=integer(row.get("size")), modified=modified))
    return found


def _html(tree: lxml.html.HtmlElement, answer: Answer) -> Listing:
    found = Listing()
    above = unquote(urlsplit(answer.url).path)
    for element, address, _ in page.links(tree, answer):
        parts = urlsplit(address)
        path = unquote(parts.path)
        if parts.query or parts.netloc != urlsplit(answer.url).netloc or above.startswith(path):
            continue  # an order of the columns, another site, the folder above
        if path.endswith("/"):
            found.folders.append(address)
            continue
        modified, size = _beside(element)
        found.files.append(File(address, size=size, modified=modified))
    return found


def _beside(element: Any) -> tuple[str, int | None]:
    """Return the date and the size in bytes that stand after a link; a rounded size is none."""
    row = next(iter(element.iterancestors("tr")), None)
    said = " ".join(inner(cell) for cell in row) if row is not None else (element.tail or "").split("\n", 1)[0]
    match = _BESIDE.search(said)
    if not match:
        return "", None
    size = (match[2] or "").strip()
    return match[1], int(size) if size.isdigit() else None
