"""The health of the catalogue: who sees which part of it, and what it says."""

from __future__ import annotations

import csv
import io

import ckan.plugins.toolkit as tk
import pytest
import sqlalchemy as sa
from ckan import model
from ckan.model import meta
from ckan.tests.helpers import call_action

from ckanext.ca3b.dcat import quality
from ckanext.ca3b.dcat.feeds import fragments
from ckanext.ca3b.dcat.health import jobs, measuring, overview
from ckanext.ca3b.privacy.model import DONE, FAILED, Scan

from .conftest import WHOLE


@pytest.fixture
def two(publish):
    """A dataset that says much, one that says little; both measured."""
    found = {"much": publish("Arbres", **WHOLE), "little": publish("Bancs")}
    jobs.run()
    return found


def health(who=None, **given):
    context = {"user": who["name"] if who else "", "ignore_auth": False}
    return call_action("ca3b_catalogue_health", context=context, **given)


def test_the_job_describes_and_measures_what_nobody_asked_for(publish):
    dataset = publish("Arbres", **WHOLE)
    jobs.run()
    (kept,) = _scores()
    assert kept["points"] == measuring.of(dataset["id"]).score.points > 250
    assert kept["version"] == quality.VERSION


def test_the_least_described_comes_first_with_what_lacks_most(two, operator):
    found = health(operator)
    assert [one["title"] for one in found["results"]] == ["Bancs", "Arbres"]
    assert found["totals"]["published"] == found["totals"]["measured"] == found["count"] == 2
    lacking = {one["code"]: one["lacking"] for one in found["metrics"]}
    assert lacking["keyword"] == lacking["category"] == lacking["temporal"] == 1
    points = [one["points"] for one in found["metrics"]]
    assert points == sorted(points, reverse=True)
    (viriat,) = found["organizations"]
    assert viriat["title"] == "Viriat"
    assert sum(viriat["ratings"].values()) == 2


def test_those_that_lack_a_metric_are_listed(two, operator):
    assert [one["title"] for one in health(operator, metric="keyword")["results"]] == ["Bancs"]
    rating = measuring.of(two["much"]["id"]).score.rating.code
    assert "Arbres" in [one["title"] for one in health(operator, rating=rating)["results"]]
    with pytest.raises(tk.ValidationError):
        health(operator, metric="'; drop table")


def test_what_the_regulation_lacks_is_counted(publish, operator):
    publish("Adresses", hvd_category=["http://data.europa.eu/bna/c_c3de25e4"], license_id="lov2")
    publish("Bancs")
    jobs.run()
    found = health(operator)
    assert (found["totals"]["hvd"], found["totals"]["hvd_lacking"]) == (1, 1)
    assert "api" in {one["code"] for one in found["hvd"]}
    for asked in ("api", "any"):
        assert [one["title"] for one in health(operator, hvd=asked)["results"]] == ["Adresses"]


def test_a_page_of_any_size_costs_the_same_queries(publish, operator):
    publish("Bancs")
    jobs.run()
    alone = _queries(lambda: _asked_of_the_database(overview.Asked()))
    for number in range(6):
        publish(f"Arbres {number}")
    jobs.run()
    assert _queries(lambda: _asked_of_the_database(overview.Asked())) == alone


def test_a_dataset_that_cannot_be_described_is_named_with_its_sentence(publish, operator):
    dataset = publish("Bancs")
    jobs.run()
    table = fragments.Fragment.__table__
    with meta.engine.begin() as connection:
        broken = {"nt": None, "score": None, "error": {"sentence": "Sa date ne se lit pas."}}
        connection.execute(sa.update(table).where(table.c.dataset_id == dataset["id"]).values(**broken))
    found = health(operator)
    assert [(one["title"], one["sentence"]) for one in found["left_out"]] == [("Bancs", "Sa date ne se lit pas.")]
    assert found["results"] == []


def test_a_private_dataset_is_nowhere(publish, as_clerk, operator, see):
    dataset = publish("Bancs")
    jobs.run()
    call_action("package_patch", context=dict(as_clerk), id=dataset["id"], private=True)
    found = health(operator)
    assert found["results"] == found["left_out"] == []
    assert found["totals"]["published"] == 0
    assert "Bancs" not in see("/catalogue/sante", operator)


def test_what_was_just_published_is_on_the_page_that_somebody_opens(publish, clerk, see):
    publish("Bancs")
    page = see("/catalogue/sante", clerk)
    assert 'href="/dataset/bancs#description-quality"' in page


def test_who_sees_what(two, commune, clerk, neighbour, operator, see):
    assert "Bancs" in see("/catalogue/sante", operator)
    assert "Bancs" in see("/catalogue/sante", clerk)
    assert "Bancs" in see("/organization/viriat/sante", clerk)
    assert "Bancs" not in see("/catalogue/sante", neighbour)
    see("/organization/viriat/sante", neighbour, status=403)
    see("/organization/viriat/sante.csv", neighbour, status=403)
    see("/organization/nulle-part/sante", operator, status=404)
    for path in ("/catalogue/sante", "/catalogue/sante.csv", "/organization/viriat/sante"):
        see(path, status=302)


def test_the_csv_has_a_line_per_dataset_and_no_formula(publish, operator, see):
    publish("=1+1")
    publish("Arbres", **WHOLE)
    jobs.run()
    rows = list(csv.DictReader(io.StringIO(see("/catalogue/sante.csv", operator).removeprefix("\ufeff"))))
    assert {row["keyword"] for row in rows} == {"oui", "non"}
    assert not any(value.startswith("=") for row in rows for value in row.values())
    assert all(row["adresse"].startswith("http") for row in rows)


def test_the_page_of_a_dataset_says_its_quality_to_all_and_its_advice_to_its_people(two, clerk, neighbour, see):
    for path, words in (("/dataset/bancs", "Mots-clés"), ("/dataset/arbres", "")):
        assert 'id="description-quality"' in see(path)
        assert ("ca3b-quality-advice" in see(path, clerk)) or not words
        assert "ca3b-quality-advice" not in see(path, neighbour)
        assert "ca3b-quality-advice" not in see(path)
    page = see("/dataset/bancs", clerk)
    assert "/dataset/edit/bancs/1#field-tag_string" in page
    assert "/dataset/edit/bancs/2#field-temporal_coverage" in page


def test_the_score_follows_the_dataset(publish, as_clerk):
    dataset = publish("Bancs")
    before = measuring.of(dataset["id"]).score.points
    call_action("package_patch", context=dict(as_clerk), id=dataset["id"], tag_string="banc")
    assert measuring.of(dataset["id"]).score.points == before + 30


def test_a_link_that_nobody_asked_is_unknown_then_what_it_answered(publish):
    dataset = publish("Bancs")
    resource = dataset["resources"][0]["id"]

    def state() -> str:
        measuring.measure([dataset["id"]])
        kept = next(one for one in _scores())
        return kept["metrics"]["download_url_reachable"], kept["metrics"]["access_url_reachable"]

    measuring.of(dataset["id"])
    assert quality.UNKNOWN in state()
    _scanned(resource, FAILED, {"code": "status", "message": "404"})
    assert quality.NO in state()
    _scanned(resource, DONE, None)
    assert set(state()) == {quality.OK}


def _scanned(resource_id, state, error):
    moment = sa.func.now()
    with meta.engine.begin() as connection:
        connection.execute(sa.delete(Scan.__table__).where(Scan.__table__.c.resource_id == resource_id))
        connection.execute(
            sa.insert(Scan.__table__).values(
                id=f"scan-{resource_id}", resource_id=resource_id, package_id="", sha256="", size=0, filename="f.csv",
                policy="1", engine="1", remote=True, state=state, error=error, created=moment, updated=moment,
                finished=moment,
            )
        )  # fmt: skip


def _scores():
    with meta.engine.connect() as connection:
        return list(connection.scalars(sa.select(fragments.Fragment.__table__.c.score)))


def _asked_of_the_database(asked):
    overview.totals(asked), overview.organizations(asked), overview.metrics(asked), overview.hvd(asked)
    overview.worst(asked, 20, 0), overview.left_out(asked, 20)


def _queries(work) -> int:
    seen = []
    model.Session.remove()
    sa.event.listen(meta.engine, "before_cursor_execute", lambda *_: seen.append(1))
    work()
    return len(seen)
