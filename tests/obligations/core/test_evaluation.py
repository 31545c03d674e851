"""What the law asks of a body of this size, what fulfils it, and what is late: told with its reason, never guessed."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from ckanext.ca3b.obligations import core

TODAY = dt.date(2026, 11, 22)
RULES = core.rules(40_000, "Montant d'essai.")
SMALL = core.Body("01314", "commune", "Revonnas", "210103149", 905, 938, owner="o-revonnas", name="revonnas")
TOWN = core.Body("01451", "commune", "Viriat", "210104519", 6955, 7088, owner="o-viriat", name="viriat")
AGGLO = core.Body(
    "200071751", "agglomeration", "Grand Bourg", "200071751", 135_794, 139_000, None, 42_065, "CA", "o-agglo", "agglo"
)
BODIES = (AGGLO, SMALL, TOWN)


@pytest.fixture(autouse=True)
def no_dataset_left():
    """No portal here."""


def present(title="Tableau", owner="o-viriat", **fields):
    return core.Present("id", "nom", title, owner, fields.pop("updated", dt.date(2026, 11, 1)), **fields)


def duty(code, body, *datasets, today=TODAY, bodies=BODIES):
    everybody = [body if one.key == body.key else one for one in bodies]
    if body not in everybody:
        everybody.append(body)
    return next(one for one in core.evaluate(RULES, everybody, datasets, today)[body.key] if one.rule.code == code)


# ---- The two thresholds of article L. 312-1-1, which add up ----


@pytest.mark.parametrize(
    ("people", "agents", "applies"),
    [
        (3500, 50, "yes"),
        (3500, 49.9, "no"),
        (3499, 50, "no"),
        (3499, None, "no"),
        (3500, None, "unknown"),
        (100_000, 0, "no"),
    ],
)
def test_both_thresholds_must_be_reached(people, agents, applies):
    body = attrs.evolve(TOWN, municipal=people, total=people, agents=agents)
    assert duty("open-data", body).applies == applies


def test_a_number_of_agents_that_is_not_known_is_said_to_be_so():
    found = duty("open-data", TOWN)
    assert (found.applies, found.state) == ("unknown", "unknown")
    assert "nombre d’agents n’est pas renseigné" in found.why


def test_between_the_two_legal_populations_the_answer_is_to_be_checked():
    found = duty("open-data", attrs.evolve(TOWN, municipal=3480, total=3520, agents=80))
    assert found.applies == "unknown"
    assert "à vérifier" in found.why
    assert "3 480" in found.why.replace("\u202f", " ")


def test_an_unknown_population_decides_nothing():
    assert duty("open-data", attrs.evolve(TOWN, municipal=None, total=None, agents=80)).applies == "unknown"


def test_an_intercommunality_has_no_threshold_of_population():
    assert duty("open-data", attrs.evolve(AGGLO, municipal=900, total=900, agents=60)).applies == "yes"


def test_any_public_dataset_shows_that_a_body_publishes():
    assert duty("open-data", attrs.evolve(TOWN, agents=80)).state == "missing"
    assert duty("open-data", attrs.evolve(TOWN, agents=80), present()).state == "published"


# ---- Other sizes and dates ----


def test_the_directory_of_documents_is_asked_of_all():
    assert {duty("repertoire", body).applies for body in BODIES} == {"yes"}


@pytest.mark.parametrize(
    ("people", "day", "applies"),
    [
        (2001, dt.date(2023, 12, 31), "no"),
        (2001, dt.date(2024, 1, 1), "yes"),
        (2000, dt.date(2024, 5, 31), "no"),
        (2000, dt.date(2024, 6, 1), "yes"),
    ],
)
def test_the_address_base_was_due_at_a_date_that_depends_on_the_size(people, day, applies):
    assert duty("bal", attrs.evolve(SMALL, municipal=people, total=people), today=day).applies == applies


def test_the_address_base_is_asked_of_communes_only():
    found = duty("bal", AGGLO)
    assert (found.applies, found.state) == ("no", "not_required")
    assert "communes" in found.why


def test_small_communes_chose_how_their_acts_are_published():
    assert duty("actes", TOWN).applies == "yes"
    small = duty("actes", SMALL)
    assert small.applies == "unknown"
    assert "sans délibération, c’est la forme électronique" in small.why


def test_the_budget_of_an_intercommunality_depends_on_its_largest_commune():
    assert duty("budget", AGGLO).applies == "yes"
    assert duty("budget", attrs.evolve(AGGLO, largest_member=3499)).applies == "no"
    assert duty("budget", attrs.evolve(AGGLO, largest_member=None)).applies == "unknown"


@pytest.mark.parametrize(("people", "applies"), [(40_000, "no"), (40_001, "yes")])
def test_the_ten_highest_salaries_are_asked_above_40000_inhabitants(people, applies):
    assert duty("remunerations", attrs.evolve(AGGLO, municipal=people, total=people)).applies == applies


@pytest.mark.parametrize(("kind", "applies"), [("CA", "yes"), ("METRO", "yes"), ("CC", "unknown")])
def test_transport_is_a_matter_of_urban_intercommunalities(kind, applies):
    assert duty("transport", attrs.evolve(AGGLO, type=kind)).applies == applies


@pytest.mark.parametrize("code", ["decp", "subventions"])
def test_what_the_portal_cannot_know_is_not_decided(code):
    found = duty(code, TOWN)
    assert (found.applies, found.state) == ("unknown", "unknown")
    assert "ne sait pas" in found.why


def test_the_threshold_of_public_contracts_is_that_of_the_setting():
    rule = next(one for one in core.rules(90_000, "Décret d’essai.") if one.code == "decp")
    assert "90 000" in rule.asks.replace("\u202f", " ")
    assert "90 000" in rule.depends.replace("\u202f", " ")
    assert rule.texts[0].note == "Décret d’essai."


def test_high_value_data_that_are_there_show_that_the_regulation_applies():
    assert duty("hvd", TOWN).applies == "unknown"
    found = duty("hvd", TOWN, present(hvd=frozenset({"c_43f88346"})))
    assert (found.applies, found.state) == ("yes", "published")


# ---- What fulfils a duty, and whose it is ----


@pytest.mark.parametrize(
    ("fields", "ground"),
    [
        ({"schemas": frozenset({"scdl-deliberations"})}, "schema"),
        ({"standards": ("https://schema.data.gouv.fr/schemas/scdl/deliberations/2.1.5/schema.json",)}, "schema"),
        ({"standards": ("http://schema.data.gouv.fr/scdl/deliberations",)}, "schema"),
        ({"words": frozenset({"Délibérations"})}, "words"),
        ({"title": "Les délibérations du conseil"}, "words"),
    ],
)
def test_a_dataset_is_recognised_by_its_schema_else_by_its_words(fields, ground):
    found = duty("actes", TOWN, present(**fields))
    assert found.state == "published"
    assert [one.ground for one in found.found] == [ground]


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "Budget participatif 2026", "code": "budget"},
        {"title": "Guide des demandes de subvention", "code": "subventions"},
        {"standards": ("https://schema.data.gouv.fr/scdl/deliberations-autres/1.0",), "code": "actes"},
        {"standards": ("https://example.org/scdl/deliberations",), "code": "actes"},
        {"title": "Délibérément", "code": "actes"},
    ],
)
def test_what_only_looks_alike_is_not_taken_for_it(fields):
    code = fields.pop("code")
    assert duty(code, TOWN, present(**fields)).found == ()


def test_transport_is_recognised_by_its_format():
    assert duty("transport", AGGLO, present(owner="o-agglo", formats=frozenset({"gtfs"}))).state == "published"


ACTS = {"schemas": frozenset({"scdl-deliberations"})}


def test_the_acts_of_a_commune_that_the_agglomeration_publishes_are_the_communes():
    # The portal names the producer as publisher by itself.
    shared = present(owner="o-agglo", communes=("01451",), publishers=frozenset({"200071751"}), **ACTS)
    assert duty("actes", TOWN, shared).state == "published"
    assert duty("actes", AGGLO, shared).state == "missing"
    assert duty("actes", SMALL, shared).state == "unknown"


def test_the_acts_of_the_agglomeration_are_not_those_of_its_communes():
    own = present(owner="o-agglo", communes=("01451", "01314"), **ACTS)
    assert duty("actes", AGGLO, own).state == "published"
    assert duty("actes", TOWN, own).state == "missing"


def test_a_harvested_dataset_belongs_to_the_publisher_that_its_siren_names():
    harvested = present(owner="o-somebody", publishers=frozenset({"210104519"}), **ACTS)
    assert duty("actes", TOWN, harvested).state == "published"


def test_an_address_base_that_covers_a_commune_counts_whoever_publishes_it():
    base = {"schemas": frozenset({"bal-adresses"})}
    whole = present(owner="o-agglo", **base)
    assert {duty("bal", body, whole).state for body in (TOWN, SMALL)} == {"published"}
    ticked = present(owner="o-agglo", communes=("01314", "01451"), **base)
    assert duty("bal", SMALL, ticked).state == "published"
    neighbours = present(owner="o-viriat", **base)
    assert duty("bal", SMALL, neighbours).state == "missing"


def test_data_published_without_being_asked_are_shown_and_nothing_is_required():
    found = duty("remunerations", SMALL, present(owner="o-revonnas", title="Hautes rémunérations 2025"))
    assert (found.state, len(found.found)) == ("not_required", 1)


# ---- Late ----


def test_the_rhythm_of_the_text_says_what_is_late():
    old = present(title="Budget primitif", updated=dt.date(2025, 9, 1))
    found = duty("budget", TOWN, old)
    assert found.state == "late"
    assert "1er septembre 2025" in found.found[0].late
    assert "chaque année" in found.found[0].late
    assert duty("budget", TOWN, old, today=dt.date(2026, 9, 1)).state == "published"


def test_the_promise_of_the_producer_says_it_where_the_text_has_no_rhythm():
    quarterly = present(frequency="QUARTERLY", updated=dt.date(2026, 1, 1), **ACTS)
    assert duty("actes", TOWN, quarterly).state == "late"
    assert duty("actes", TOWN, attrs.evolve(quarterly, frequency="")).state == "published"


def test_one_that_is_on_time_is_enough_among_those_as_sure():
    old = present(title="Budget 2020", updated=dt.date(2020, 4, 1))
    new = present(title="Budget 2026", updated=dt.date(2026, 4, 1))
    assert duty("budget", TOWN, old, new).state == "published"
    sure = present(title="Comptes", updated=dt.date(2020, 4, 1), schemas=frozenset({"scdl-budget"}))
    assert duty("budget", TOWN, sure, new).state == "late"


def test_a_date_that_is_not_known_makes_nothing_late():
    assert duty("budget", TOWN, present(title="Budget", updated=None)).state == "published"


# ---- Counts ----


def test_the_worst_comes_first_and_the_counts_add_up():
    late = present(title="Budget 2020", updated=dt.date(2020, 4, 1))
    line = core.line(TOWN, core.evaluate(RULES, BODIES, [late], TODAY)["01451"])
    order = [core.STATES.index(one.state) for one in line.duties]
    assert order == sorted(order)
    assert line.duties[0].rule.code == "budget"
    assert sum(line.counts.values()) == len(RULES)
    lines = [core.line(body, core.evaluate(RULES, BODIES, [late], TODAY)[body.key]) for body in BODIES]
    for column in core.columns(RULES, lines):
        assert sum(column.counts.values()) == len(BODIES)
