"""How much data each commune has: counted from what is public, drawn, and said by a table that sorts."""

from __future__ import annotations

import json

import pytest

from ckanext.ca3b.cartography.searching.heat import rate

PAGE = "/cartes/chaleur"
VIRIAT, ATTIGNAT = "01451", "01024"


@pytest.fixture
def published(publish, agglomeration):
    """Two datasets about Viriat, one of them about Attignat too, one about all, one that is private."""
    publish("Arbres")
    publish("Pistes", "attignat", communes=[VIRIAT, ATTIGNAT])
    publish("Bus", "agglo")
    publish("Brouillon", "attignat", private=True)


def rows(page) -> dict[str, list[str]]:
    return {
        row["data-code"]: [cell.get_text(strip=True) for cell in row.select("th, td")]
        for row in page.select(".ca3b-heat-table tbody tr")
    }


def test_the_public_data_about_each_commune_is_counted(look, published):
    page = look(PAGE)
    found = rows(page)
    assert len(found) == 74
    assert found[VIRIAT][::2] == ["Viriat", "2"]
    assert found[ATTIGNAT][::2] == ["Attignat", "1"]
    assert found["01053"][2] == "0"
    assert "1 autre porte sur toute l’agglomération" in page.select_one("article").get_text()
    assert len(page.select("svg.ca3b-drawing path")) == 74
    assert len(page.select(".ca3b-legend li")) == 3
    assert {path["class"][0] for path in page.select("svg.ca3b-drawing path")} == {
        "ca3b-count-0", "ca3b-count-1", "ca3b-count-2",
    }  # fmt: skip


def test_the_table_sorts_by_each_column_without_a_script(look, published):
    page = look(PAGE)
    assert next(iter(rows(page))) == ATTIGNAT
    assert page.select_one("th[aria-sort]")["aria-sort"] == "ascending"
    headers = {link.get_text(strip=True): link["href"] for link in page.select(".ca3b-heat-table thead a")}
    page = look(headers["Jeux de données"])
    assert list(rows(page))[:2] == [VIRIAT, ATTIGNAT]
    assert page.select_one("th[aria-sort]")["aria-sort"] == "descending"
    assert next(iter(rows(look(headers["Habitants"])))) == "01053"
    again = page.select_one("th[aria-sort] a")["href"]
    assert list(rows(look(again)))[-1] == VIRIAT


def test_the_map_can_be_coloured_by_inhabitants(look, app, published):
    page = look(f"{PAGE}?par=habitants&tri=taux&sens=desc")
    assert "habitants" in page.select_one(".ca3b-legend-title").get_text()
    found = rows(page)
    assert set(list(found)[:2]) == {VIRIAT, ATTIGNAT}
    assert "," in found[VIRIAT][3]
    legend = " ".join(item.get_text() for item in page.select(".ca3b-legend li"))
    assert found[VIRIAT][3] in legend
    source = page.select_one(".ca3b-communes-canvas")["data-module-url"]
    properties = {one["properties"]["code"]: one["properties"] for one in json.loads(app.get(source).body)["features"]}
    drawn = {path.find("title").get_text(): path["class"][0] for path in page.select("svg.ca3b-drawing path")}
    assert drawn["Viriat : 2 jeux de données"] == f"ca3b-count-{properties[VIRIAT]['class']}"
    assert properties[VIRIAT]["url"].endswith(f"vocab_communes={VIRIAT}")


def test_some_data_is_never_shown_as_none():
    assert rate(0, 40_000) == 0
    assert rate(1, 400_000) == 1
    assert rate(2, 1_000) == 200
    assert rate(3, 0) is None
