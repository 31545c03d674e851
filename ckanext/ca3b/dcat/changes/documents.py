"""A page of changes as Atom (RFC 4287, with the tombstones of RFC 6721) or RSS 2.0."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
from attrs import frozen
from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

from ckanext.ca3b import labels
from ckanext.ca3b.dcat import texts
from ckanext.dcat.utils import dataset_uri

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ckanext.ca3b.dcat.feeds.store import Departed

    from .reading import Change, Page

TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
_SUMMARY = 1000


@frozen
class About:
    """The document itself: its addresses (``page`` is for people) and its title."""

    address: str
    page: str
    title: str
    first: str
    following: str | None


class _Tombstones(BaseExtension):
    """What left the catalogue: its address and the moment, nothing of what it said."""

    departed: Sequence[Departed] = ()

    def extend_ns(self) -> dict[str, str]:
        return {"at": TOMBSTONES}

    def extend_atom(self, feed: Any) -> Any:
        for one in self.departed:
            gone = etree.SubElement(feed, f"{{{TOMBSTONES}}}deleted-entry")
            gone.set("ref", one.uri or dataset_uri({"id": one.dataset_id}))
            gone.set("when", one.at.astimezone(dt.UTC).isoformat(timespec="seconds"))
        return feed


class _Links(BaseEntryExtension):
    """The links of an entry, with the types that feedgen loses."""

    given: Sequence[tuple[str, str]] = ()

    def extend_atom(self, feed: Any) -> Any:
        for href, media_type in self.given:
            link = etree.SubElement(feed, "{http://www.w3.org/2005/Atom}link")
            for name, value in (("href", href), ("rel", "alternate"), ("type", media_type)):
                link.set(name, value)
        return feed


def atom(page: Page, datasets: Mapping[str, dict[str, Any]], about: About) -> bytes:
    """Return the page as Atom."""
    feed = _feed(page, about)
    for change in page.changes:
        if (dataset := datasets.get(change.selected.id)) is not None:
            entry = _entry(change, dataset)
            entry.content(_words(dataset) or entry.title())
            entry.register_extension("links", _Links, atom=True, rss=False)
            turtle = dataset_uri({"id": change.selected.id}) + ".ttl"
            entry.links.given = ((_page(dataset), "text/html"), (turtle, "text/turtle"))  # pyright: ignore[reportAttributeAccessIssue]
            feed.add_entry(entry, order="append")
    feed.register_extension("tombstones", _Tombstones, None, atom=True, rss=False)
    feed.tombstones.departed = page.departed  # pyright: ignore[reportAttributeAccessIssue] - named by the line above
    return feed.atom_str(pretty=True)


def rss(page: Page, datasets: Mapping[str, dict[str, Any]], about: About) -> bytes:
    """Return the page as RSS. It has no word for what left: an item tells it, with the address only."""
    feed = _feed(page, about)
    entries = [(one.at, _gone(one)) for one in page.departed]
    for change in page.changes:
        if (dataset := datasets.get(change.selected.id)) is not None:
            entry = _entry(change, dataset)
            entry.link(href=_page(dataset))
            entry.description(_words(dataset))
            entries.append((change.at, entry))
    for _, entry in sorted(entries, key=lambda pair: pair[0], reverse=True):
        feed.add_entry(entry, order="append")
    return feed.rss_str(pretty=True)


def _feed(page: Page, about: About) -> FeedGenerator:
    feed = FeedGenerator()
    feed.id(about.first)
    feed.title(texts.line(about.title))
    feed.subtitle(tk._("Datasets that are published, changed or withdrawn, the last first."))
    feed.author({"name": texts.line(tk.config["ckan.site_title"])})
    feed.language("fr")
    feed.updated(page.at or dt.datetime(1970, 1, 1, tzinfo=dt.UTC))
    # The last one is what RSS calls the link of the channel.
    links = [("self", about.address), ("first", about.first), ("next", about.following), ("alternate", about.page)]
    for rel, href in links:
        if href:
            feed.link(href=href, rel=rel)
    return feed


def _entry(change: Change, dataset: Mapping[str, Any]) -> FeedEntry:
    uri = dataset_uri({"id": change.selected.id})
    entry = FeedEntry()
    entry.id(uri)
    entry.guid(uri, permalink=False)
    entry.title(texts.line(dataset.get("title")) or dataset["name"])
    entry.updated(change.at)
    entry.published(change.selected.created.replace(tzinfo=dt.UTC))
    organization = dataset.get("organization") or {}
    if name := texts.line(organization.get("title") or organization.get("name")):
        entry.author({"name": name})
    entry.pubDate(change.at)
    for theme in dataset.get("theme") or []:
        if words := labels.label("themes", theme):
            entry.category({"term": theme, "label": words})
    return entry


def _page(dataset: Mapping[str, Any]) -> str:
    kind = dataset.get("type") or "dataset"
    return tk.url_for(f"{kind}.read", id=dataset["name"], _external=True, locale="default")


def _words(dataset: Mapping[str, Any]) -> str:
    return texts.plain(dataset.get("notes"), _SUMMARY)


def _gone(departed: Departed) -> FeedEntry:
    uri = departed.uri or dataset_uri({"id": departed.dataset_id})
    entry = FeedEntry()
    # Another one than that of the dataset, which may come back.
    entry.id(f"{uri}#{departed.at.timestamp():.0f}")
    entry.guid(f"{uri}#{departed.at.timestamp():.0f}", permalink=False)
    entry.title(tk._("A dataset was withdrawn"))
    entry.description(tk._("The dataset {address} is not published any more.").format(address=uri))
    entry.pubDate(departed.at)
    entry.updated(departed.at)
    return entry
