"""Links of a geographic record: files, services and pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from attrs import frozen

from ckanext.ca3b import vocabularies
from ckanext.ca3b.harvest.readers.common.draft import ResourceDraft
from ckanext.ca3b.harvest.readers.common.xml import inner

if TYPE_CHECKING:
    from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

_NAMESPACES = {"gmd": "http://www.isotc211.org/2005/gmd"}
_SERVICE = re.compile(r"\b(WMS|WFS|WMTS|WCS|WPS|CSW|SOS|TMS|WMC|ATOM|KML|GML|OGC API)\b", re.IGNORECASE)
#: A record of the catalogue itself, as a page or as XML: people link to it as they do to the data.
_RECORD_PAGE = re.compile(r"#/metadata/|[?&]uuid=|/metadata\?id=|request=getrecordbyid", re.IGNORECASE)
_DATA_LINK = re.compile(r"t[ée]l[ée]charg|download|getresource|/(?:atom|wxs|ows|wms|wfs|api)\b", re.IGNORECASE)
_SAID_IN_URL = re.compile(r"[?&]service=(WMS|WFS|WMTS|WCS|CSW)\b", re.IGNORECASE)


@frozen
class Link:
    """One link of a record; ``formats`` are those of its own part of the record, when it has one."""

    url: str
    protocol: str = ""
    name: str = ""
    description: str = ""
    function: str = ""
    formats: tuple[str, ...] = ()


def links(element: etree._Element) -> list[Link]:
    """Return the links of a record of ISO 19139."""
    found = element.xpath("./gmd:distributionInfo//gmd:onLine/gmd:CI_OnlineResource", namespaces=_NAMESPACES)
    return [
        Link(
            _said(one, "linkage"), _said(one, "protocol"), _said(one, "name"), _said(one, "description"), _function(one)
        )
        for one in found
    ]


def formats(element: etree._Element) -> tuple[str, ...]:
    """Return the formats of a record of ISO 19139."""
    path = "./gmd:distributionInfo//gmd:MD_Format/gmd:name"
    return tuple(dict.fromkeys(filter(None, map(inner, element.xpath(path, namespaces=_NAMESPACES)))))


def resources(found: list[Link], forms: tuple[str, ...]) -> list[ResourceDraft]:
    """Return the files and services among links: every one but the page that people read."""
    page = landing_page(found)
    drafts: list[ResourceDraft] = []
    for link in found:
        if link.url and link.url == page:
            continue
        title = _title(link)
        draft = ResourceDraft(
            url=link.url, title=title, description="" if link.description == title else link.description,
            formats=link_format(link.protocol, link.name, link.url, link.formats or forms),
        )  # fmt: skip
        for label, value in (("protocol", link.protocol), ("name", link.name)):
            if value and value != title:
                draft.raw[label] = value
        if draft not in drafts:
            drafts.append(draft)
    return drafts


def landing_page(found: list[Link]) -> str:
    """Return the page about the data: the one that says so, else the catalogue's own record, else the first page."""
    told: list[str] = []
    records: list[str] = []
    pages: list[str] = []
    for link in found:
        if not link.url.startswith(("http://", "https://")) or vocabularies.file_type_of_name(link.url):
            continue
        about = f"{link.url} {link.name} {link.description}"
        if _RECORD_PAGE.search(link.url):
            records += [] if "getrecordbyid" in link.url.lower() else [link.url]
        elif link.function == "information":
            told.append(link.url)
        elif "LINK" in link.protocol.upper() and link.function != "download" and not _DATA_LINK.search(about):
            pages += [] if _SAID_IN_URL.search(link.url) else [link.url]
    return next(iter([*told, *records, *pages]), "")


def _said(link: etree._Element, name: str) -> str:
    return inner(link.find(f"gmd:{name}", _NAMESPACES))


def _function(link: etree._Element) -> str:
    code = link.find("gmd:function/gmd:CI_OnLineFunctionCode", _NAMESPACES)
    return (code.get("codeListValue") or "") if code is not None else ""


def _title(link: Link) -> str:
    if link.description and len(link.description) <= 100:
        return link.description
    return link.name or link.url.rstrip("/").rsplit("/", 1)[-1]


def link_format(protocol: str, name: str, url: str, formats: tuple[str, ...]) -> tuple[str, ...]:
    """Return what tells the format of a link: the protocol of a service, the file, else the record's only format."""
    if _RECORD_PAGE.search(url):
        return ()
    service = _SAID_IN_URL.search(url) or _SERVICE.search(protocol)
    if service and "DOWNLOAD" not in protocol.upper():
        return (service[1] or service[0],)
    by_name = vocabularies.file_type_of_name(url) or vocabularies.file_type_of_name(name)
    if by_name and not by_name.is_archive:
        return (by_name.code,)
    if len(formats) == 1 and (by_name or "DOWNLOAD" in protocol.upper()):
        return formats
    return (by_name.code,) if by_name else ()
