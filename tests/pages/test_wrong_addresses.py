"""A wrong address is answered by a page that says so, never by an error of the portal."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.usefixtures("portal", "with_plugins", "clean_index")


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/catalog.foo", 404),
        ("/dataset/{dataset}.foo", 404),
        ("/catalog.ttl?q=title:(", 400),
        ("/catalog.ttl?fq=foo:(", 400),
        ("/catalog.ttl?page=-1", 400),
        ("/catalog.xml?page=deux", 400),
        ("/catalog.jsonld?modified_since=hier", 400),
        ("/catalog.ttl?profiles=foo", 400),
        ("/dataset/{dataset}.ttl?profiles=foo", 400),
        ("/dataset/?page=-1", 400),
        ("/dataset/?q=title:(", 200),
    ],
)
def test_wrong_address(see, minimal, address, status):
    page = see(address.format(dataset=minimal["name"]), status=status)
    assert page.h1.get_text(strip=True)


def test_a_wrong_page_of_the_catalogue_says_what_a_page_is(see):
    text = see("/catalog.ttl?page=-1", status=400).select_one("main").get_text(" ", strip=True)
    assert "est un nombre à partir de 1" in text
    assert "Page param" not in text
