"""In a browser: the operator reads the dashboard on a phone, a clerk finds what to do and the address to paste."""

from __future__ import annotations

import pytest

from . import looks
from .conftest import PHONE


@pytest.fixture
def small(portal):
    """The commune of the demonstration's clerk."""
    return next(iter(portal.people["agent"]["organisations"]))


def test_the_operator_finds_a_commune_among_all_on_a_phone(page, portal, sign_in, watch, shot):
    page.set_viewport_size(PHONE)
    sign_in(page, "exploitant")
    page.get_by_role("link", name="Obligations", exact=True).click()
    rows = page.locator("tbody tr")
    assert rows.count() == len(portal.territory.communes) + 1
    looks.check(page, PHONE["width"])
    shot(page, "obligations-telephone")
    name = portal.territory.by_name[-1].name
    page.get_by_label("Filtrer par nom").fill(name)
    assert [row for row in rows.all_inner_texts() if name in row]
    assert page.locator("tbody tr:visible").count() < 5
    page.get_by_role("link", name=name, exact=True).click()
    assert name in page.get_by_role("heading", level=1).inner_text()
    looks.check(page, PHONE["width"])


def test_the_operator_keeps_the_communes_of_one_case(page, portal, sign_in, watch, shot):
    sign_in(page, "exploitant")
    page.goto("/obligations")
    page.get_by_label("Obligation", exact=True).select_option("bal")
    page.get_by_label("Où cela en est").select_option("missing")
    page.get_by_role("button", name="Filtrer").click()
    assert page.locator("tbody tr").count() <= len(portal.territory.communes)
    assert set(page.locator("tbody td .ca3b-state").all_inner_texts()) == {"Pas trouvé ici"}
    looks.check(page)
    shot(page, "obligations")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    assert download.value.suggested_filename == "obligations.csv"


def test_a_clerk_is_led_from_the_desk_to_the_assistant_with_the_schema(page, portal, sign_in, watch, shot, small):
    sign_in(page, "agent")
    page.goto("/bureau")
    page.get_by_role("link", name="Ce que la loi demande de publier").click()
    assert page.url.endswith(f"/obligations/{small}")
    looks.check(page)
    shot(page, "obligations-commune")
    page.locator("#budget").get_by_role("link", name="Publier").click()
    assert "Budget" in page.locator("#file").inner_text()
    looks.check(page)


def test_the_texts_of_law_open_by_keyboard(page, portal, sign_in, watch, small):
    sign_in(page, "agent")
    page.goto(f"/obligations/{small}")
    summary = page.locator("#bal summary")
    summary.focus()
    page.keyboard.press("Enter")
    page.locator("#bal details a").first.wait_for(state="visible")
    assert page.locator("#bal details a").first.get_attribute("href").startswith("https://www.legifrance.gouv.fr/")


def test_the_address_for_data_gouv_is_copied_by_keyboard_and_answers(
    page, context, portal, sign_in, watch, shot, small
):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    sign_in(page, "agent")
    page.goto(f"/catalogue/declarer/{small}")
    looks.check(page)
    shot(page, "declarer")
    button = page.get_by_role("button", name="Copier l'adresse du catalogue")
    button.focus()
    page.keyboard.press("Enter")
    page.get_by_text("Copié", exact=True).wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{portal.url}/organization/{small}/catalog.ttl"
    assert context.request.get(copied).ok
    page.set_viewport_size(PHONE)
    looks.check(page, PHONE["width"])


def test_a_visitor_is_asked_to_sign_in(page, portal, watch):
    for url in ("/obligations", "/catalogue/declarer"):
        page.goto(url)
        assert "/user/login" in page.url
