"""Every main page: accessible, in French, quiet in the console, on a desktop and on a phone."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page

from .conftest import DESKTOP, PHONE
from .harvested import harvested
from .looks import faults
from .pages import main_pages
from .untranslated import COLLECT_STRINGS, untranslated_strings


@pytest.fixture(scope="module")
def catalogue(portal):
    with harvested(portal) as found:
        yield found


@pytest.fixture
def pages(portal, catalogue):
    return main_pages(portal, catalogue)


def _visit(page: Page, one, sign_in, signed_in: list[str]) -> None:
    if one.who and one.who not in signed_in:
        page.context.clear_cookies()
        sign_in(page, one.who)
        signed_in[:] = [one.who]
    page.goto(one.path)
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_no_serious_accessibility_violation(page: Page, pages, watch, sign_in, shot, size):
    page.set_viewport_size(size)
    violations, signed_in = {}, []
    for one in pages:
        _visit(page, one, sign_in, signed_in)
        shot(page, f"{one.name}-{size['width']}")
        if serious := faults(page):
            violations[one.path] = serious
    watch.errors[:] = [error for error in watch.errors if "404 (NOT FOUND)" not in error]
    assert violations == {}, json.dumps(violations, indent=1, ensure_ascii=False)


def test_no_page_is_wider_than_a_phone(page: Page, pages, sign_in):
    page.set_viewport_size(PHONE)
    too_wide, signed_in = {}, []
    for one in pages:
        _visit(page, one, sign_in, signed_in)
        width = page.evaluate("document.scrollingElement.scrollWidth")
        if width > PHONE["width"]:
            too_wide[one.path] = width
    assert too_wide == {}


def test_every_visible_string_is_french(page: Page, pages, sign_in):
    english, signed_in = {}, []
    for one in pages:
        _visit(page, one, sign_in, signed_in)
        found = untranslated_strings(page.evaluate(COLLECT_STRINGS))
        if found:
            english[one.path] = found
    assert english == {}, json.dumps(english, indent=1, ensure_ascii=False)


def test_every_page_has_one_title_one_heading_and_landmarks(page: Page, pages, sign_in):
    faults, titles, signed_in = {}, {}, []
    for one in pages:
        _visit(page, one, sign_in, signed_in)
        counts = {
            "html[lang=fr]": page.locator("html[lang=fr]").count(),
            "h1": page.locator("h1:visible").count(),
            "main": page.locator("main, [role=main]").count(),
        }
        wrong = {name: count for name, count in counts.items() if count != 1}
        if wrong:
            faults[one.path] = wrong
        titles.setdefault(page.title(), []).append(one.path)
    assert faults == {}
    # Two addresses of the same search may share a title; two different pages may not.
    shared = {title: paths for title, paths in titles.items() if len({path.split("?")[0] for path in paths}) > 1}
    assert shared == {}
