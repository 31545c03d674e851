"""Links of a geographic record: files, services and pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

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


def resources(element: etree._Element) -> list[ResourceDraft]:
    """Return the files and services of a record: every link but the page that people read."""
    page = landing_page(element)
    formats = _formats(element)
    found: list[ResourceDraft] = []
    for link in _links(element):
        url = _said(link, "linkage")
        if url and url == page:
            continue
        protocol, name = _said(link, "protocol"), _said(link, "name")
        draft = ResourceDraft(
            url=url, title=_title(_said(link, "description"), name, url), description=_said(link, "description"),
            formats=link_format(protocol, name, url, formats),
        )  # fmt: skip
        if draft.description == draft.title:
            draft.description = ""
        for label, value in (("protocol", protocol), ("name", name)):
            if value and value != draft.title:
                draft.raw[label] = value
        if draft not in found:
            found.append(draft)
    return found


def landing_page(element: etree._Element) -> str:
    """Return the first link that is a page about the data, the catalogue's own record last; ``""`` without one."""
    records = []
    for link in _links(element):
        url, function = _said(link, "linkage"), _function(link)
        if not url.startswith(("http://", "https://")) or vocabularies.file_type_of_name(url):
            continue
        if _RECORD_PAGE.search(url):
            records += [] if "getrecordbyid" in url.lower() else [url]
            continue
        page = "LINK" in _said(link, "protocol").upper() and function != "download"
        told = f"{url} {_said(link, 'name')} {_said(link, 'description')}"
        if function == "information" or (page and not _DATA_LINK.search(told) and not _SAID_IN_URL.search(url)):
            return url
    return next(iter(records), "")


def _links(element: etree._Element) -> list[etree._Element]:
    return element.xpath("./gmd:distributionInfo//gmd:onLine/gmd:CI_OnlineResource", namespaces=_NAMESPACES)  # pyright: ignore[reportReturnType]


def _said(link: etree._Element, name: str) -> str:
    return inner(link.find(f"gmd:{name}", _NAMESPACES))


def _function(link: etree._Element) -> str:
    code = link.find("gmd:function/gmd:CI_OnLineFunctionCode", _NAMESPACES)
    return (code.get("codeListValue") or "") if code is not None else ""


def _title(description: str, name: str, url: str) -> str:
    if description and len(description) <= 100:
        return description
    return name or url.rstrip("/").rsplit("/", 1)[-1]


def _formats(element: etree._Element) -> tuple[str, ...]:
    path = "./gmd:distributionInfo//gmd:MD_Format/gmd:name"
    return tuple(dict.fromkeys(filter(None, map(inner, element.xpath(path, namespaces=_NAMESPACES)))))


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
