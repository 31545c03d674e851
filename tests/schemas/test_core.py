"""Rows, addresses and texts, without a portal."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.ca3b.schemas import rows, slugs, texts


@pytest.fixture(autouse=True)
def no_dataset_left():
    """No portal here."""


class TestRows:
    def test_rows_are_read_in_the_order_of_their_numbers(self):
        data = {f"contact-{n}-name": str(n) for n in (10, 2, 0)}
        rows.fold(data, ["contact"])
        assert data == {"contact": [{"name": "0"}, {"name": "2"}, {"name": "10"}]}

    def test_what_is_posted_replaces_what_is_stored(self):
        data = {"contact": [{"name": "avant"}], "contact-posted": "1", "contact-0-name": "après"}
        rows.fold(data, ["contact"])
        assert data == {"contact": [{"name": "après"}]}

    def test_removing_the_last_row_leaves_none(self):
        data = {
            "contact": [{"name": "avant"}],
            "contact-posted": "1",
            "contact-0-name": "avant",
            "contact-0-remove": "1",
        }
        rows.fold(data, ["contact"])
        assert data == {"contact": []}

    def test_rows_left_empty_are_no_rows(self):
        data = {
            "contact-posted": "1",
            "contact-0-name": " ",
            "contact-0-email": "",
            "contact-1-name": "Eau",
            "contact-1-url": "",
        }
        rows.fold(data, ["contact"])
        assert data == {"contact": [{"name": "Eau"}]}

    def test_data_without_posted_rows_is_left_alone(self):
        data = {"contact": [{"name": "avant"}], "contact-less": "x", "autre-0-nom": "y"}
        rows.fold(data, ["contact"])
        assert data == {"contact": [{"name": "avant"}], "contact-less": "x", "autre-0-nom": "y"}


class TestAddresses:
    @pytest.mark.parametrize(
        ("title", "slug"),
        [
            ("L'eau potable à Ceyzériat", "eau-potable-ceyzeriat"),
            ("Œuvres d'art", "oeuvres-art"),
            ("de la", "de-la"),
            ("!", "donnees"),
            ("7", "donnees-7"),
            ("Données " * 40, "-".join(["donnees"] * 10)),
        ],
    )
    def test_an_address_is_made_of_the_words_that_count(self, title, slug):
        assert slugs.slugify(title) == slug

    @given(st.text())
    def test_any_title_gives_an_address_that_ckan_accepts(self, title):
        slug = slugs.slugify(title)
        assert 2 <= len(slug) <= 100
        assert all(char.isascii() and (char.isalnum() or char == "-") for char in slug)

    def test_a_taken_address_gets_a_number(self):
        taken = {"eau", "eau-2"}
        assert slugs.free_slug("L'eau", taken.__contains__) == "eau-3"


class TestTexts:
    def test_french_dates(self):
        assert texts.iso_date("1/9/2024") == "2024-09-01"
        assert texts.iso_date("2024-09-01") == "2024-09-01"
        with pytest.raises(ValueError, match="day"):
            texts.iso_date("31/02/2024")

    @pytest.mark.parametrize(
        ("text", "first", "last"),
        [
            ("2024", dt.date(2024, 1, 1), dt.date(2024, 12, 31)),
            ("2024-02", dt.date(2024, 2, 1), dt.date(2024, 2, 29)),
            ("2024-12", dt.date(2024, 12, 1), dt.date(2024, 12, 31)),
            ("2024-02-03", dt.date(2024, 2, 3), dt.date(2024, 2, 3)),
            ("03/02/2024", dt.date(2024, 2, 3), dt.date(2024, 2, 3)),
            ("hier", None, None),
        ],
    )
    def test_what_a_date_covers(self, text, first, last):
        assert (texts.first_day(text), texts.last_day(text)) == (first, last)

    def test_keywords(self):
        assert texts.keywords(" fil  d'eau,,Eau, EAU ,\x00A&B\u200b") == ["fil d'eau", "Eau", "A&B"]
        assert len(texts.keyword("x" * 150)) == 100

    @pytest.mark.parametrize(
        ("text", "right"),
        [("200071751", True), ("210104519", True), ("200071752", False), ("20007175", False), ("²00071751", False)],
    )
    def test_the_key_of_a_siren(self, text, right):
        assert texts.is_siren(text) is right

    @pytest.mark.parametrize(
        ("text", "right"),
        [("01053", True), ("2A004", True), ("97411", True), ("1053", False), ("00001", False)],
    )
    def test_the_shape_of_an_insee_code(self, text, right):
        assert texts.is_insee_code(text) is right

    @given(st.text())
    def test_web_addresses_never_raise(self, text):
        assert texts.is_web_address(text) in {True, False}
