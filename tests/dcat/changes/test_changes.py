"""What a program that follows the catalogue reads."""

from __future__ import annotations

import pytest
from ckan.tests.helpers import call_action
from feedgen.feed import FeedGenerator
from lxml import etree

from ckanext.ca3b.dcat.changes import reading
from tests.dcat.outside import CLEAR, HELD, TITLE, acting, assert_kept_well, path

ATOM = "{http://www.w3.org/2005/Atom}"
GONE = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"


@pytest.fixture
def read(ask):
    """Ask for a document and parse it."""
    return lambda url="/feeds/catalogue.atom": etree.fromstring(ask(url).data)


def titles(feed):
    return [one.findtext(ATOM + "title") for one in feed.iter(ATOM + "entry")]


def test_what_changed_last_comes_first(publish, read, patch):
    first, _ = publish((CLEAR, "a.csv"), title="Écoles"), publish((CLEAR, "a.csv"), title="Crèches")
    assert titles(read()) == ["Crèches", "Écoles"]
    patch(first, notes="Autre chose.")
    assert titles(read()) == ["Écoles", "Crèches"]


def test_an_entry_says_who_what_and_where(publish, read, ask):
    dataset = publish((CLEAR, "a.csv"), theme=["TRAN"], notes="Des **places**\x0b.\n\nEt <b>plus</b>.")
    feed = read()
    (entry,) = feed.iter(ATOM + "entry")
    assert entry.findtext(ATOM + "title") == TITLE
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Viriat"
    assert entry.findtext(ATOM + "content") == "Des places. Et plus."
    assert entry.findtext(ATOM + "id").endswith(f"/dataset/{dataset['id']}")
    links = {link.get("type"): path(link.get("href")) for link in entry.iter(ATOM + "link")}
    assert links.keys() == {"text/html", "text/turtle"}
    for media_type, address in links.items():
        assert ask(address).mimetype == media_type
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "fr"


@pytest.mark.parametrize("how", ["private", "deleted"])
def test_what_left_is_told_without_its_title(publish, read, ask, patch, clerk, how):
    dataset = publish((CLEAR, "a.csv"), title="Bénéficiaires de l’aide")
    ask(f"/dataset/{dataset['id']}.ttl")
    if how == "private":
        patch(dataset, private=True)
    else:
        call_action("package_delete", context=acting(clerk), id=dataset["id"])
    feed = read()
    assert titles(feed) == []
    (gone,) = feed.iter(GONE)
    assert gone.get("ref").endswith(f"/dataset/{dataset['id']}")
    assert gone.get("when").endswith("+00:00")
    rss = ask("/feeds/catalogue.rss").get_data(as_text=True)
    assert dataset["id"] in rss
    assert "Bénéficiaires" not in rss + etree.tostring(feed, encoding="unicode")


def test_what_comes_back_is_there_again_and_no_longer_gone(publish, read, ask, patch):
    dataset = publish((CLEAR, "a.csv"))
    ask(f"/dataset/{dataset['id']}.ttl")
    patch(dataset, private=True)
    read()
    patch(dataset, private=False)
    ask(f"/dataset/{dataset['id']}.ttl")
    feed = read()
    assert (titles(feed), list(feed.iter(GONE))) == ([TITLE], [])


def test_what_was_never_out_is_not_told_to_have_left(publish, read, patch):
    publish((HELD, "cantine-eleves.csv"), title="Cantine")
    dataset = publish((CLEAR, "a.csv"))
    patch(dataset, private=True)
    feed = read()
    assert (titles(feed), list(feed.iter(GONE))) == ([], [])


def test_a_producer_has_its_own(publish, read, ask):
    publish((CLEAR, "a.csv"))
    assert titles(read("/organization/viriat/catalogue.atom")) == [TITLE]
    assert titles(read("/organization/attignat/catalogue.atom")) == []
    ask("/organization/nulle-part/catalogue.atom", 404)


def test_rss_says_the_same(publish, read):
    publish((CLEAR, "a.csv"))
    channel = read("/feeds/catalogue.rss").find("channel")
    (item,) = channel.iter("item")
    assert item.findtext("title") == TITLE
    assert item.findtext("pubDate")
    assert item.findtext("link").rsplit("/", 1)[1].startswith("parkings")
    assert channel.findtext("language") == "fr"
    assert channel.findtext("link").endswith("/dataset/")


def test_older_changes_follow_by_links_without_loss(publish, read, monkeypatch):
    monkeypatch.setattr(reading, "SIZE", 2)
    for number in range(5):
        publish((CLEAR, "a.csv"), title=f"Jeu {number}")
    url, seen = "/feeds/catalogue.atom", []
    while url:
        feed = read(url)
        seen += titles(feed)
        following = feed.find(f"{ATOM}link[@rel='next']")
        url = path(following.get("href")) if following is not None else None
    assert seen == [f"Jeu {number}" for number in (4, 3, 2, 1, 0)]


def test_feedgen_still_loses_the_type_of_the_links_of_entries():
    """To be removed with ``documents._Links`` when it no longer does."""
    feed = FeedGenerator()
    feed.id("x")
    feed.title("x")
    entry = feed.add_entry()
    entry.id("x")
    entry.title("x")
    entry.link(href="http://exemple.fr/x", rel="alternate", type="text/turtle")
    assert b"text/turtle" not in feed.atom_str()


@pytest.mark.parametrize("page", ["-1", "0", "x", "²", "1e3", "9" * 30])
def test_a_page_that_is_no_number_is_refused_by_a_sentence(portal, ask, page):
    assert "page" in ask(f"/feeds/catalogue.atom?page={page}", 400).get_data(as_text=True)


def test_a_page_far_away_is_empty(portal, read):
    assert titles(read("/feeds/catalogue.atom?page=999999")) == []


def test_they_are_kept_well(publish, ask):
    publish((CLEAR, "a.csv"))
    assert_kept_well(ask, "/feeds/catalogue.atom")
    assert_kept_well(ask, "/organization/viriat/catalogue.rss")
