"""``ckan ca3b territory load`` creates the organisations once, and touches only what it owns."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
import pytest
from ckan import model
from ckan.tests import factories
from ckan.tests.helpers import call_auth, changed_config

from ckanext.ca3b.cli import ca3b
from ckanext.ca3b.territory import queries
from ckanext.ca3b.territory.core import read_epci

from .conftest import NEVERS, act, load_territory, show


def snapshot():
    """Everything a load could write: organisations with their extras, and memberships."""
    groups = model.Session.query(model.Group).order_by(model.Group.name)
    members = model.Session.query(model.Member).filter_by(state="active")
    return (
        [(group.id, group.name, group.title, group.state, dict(group.extras)) for group in groups],
        sorted((member.group_id, member.table_name, member.table_id, member.capacity) for member in members),
    )


@pytest.mark.usefixtures("with_plugins")
class TestLoad:
    def test_every_member_and_the_agglomeration_become_organisations(self, nevers):
        epci = read_epci(NEVERS)
        assert sorted(nevers["created"]) == sorted([epci.slug, *(commune.slug for commune in epci.members)])
        assert {ref.insee_code for ref in queries.organizations("commune")} == {
            commune.insee_code for commune in epci.members
        }

    def test_an_organisation_says_who_the_commune_is(self, nevers):
        commune = next(commune for commune in read_epci(NEVERS).members if commune.name == "Nevers")
        organization = show("nevers")
        assert organization["title"] == "Nevers"
        assert organization["kind"] == "commune"
        assert organization["insee_code"] == "58194"
        assert organization["siren"] == commune.siren
        assert int(organization["population"]) == commune.municipal_population
        assert organization["postal_codes"] == list(commune.postal_codes)

    def test_communes_are_under_the_agglomeration_in_ckans_own_hierarchy(self, nevers):
        agglomeration = model.Group.get(read_epci(NEVERS).slug)
        children = {name for _, name, _, _ in agglomeration.get_children_group_hierarchy(type="organization")}
        assert children == {commune.slug for commune in read_epci(NEVERS).members}
        assert agglomeration.get_parent_group_hierarchy(type="organization") == []

    def test_nobody_becomes_a_member_by_loading(self, nevers):
        assert show("nevers")["users"] == []

    def test_loading_again_writes_nothing(self, nevers):
        before = snapshot()
        report = load_territory()
        assert report["created"] == report["updated"] == []
        assert sorted(report["unchanged"]) == sorted(nevers["created"])
        assert snapshot() == before

    def test_what_people_wrote_is_kept_and_what_the_territory_owns_is_refreshed(self, nevers):
        user = factories.User()
        act(
            "organization_patch",
            id="nevers",
            description="Ville d'art et d'histoire.",
            image_url="https://www.nevers.fr/logo.png",
            contact_email="donnees@nevers.fr",
            contact_url="https://www.nevers.fr/contact",
            population="1",
            postal_codes=["99999"],
        )
        act("organization_member_create", id="nevers", username=user["name"], role="editor")

        assert load_territory()["updated"] == ["nevers"]

        organization = show("nevers")
        assert organization["description"] == "Ville d'art et d'histoire."
        assert organization["image_url"] == "https://www.nevers.fr/logo.png"
        assert organization["contact_email"] == "donnees@nevers.fr"
        assert organization["contact_url"] == "https://www.nevers.fr/contact"
        assert [(member["name"], member["capacity"]) for member in organization["users"]] == [(user["name"], "editor")]
        assert int(organization["population"]) > 30000
        assert organization["postal_codes"] == ["58000"]

    def test_an_address_changed_by_hand_is_kept(self, nevers):
        act("organization_patch", id="nevers", name="ville-de-nevers")
        assert load_territory()["created"] == []
        assert show("ville-de-nevers")["insee_code"] == "58194"

    def test_a_lost_parent_is_restored(self, nevers):
        act("organization_patch", id="nevers", groups=[])
        assert load_territory()["updated"] == ["nevers"]
        assert [parent["name"] for parent in show("nevers")["groups"]] == [read_epci(NEVERS).slug]

    def test_a_deleted_organisation_stays_deleted(self, nevers):
        act("organization_delete", id="nevers")
        report = load_territory()
        assert report["deleted"] == ["nevers"]
        assert report["created"] == report["updated"] == []
        assert model.Group.get("nevers").state == "deleted"

    def test_a_partner_with_the_address_of_a_commune_does_not_lose_it(self, clean_db, clean_index):
        factories.Organization(name="nevers", title="Club de Nevers", kind="association")
        with changed_config("ckanext.ca3b.epci", NEVERS):
            assert "nevers-58194" in load_territory()["created"]
        assert show("nevers")["title"] == "Club de Nevers"
        assert show("nevers-58194")["kind"] == "commune"

    def test_the_usual_name_of_the_agglomeration_may_be_set(self, nevers):
        slug = read_epci(NEVERS).slug
        assert show(slug)["title"] == "Nevers Agglomération"
        with changed_config("ckanext.ca3b.agglomeration_name", "Agglomération de Nevers"):
            assert load_territory()["updated"] == [slug]
        assert show(slug)["title"] == "Agglomération de Nevers"

    def test_communes_of_another_agglomeration_are_told_and_left_alone(self, nevers):
        with changed_config("ckanext.ca3b.epci", "200018653"):
            former = load_territory()["former"]
        assert "nevers" in former
        assert show("nevers")["state"] == "active"


@pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
class TestRefusals:
    def test_an_unknown_code_is_told_in_french_and_creates_nothing(self, cli):
        with changed_config("ckanext.ca3b.epci", "123456789"):
            result = cli.invoke(ca3b, ["territory", "load"])
        assert result.exit_code == 1
        assert "Aucun EPCI" in result.output
        assert "neuf chiffres" in result.output
        assert "Traceback" not in result.output
        assert queries.organizations("commune", "agglomeration") == []

    def test_a_wrong_file_of_outlines_is_told_before_anything_is_created(self, cli, tmp_path):
        with changed_config("ckanext.ca3b.outlines", str(tmp_path / "absent.geojson")):
            result = cli.invoke(ca3b, ["territory", "load"])
        assert result.exit_code == 1
        assert "ckanext.ca3b.outlines" in result.output
        assert "ne peut pas être lu" in result.output
        assert queries.organizations("commune") == []

    @pytest.mark.parametrize("person", ["", "someone"])
    def test_only_a_sysadmin_may_load(self, person):
        user = factories.User(name=person)["name"] if person else ""
        with pytest.raises(tk.NotAuthorized):
            call_auth("ca3b_territory_load", {"user": user, "model": model})


@pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
@pytest.mark.parametrize(("siren", "members"), [("200071751", 74), ("200071827", 38), ("247100290", 34)])
def test_the_command_loads_any_agglomeration(cli, siren, members):
    with changed_config("ckanext.ca3b.epci", siren):
        result = cli.invoke(ca3b, ["territory", "load"])
    assert result.exit_code == 0, result.output
    assert f"créées : {members + 1}, mises à jour : 0, inchangées : 0" in result.output
    assert len(queries.organizations("commune")) == members
