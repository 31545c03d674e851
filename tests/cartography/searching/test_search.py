"""Datasets are searched by the ground they cover, without a script; the script finds the same extents in the page."""

from __future__ import annotations

import html
import json

import pytest

PAGE = "/cartes/recherche"
VIRIAT, ATTIGNAT = "01451", "01024"
#: Small boxes well inside each commune: west, south, east, north.
INSIDE = {VIRIAT: (5.215, 46.250, 5.220, 46.255), ATTIGNAT: (5.165, 46.285, 5.170, 46.290)}
PARIS = {"type": "Polygon", "coordinates": [[[2.3, 48.8], [2.4, 48.8], [2.4, 48.9], [2.3, 48.9], [2.3, 48.8]]]}


def titles(page) -> list[str]:
    return sorted(link.get_text(strip=True) for link in page.select(".ca3b-search-results .dataset-heading a"))


def extents(page) -> dict[str, dict]:
    given = json.loads(html.unescape(page.select_one(".ca3b-search-map")["data-module-extents"]))
    return {one["title"]: one for one in given}


def edges(box) -> str:
    return "&".join(f"{name}={edge}" for name, edge in zip(("ouest", "sud", "est", "nord"), box, strict=True))


@pytest.fixture
def published(publish, agglomeration):
    publish("Arbres de Viriat")
    publish("Arbres d’Attignat", "attignat")
    publish("Pistes", communes=[VIRIAT, ATTIGNAT])
    publish("Bus", "agglo")
    publish("Jumelage", spatial=json.dumps(PARIS))


def test_without_a_question_everything_is_listed_with_its_ground_in_words(look, published):
    page = look(PAGE)
    assert titles(page) == ["Arbres de Viriat", "Arbres d’Attignat", "Bus", "Jumelage", "Pistes"]
    said = {
        item.select_one(".dataset-heading a").get_text(strip=True): item.select_one(".ca3b-extent").get_text(" ", True)
        for item in page.select(".ca3b-search-results .dataset-item")
    }
    assert "Toute l’agglomération" in said["Bus"]
    assert "Viriat, Attignat" in said["Pistes"]
    assert "Une zone qui lui est propre" in said["Jumelage"]
    found = extents(page)
    assert found["Bus"]["everywhere"]
    assert found["Bus"]["codes"] == []
    assert found["Pistes"]["codes"] == [VIRIAT, ATTIGNAT]
    assert found["Jumelage"]["geometry"]["coordinates"] == PARIS["coordinates"]
    for rank in range(1, 6):
        assert page.select_one(f"#resultat-{rank}")
    assert sorted(one["rank"] for one in found.values()) == [1, 2, 3, 4, 5]


def test_any_of_the_communes_chosen_answers_and_they_stay_ticked(look, published):
    assert titles(look(f"{PAGE}?vocab_communes={VIRIAT}")) == ["Arbres de Viriat", "Bus", "Jumelage", "Pistes"]
    page = look(f"{PAGE}?vocab_communes={VIRIAT}&vocab_communes={ATTIGNAT}&q=arbres")
    assert titles(page) == ["Arbres de Viriat", "Arbres d’Attignat"]
    ticked = {box["value"] for box in page.select("input[name=vocab_communes][checked]")}
    assert ticked == {VIRIAT, ATTIGNAT}
    assert len(page.select("input[name=vocab_communes]")) == 74


def test_a_click_on_the_drawing_adds_a_commune_or_takes_it_away(look, published):
    page = look(f"{PAGE}?q=arbres&vocab_communes={VIRIAT}")
    links = {path.parent["href"]: path["class"] for path in page.select("svg.ca3b-zones path")}
    assert f"{PAGE}?q=arbres" in {link.replace("/fr", "") for link in links}
    assert f"{PAGE}?q=arbres&vocab_communes={VIRIAT}&vocab_communes={ATTIGNAT}" in links
    assert [names for names in links.values() if "ca3b-zone-chosen" in names] == [links[f"{PAGE}?q=arbres"]]
    assert page.select_one("svg.ca3b-zones")["aria-hidden"] == "true"


def test_a_rectangle_is_written_by_its_edges_or_comes_from_an_address(look, published):
    page = look(f"{PAGE}?{edges(INSIDE[VIRIAT])}")
    assert titles(page) == ["Arbres de Viriat", "Bus", "Pistes"]
    assert page.select_one("#search-ouest")["value"] == "5.215"
    with_commas = edges(INSIDE[ATTIGNAT]).replace(".", ",")
    assert titles(look(f"{PAGE}?{with_commas}")) == ["Arbres d’Attignat", "Bus", "Pistes"]
    shared = look(f"{PAGE}?ext_bbox={','.join(map(str, INSIDE[VIRIAT]))}")
    assert titles(shared) == titles(page)
    assert shared.select_one("#search-nord")["value"] == "46.255"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("ouest=5", "quatre bords"),
        ("ouest=5&sud=46&est=4&nord=47", "plus petit"),
        ("ouest=a&sud=b&est=c&nord=d", "nombres de degrés"),
        ("ext_bbox=1,2", "illisible"),
    ],
)
def test_a_wrong_rectangle_is_told_and_what_was_typed_stays(look, published, given, said):
    page = look(f"{PAGE}?{given}")
    assert said in page.select_one("[role=alert]").get_text()
    assert len(titles(page)) == 5
    if "ouest=5" in given:
        assert page.select_one("#search-ouest")["value"] == "5"


def test_a_private_dataset_is_found_by_its_agents_alone(look, publish, clerk):
    publish("Brouillon", private=True)
    assert titles(look(PAGE)) == []
    assert titles(look(PAGE, headers={"Authorization": clerk["token"]})) == ["Brouillon"]


def test_nothing_of_an_address_becomes_a_query_or_a_tag(look, published):
    page = look(f'{PAGE}?vocab_communes=*:*&vocab_communes=99999&page=abc&q=<b>"')
    assert page.select("input[name=vocab_communes][checked]") == []
    assert page.select(".ca3b-search-map b") == []


def test_the_pages_of_a_long_list_keep_the_question(look, publish):
    for number in range(22):
        publish(f"Banc {number}")
    page = look(f"{PAGE}?q=banc&vocab_communes={VIRIAT}&vocab_communes={ATTIGNAT}")
    assert len(titles(page)) == 20
    following = next(link["href"] for link in page.select(".pagination a") if "page=2" in link["href"])
    assert f"vocab_communes={VIRIAT}&vocab_communes={ATTIGNAT}" in following
    assert len(titles(look(following))) == 2
