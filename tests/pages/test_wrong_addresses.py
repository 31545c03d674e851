"""A wrong address is answered by a page that says so, never by an error of the portal."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.usefixtures("portal", "with_plugins", "clean_index")


@pytest.mark.parametrize(
    ("address", "status"),
    [("/dataset/?page=-1", 400), ("/dataset/?q=title:(", 200), ("/dataset/nulle-part", 404)],
)
def test_wrong_address(see, address, status):
    assert see(address, status=status).h1.get_text(strip=True)


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
    ],
)
def test_a_wrong_address_of_the_catalogue_is_answered_by_a_sentence_in_french(see, minimal, address, status):
    text = see(address.format(dataset=minimal["name"]), status=status).get_text().strip()
    assert text.endswith(".")
    assert "\n" not in text
    assert {"est", "pas", "peut"} & set(text.split()), text


def test_a_wrong_page_of_the_catalogue_says_what_a_page_is(see):
    text = see("/catalog.ttl?page=-1", status=400).get_text()
    assert "« page »" in text.replace("\xa0", " ")
    assert "nombre entier" in text
