"""The look: named after the territory, served from here, usable without script and by everyone."""

from __future__ import annotations

import re

import pytest

pytestmark = pytest.mark.usefixtures("portal", "with_plugins")
PAGES = ["/", "/dataset/", "/about", "/user/login", "/nulle-part"]


def test_the_title_is_the_agglomerations(see):
    assert re.match(r"Données ouvertes – \S", see("/").title.get_text())


@pytest.mark.ckan_config("ckan.site_title", "Le portail de chez nous")
def test_the_operators_title_stays(see):
    assert see("/").title.get_text() == "Le portail de chez nous"


@pytest.mark.parametrize("url", PAGES)
def test_landmarks_heading_and_language(see, url):
    page = see(url, status=404 if url == "/nulle-part" else 200)
    assert page.html["lang"] == "fr"
    assert len(page.select("main#content")) == 1
    assert len(page.select("h1")) == 1
    assert page.select_one("a.ca3b-skip")["href"] == "#content"
    assert page.select_one("header")
    assert page.select_one("footer")


@pytest.mark.parametrize("url", PAGES)
def test_nothing_is_asked_of_another_site_and_no_handler_is_inline(see, url):
    page = see(url, status=404 if url == "/nulle-part" else 200)
    asked = [
        t.get("src") or t.get("href") for t in page.select("script[src], img[src], iframe[src], link[rel=stylesheet]")
    ]
    assert [
        address for address in asked if address.startswith(("http:", "https:", "//")) and "test.ckan.net" not in address
    ] == []
    assert [t for t in page.find_all(True) if any(name.startswith("on") for name in t.attrs)] == []
    assert [t for t in page.select("script:not([src])") if t.get("type") != "application/ld+json"] == []


@pytest.mark.parametrize("url", PAGES)
def test_every_field_has_a_label(see, url):
    page = see(url, status=404 if url == "/nulle-part" else 200)
    fields = page.select("input:not([type=hidden]):not([type=submit]), select, textarea")
    labels = {label.get("for") for label in page.select("label")}
    assert [str(f) for f in fields if f.get("id") not in labels and not f.get("aria-label")] == []


def test_the_fonts_of_the_style_sheet_are_in_the_package():
    from importlib import resources  # noqa: PLC0415

    package = resources.files("ckanext.ca3b")
    css = package.joinpath("assets/theme/theme.css").read_text("utf-8")
    addresses = re.findall(r'url\("\.\./\.\./([^"]+)"\)', css)
    assert addresses
    assert all(package.joinpath("public", address).is_file() for address in addresses)
