"""The assistant, in a real browser: from a dropped file to a public page, whatever the file and whoever leaves."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect
from playwright.sync_api import TimeoutError as TooLongError

from ckanext.ca3b.tables import schemas

from .conftest import PHONE
from .looks import check

CLICKS = 8
SECONDS = 120
#: Choosing in the dialogue of the system: the file, then « Ouvrir ».
DIALOGUE = 2

SCHEMA = schemas.load("scdl-deliberations")


@dataclass
class Hand:
    """What a clerk does with the mouse, counted."""

    page: Page
    clicks: int = 0
    started: float = field(default_factory=time.monotonic)

    def click(self, target: Locator) -> None:
        target.click()
        self.clicks += 1

    def choose(self, file: Path) -> None:
        # The zone is a button once its script ran; a browser too busy forgets that somebody clicked, who clicks again.
        zone = self.page.locator(".ca3b-drop.live .ca3b-drop-zone:visible")
        for patience in (10_000, 30_000):
            try:
                with self.page.expect_file_chooser(timeout=patience) as chooser:
                    zone.click()
            except TooLongError:
                continue
            chooser.value.set_files(file)
            break
        else:
            pytest.fail("no window to choose a file came")
        self.clicks += 1 + DIALOGUE

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.started


def deliberations(rows: int = 12, **changes: dict[int, str]) -> bytes:
    """Délibérations as business software exports them: cp1252, semicolons, CRLF; ``changes`` by row from 1."""
    model = SCHEMA.samples["valid"][0]
    lines = [";".join(SCHEMA.field_names)]
    for number in range(1, rows + 1):
        row = {**model, "DELIB_ID": f"DC-2026-{number:03}", "DELIB_OBJET": f"Réfection de l’école n° {number}"}
        row |= {column: cells[number] for column, cells in changes.items() if number in cells}
        lines.append(";".join(row.get(name) or "" for name in SCHEMA.field_names))
    return ("\r\n".join(lines) + "\r\n").encode("cp1252")


@pytest.fixture
def put(tmp_path):
    """Write a file where a clerk finds it."""

    def write(name: str, content: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


@pytest.fixture
def producer(portal) -> str:
    """The name of the clerk's commune."""
    (slug,) = portal.people["agent"]["organisations"]
    return next(one.name for one in portal.territory.epci.members if one.slug == slug)


@pytest.fixture(autouse=True)
def _nothing_left(portal):
    """Take away what a test published, so that titles and addresses start anew."""
    yield
    api = portal.api("exploitant")
    for state in ("active", "draft"):
        found = api.action.package_search(
            fq=f'title:"Délibérations" +state:{state}', include_drafts=True, include_private=True, rows=100
        )
        for one in found["results"]:
            api.action.dataset_purge(id=one["id"])


def main_action(page: Page) -> Locator:
    return page.get_by_role("button", name="Publier", exact=True)


def until_there(page: Page, address: str, text: str, seconds: int = 60) -> None:
    """Load a page until it shows a text: the table arrives a moment after the publication."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        page.goto(address)
        page.wait_for_load_state("networkidle")
        if page.get_by_text(text).count() or any(frame.get_by_text(text).count() for frame in page.frames[1:]):
            return
        time.sleep(2)
    raise AssertionError(f"« {text} » is not on {address}")


@pytest.mark.parametrize("start", ["/", "/publier"])
def test_a_clerk_publishes_deliberations_in_two_minutes_and_eight_clicks(
    page, visitor, producer, sign_in, watch, shot, put, start
):
    sign_in(page, "agent")
    page.goto(start)
    hand = Hand(page)
    if start == "/":
        hand.click(page.get_by_role("banner").get_by_role("link", name="Publier"))
    check(page)
    hand.choose(put("SCDL_délibérations_2026.csv", deliberations()))
    expect(main_action(page)).to_be_visible(timeout=30_000)
    check(page)
    shot(page, "publier-pret")

    # What we read, what it is, and what will be said of it.
    expect(page.get_by_role("region", name="Premières lignes du fichier")).to_contain_text("Réfection de l’école n° 1")
    expect(page.locator("#schema")).to_contain_text(SCHEMA.title)
    expect(page.get_by_label("Titre")).to_have_value(f"Délibérations – {producer}")
    expect(page.get_by_label("Description")).to_have_value(SCHEMA.description)
    expect(page.get_by_label("Mots-clés")).to_have_value(", ".join(SCHEMA.keywords))

    hand.click(main_action(page))
    page.wait_for_url("**/dataset/**")
    seconds = hand.seconds
    shot(page, "publier-publie")
    assert hand.clicks <= CLICKS
    assert seconds < SECONDS

    assert "/dataset/deliberations-" in page.url
    visitor.goto(page.url)
    expect(visitor.get_by_role("heading", level=1)).to_contain_text(f"Délibérations – {producer}")
    with visitor.expect_download() as download:
        visitor.get_by_role("link", name="Télécharger").first.click()
    assert Path(download.value.path()).read_bytes() == deliberations()
    until_there(visitor, page.url, "Réfection de l’école n° 3")


def test_a_file_with_three_errors_is_corrected_then_published(page, portal, sign_in, watch, shot, put):
    wrong = {"COLL_SIRET": {4: "20007175100016  "}, "COLL_NOM": {7: ""}, "DELIB_MATIERE_CODE": {9: "?"}}
    sign_in(page, "agent")
    page.goto("/publier")
    hand = Hand(page)
    hand.choose(put("délibérations.csv", deliberations(**wrong)))
    expect(page.locator("#schema")).to_contain_text("COLL_SIRET", timeout=30_000)
    expect(page.locator("#schema")).to_contain_text("COLL_NOM")
    expect(page.locator("#schema")).to_contain_text("DELIB_MATIERE_CODE")
    check(page)
    shot(page, "publier-trois-erreurs")

    # What loses nothing is corrected in one click, and only that.
    hand.click(page.get_by_role("button", name="Corriger"))
    page.wait_for_load_state("networkidle")
    expect(page.locator("#schema")).not_to_contain_text("COLL_SIRET")
    expect(page.locator("#schema")).to_contain_text("COLL_NOM")
    expect(page.get_by_role("button", name="Publier quand même")).to_be_visible()
    shot(page, "publier-une-correction")

    # The rest is for the clerk, in the same place.
    page.get_by_text("Mettre un autre fichier à sa place").click()
    hand.choose(put("délibérations corrigées.csv", deliberations()))
    expect(main_action(page)).to_be_visible(timeout=30_000)
    hand.click(main_action(page))
    page.wait_for_url("**/dataset/**")
    name = page.url.rstrip("/").rsplit("/", 1)[-1].split("?")[0]
    (resource,) = portal.api().action.package_show(id=name)["resources"]
    assert any("deliberations" in address for address in resource["conforms_to"])


def test_an_invalid_file_may_be_published_but_claims_nothing(page, portal, sign_in, put):
    sign_in(page, "agent")
    page.goto("/publier")
    Hand(page).choose(put("délibérations.csv", deliberations(COLL_NOM={2: ""})))
    page.get_by_role("button", name="Publier quand même").click(timeout=30_000)
    page.wait_for_url("**/dataset/**")
    name = page.url.rstrip("/").rsplit("/", 1)[-1].split("?")[0]
    (resource,) = portal.api().action.package_show(id=name)["resources"]
    assert not resource.get("conforms_to")


def test_an_unreadable_file_says_what_to_do_and_cannot_be_published(page, sign_in, shot, put):
    sign_in(page, "agent")
    page.goto("/publier")
    png = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(200)
    Hand(page).choose(put("délibérations.csv", png))
    refusal = page.locator("#reading .ca3b-refusal")
    expect(refusal).to_be_visible(timeout=30_000)
    expect(refusal).to_contain_text("n'avons pas pu lire ce tableau")
    assert len(refusal.inner_text()) > 100, "it says what is wrong, not only that something is"
    check(page)
    shot(page, "publier-illisible")
    expect(main_action(page)).to_have_count(0)

    # The right file takes its place, on the same page.
    Hand(page).choose(put("délibérations.csv", deliberations()))
    expect(main_action(page)).to_be_visible(timeout=30_000)


def test_what_is_written_is_there_tomorrow(page, browser, portal, sign_in, put):
    sign_in(page, "agent")
    page.goto("/publier")
    Hand(page).choose(put("délibérations.csv", deliberations()))
    expect(main_action(page)).to_be_visible(timeout=30_000)
    page.get_by_label("Titre").fill("Délibérations du conseil, premier semestre")
    page.get_by_label("Description").fill("Relues par le secrétariat.")
    page.get_by_label("Description").blur()
    expect(page.get_by_text("Brouillon enregistré.")).to_be_visible()
    page.context.close()

    with browser.new_context(base_url=portal.url, locale="fr-FR") as context:
        tomorrow = context.new_page()
        sign_in(tomorrow, "agent")
        tomorrow.goto("/bureau")
        tomorrow.get_by_role("link", name="Délibérations du conseil, premier semestre").first.click()
        expect(tomorrow.get_by_label("Titre")).to_have_value("Délibérations du conseil, premier semestre")
        expect(tomorrow.get_by_label("Description")).to_have_value("Relues par le secrétariat.")
        main_action(tomorrow).click()
        tomorrow.wait_for_url("**/dataset/deliberations-conseil-premier-semestre*")


def test_what_is_written_while_the_page_still_loads_is_kept(page, sign_in, put):
    sign_in(page, "agent")
    page.goto("/publier")
    Hand(page).choose(put("délibérations.csv", deliberations()))
    expect(main_action(page)).to_be_visible(timeout=30_000)
    scripts: list[Route] = []
    page.route("**/*.js*", lambda route: scripts.append(route))  # noqa: PLW0108 - playwright wants a function
    page.goto(page.url, wait_until="commit")
    page.get_by_label("Titre").fill("Délibérations écrites trop tôt")
    assert scripts
    page.unroute("**/*.js*")  # lets through those that were held
    expect(page.get_by_text("Brouillon enregistré.")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Titre")).to_have_value("Délibérations écrites trop tôt")


def test_the_keyboard_alone_is_enough(page, sign_in, put):
    sign_in(page, "agent")
    page.goto("/publier")
    control = page.locator("#field-upload")
    for _ in range(40):
        page.keyboard.press("Tab")
        if control.evaluate("element => element === document.activeElement"):
            break
    expect(control).to_be_focused()
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Space")
    chooser.value.set_files(put("délibérations.csv", deliberations()))
    expect(main_action(page)).to_be_visible(timeout=30_000)
    main_action(page).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/dataset/**")


def test_a_dropped_file_is_read(page, sign_in):
    sign_in(page, "agent")
    page.goto("/publier")
    content = list(deliberations())
    data = page.evaluate_handle(
        "(bytes) => { const data = new DataTransfer();"
        " data.items.add(new File([new Uint8Array(bytes)], 'délibérations.csv')); return data; }",
        content,
    )
    page.locator(".ca3b-drop-zone").dispatch_event("drop", {"dataTransfer": data})
    expect(main_action(page)).to_be_visible(timeout=30_000)


def test_without_script_the_same_steps_are_ordinary_forms(browser, portal, put):
    with browser.new_context(base_url=portal.url, locale="fr-FR", java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/user/login")
        page.locator("input[name=login]").fill("agent")
        page.locator("input[name=password]").fill(portal.people["agent"]["password"])
        page.locator("form:has(input[name=password]) button[type=submit]").click()
        page.goto("/publier")
        page.locator("#field-upload").set_input_files(put("délibérations.csv", deliberations()))
        page.get_by_role("button", name="Envoyer ce fichier").click()
        page.get_by_role("button", name="Publier", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Délibérations")


def test_on_a_phone_nothing_is_wider_than_the_screen(page, sign_in, shot, put):
    page.set_viewport_size(PHONE)
    sign_in(page, "agent")
    page.goto("/publier")
    assert page.evaluate("document.scrollingElement.scrollWidth") <= PHONE["width"]
    shot(page, "publier-telephone-depart")
    Hand(page).choose(put("délibérations.csv", deliberations(COLL_NOM={2: ""})))
    expect(page.get_by_role("button", name="Publier quand même")).to_be_visible(timeout=30_000)
    shot(page, "publier-telephone")
    assert page.evaluate("document.scrollingElement.scrollWidth") <= PHONE["width"]
    check(page)


def test_a_replaced_file_keeps_its_address_and_its_identifier(page, portal, sign_in, shot, put):
    sign_in(page, "agent")
    page.goto("/publier")
    Hand(page).choose(put("délibérations.csv", deliberations()))
    main_action(page).click(timeout=30_000)
    page.wait_for_url("**/dataset/**")
    name = page.url.rstrip("/").rsplit("/", 1)[-1].split("?")[0]
    (before,) = portal.api().action.package_show(id=name)["resources"]

    page.goto(f"/publier/{name}/fichier/{before['id']}")
    check(page)
    Hand(page).choose(put("délibérations 2027.csv", deliberations(rows=20)))
    expect(page.locator("#reading")).to_contain_text("20 lignes", timeout=30_000)
    shot(page, "publier-remplace")
    (after,) = portal.api().action.package_show(id=name)["resources"]
    assert after["id"] == before["id"]
    assert page.request.get(f"/fichiers/{before['id']}").body() == deliberations(rows=20)

    # A table that cannot be read takes nobody's place.
    Hand(page).choose(put("délibérations 2028.csv", b"\x89PNG\r\n\x1a\n" + bytes(300)))
    expect(page.locator(".ca3b-progress-words.wrong")).not_to_be_empty(timeout=30_000)
    assert page.request.get(f"/fichiers/{before['id']}").body() == deliberations(rows=20)
