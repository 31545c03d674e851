"""One call publishes, replaces, or says in French why it did neither."""

from __future__ import annotations

import pytest
from ckan import model
from ckan.tests import factories

from .conftest import SCHEMA, deliberations, shown

PNG = b"\x89PNG\r\n\x1a\n" + bytes(300)


def count() -> int:
    return model.Session.query(model.Package).filter_by(state="active").count()


def test_a_file_and_a_producer_are_enough(publish):
    done = publish(deliberations())
    dataset = shown(done["dataset"]["id"])
    assert done["created"] is True
    assert dataset["state"] == "active"
    assert dataset["name"] == "deliberations-viriat"
    assert dataset["title"] == f"{SCHEMA.title} – Viriat"
    assert dataset["notes"] == SCHEMA.description
    assert dataset["communes"] == ["01451"]
    assert done["report"]["schema"] == SCHEMA.name
    assert done["report"]["verdict"]["valid"] is True
    assert done["file"]["url"].endswith(f"/fichiers/{dataset['resources'][0]['id']}")


@pytest.mark.parametrize("producer", ["viriat", "01451", "210104519", "210 104 519", "21010451900017"])
def test_a_producer_is_known_by_its_name_its_insee_code_or_its_siren(publish, commune, producer):
    assert shown(publish(deliberations(), producer=producer)["dataset"]["id"])["owner_org"] == commune["id"]


def test_what_the_call_says_wins(publish):
    done = publish(
        deliberations(), title="Votes du conseil", description="Relus.", keywords="votes, conseil",
        frequency="ANNUAL", theme="ECON", license="odbl",
    )  # fmt: skip
    dataset = shown(done["dataset"]["id"])
    assert dataset["name"] == "votes-conseil"
    assert (dataset["title"], dataset["notes"]) == ("Votes du conseil", "Relus.")
    assert sorted(tag["name"] for tag in dataset["tags"]) == ["conseil", "votes"]
    assert dataset["frequency"].endswith("/ANNUAL")
    assert [theme.rsplit("/", 1)[-1] for theme in dataset["theme"]] == ["ECON"]


def test_the_same_bytes_change_nothing(publish):
    first = publish(deliberations())
    before = shown(first["dataset"]["id"])
    again = publish(deliberations(), name="autre nom.csv")
    after = shown(first["dataset"]["id"])
    assert (again["created"], again["unchanged"]) == (False, True)
    assert again["file"] == first["file"]
    assert again["report"]["verdict"]["valid"] is True
    assert after["metadata_modified"] == before["metadata_modified"]
    assert count() == 1


def test_the_next_file_of_the_same_kind_replaces_the_first(publish, app):
    first = publish(deliberations(rows=5))
    second = publish(deliberations(rows=9), name="export du 22 novembre.csv")
    assert (second["created"], second["unchanged"]) == (False, False)
    assert second["file"]["url"] == first["file"]["url"]
    assert second["report"]["verdict"]["rows"] == 9
    assert app.get(f"/fichiers/{first['file']['id']}").data == deliberations(rows=9)
    assert count() == 1


def test_another_title_is_another_dataset(publish):
    publish(deliberations())
    assert publish(deliberations(), title="Délibérations du CCAS")["created"] is True
    assert count() == 2


def test_the_dataset_or_the_file_to_replace_may_be_named(publish):
    first = publish(deliberations(), title="Votes du conseil")
    by_name = publish(deliberations(rows=6), dataset=first["dataset"]["name"], producer="")
    by_file = publish(deliberations(rows=7), resource_id=first["file"]["id"], producer="")
    assert by_name["file"]["id"] == by_file["file"]["id"] == first["file"]["id"]
    assert by_file["report"]["verdict"]["rows"] == 7
    assert "dataset" in publish(deliberations(), status=409, dataset="nulle-part")
    assert "resource_id" in publish(deliberations(), status=409, resource_id="nulle-part")


def test_an_invalid_file_is_published_but_claims_nothing(publish):
    done = publish(deliberations(COLL_NOM={2: ""}))
    (resource,) = shown(done["dataset"]["id"])["resources"]
    assert done["report"]["verdict"]["valid"] is False
    assert [(one["row"], one["column"]) for one in done["report"]["verdict"]["errors"]] == [(2, "COLL_NOM")]
    assert not resource.get("conforms_to")


def test_strict_publishes_nothing_that_does_not_follow_its_schema(publish):
    error = publish(deliberations(COLL_NOM={2: ""}), status=409, strict="true")
    assert "ne suit pas le schéma" in error["upload"][0]
    assert [(one["row"], one["column"]) for one in error["rows"]] == [(2, "COLL_NOM")]
    assert model.Session.query(model.Package).count() == 0
    assert publish(deliberations(), strict="true")["created"] is True


def test_strict_leaves_the_published_file_in_place(publish):
    first = publish(deliberations())
    publish(deliberations(COLL_NOM={2: ""}), status=409, strict="true")
    assert shown(first["dataset"]["id"])["resources"][0]["hash"] == first["file"]["sha256"]


@pytest.mark.parametrize(("content", "name"), [(PNG, "délibérations.csv"), (b"", "vide.csv")])
def test_an_unreadable_table_is_never_published(publish, content, name):
    assert len(publish(content, name=name, status=409)["upload"][0]) > 20
    assert model.Session.query(model.Package).count() == 0


def test_a_document_is_published_as_it_is(publish):
    done = publish(b"%PDF-1.4\n" + bytes(300), name="Plan de la commune.pdf")
    assert done["dataset"]["title"] == "Plan de la commune – Viriat"
    assert done["report"]["verdict"] is None


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        ({"producer": "", "schema": "auto"}, "producer", "INSEE"),
        ({"producer": "nulle-part"}, "producer", "nulle-part"),
        ({"schema": "inconnu"}, "schema", SCHEMA.name),
        ({"strict": "peut-être"}, "strict", "true"),
        ({"theme": "nulle-part"}, "theme", "nulle-part"),
    ],
)
def test_a_wrong_value_is_answered_in_french_at_its_field(publish, fields, field, said):
    assert said in publish(deliberations(), status=409, **fields)[field][0]


def test_without_a_file_nothing_happens(publish):
    assert "upload" in publish(status=409)


def test_nobody_publishes_for_another_commune(publish, elsewhere):
    publish(deliberations(), status=403, producer=elsewhere["name"])
    publish(deliberations(), status=403, token=factories.UserWithToken()["token"])
    assert model.Session.query(model.Package).count() == 0


def test_nobody_replaces_the_file_of_another_commune(publish):
    done = publish(deliberations())
    publish(deliberations(rows=9), status=403, dataset=done["dataset"]["id"], token=factories.UserWithToken()["token"])
    assert shown(done["dataset"]["id"])["resources"][0]["hash"] == done["file"]["sha256"]


def test_the_description_of_the_call_is_for_anybody(app):
    answer = app.get("/api/openapi.json")
    assert answer.json["openapi"] == "3.1.0"
    assert "/api/3/action/ca3b_publish" in answer.json["paths"]


def test_a_file_of_personal_data_is_described_and_stays_closed(publish, app):
    lines = ["Nom;Prénom;Date de naissance;Téléphone"]
    lines += [
        f"{name};Emma;0{day}/03/1981;06 12 34 56 7{day}" for day, name in enumerate(("Martin", "Petit", "Roux"), 1)
    ]
    done = publish("\r\n".join(lines).encode(), name="inscrits.csv", title="Inscrits à la danse")
    assert done["file"]["open"] is False
    assert shown(done["dataset"]["id"])["state"] == "active"
    address = done["file"]["url"].split("/", 3)[-1]
    assert app.get(f"/{address}", status=403, follow_redirects=False)
    assert publish(deliberations())["file"]["open"] is True
