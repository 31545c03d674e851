"""What the API accepts, fills and refuses."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
import pytest
from ckan.tests import factories
from ckan.tests.helpers import call_action

from ckanext.ca3b.schemas.actions import AS_GIVEN

from .conftest import ESSENTIALS, patch, shown

EU = "http://publications.europa.eu/resource/authority/"
ODBL = "https://opendatacommons.org/licenses/odbl/1-0/"


class TestPrefill:
    def test_title_description_and_organisation_are_enough(self, publish, commune):
        dataset = publish()
        assert dataset["name"] == "points-collecte-verre-viriat"
        assert dataset["license_id"] == "lov2"
        assert dataset["license_title"] == "Licence Ouverte 2.0 (Etalab)"
        assert dataset["isopen"]
        assert dataset["language"] == [EU + "language/FRA"]
        assert dataset["frequency"] == EU + "frequency/UNKNOWN"
        assert dataset["access_rights"] == EU + "access-right/PUBLIC"
        assert dataset["communes"] == ["01451"]
        contact = {"name": "Viriat", "email": "donnees@viriat.fr", "url": "https://www.viriat.fr/contact"}
        assert dataset["contact"] == [contact]
        assert dataset["publisher"] == [
            {**contact, "identifier": "210104519", "type": "http://purl.org/adms/publishertype/LocalAuthority"}
        ]

    def test_what_was_said_is_kept(self, publish):
        given = {"license_id": "odc-odbl", "frequency": EU + "frequency/ANNUAL", "communes": ["01053"], "name": "verre"}
        dataset = publish(contact=[{"email": "voirie@viriat.fr"}], **given)
        assert {key: dataset[key] for key in given} == given
        assert dataset["contact"] == [{"email": "voirie@viriat.fr"}]

    def test_the_only_organisation_of_the_author_is_the_owner(self, commune, as_clerk):
        assert call_action("package_create", context=as_clerk, **ESSENTIALS)["owner_org"] == commune["id"]

    def test_a_sysadmin_says_for_whom(self, commune):
        factories.Organization()
        with pytest.raises(tk.ValidationError) as error:
            call_action("package_create", context={"user": factories.Sysadmin()["name"]}, **ESSENTIALS)
        assert list(error.value.error_dict) == ["owner_org"]

    def test_a_caller_that_knows_everything_is_not_helped(self, commune, as_clerk):
        context = {**as_clerk, AS_GIVEN: True}
        dataset = call_action(
            "package_create", context=context, owner_org=commune["id"], name="moissonne", **ESSENTIALS
        )
        assert not {"license_id", "contact", "publisher", "communes", "language"} & dataset.keys()

    def test_an_organisation_that_is_no_commune_covers_what_it_says(self, clerk, as_clerk):
        members = [{"name": clerk["name"], "capacity": "editor"}]
        partner = factories.Organization(title="Les Amis du verre", kind="association", users=members)
        dataset = call_action("package_create", context=as_clerk, owner_org=partner["id"], **ESSENTIALS)
        assert not dataset.get("communes")
        assert dataset["publisher"][0]["type"] == "http://purl.org/adms/publishertype/NonProfitOrganisation"
        # Without a mailbox of its own, its page on the portal is where to ask.
        page = tk.url_for("organization.read", id=partner["name"], _external=True)
        assert dataset["contact"] == [{"name": "Les Amis du verre", "url": page}]


class TestAddresses:
    def test_two_titles_alike_and_a_deleted_dataset_do_not_collide(self, publish, as_clerk):
        first = publish()
        call_action("package_delete", context=as_clerk, id=first["id"])
        assert [publish()["name"] for _ in range(2)] == [f"{first['name']}-2", f"{first['name']}-3"]

    def test_the_address_stays_when_the_title_changes(self, publish):
        dataset = publish()
        patch(dataset["id"], title="Autre titre")
        assert shown(dataset)["name"] == dataset["name"]


class TestKeywords:
    WORDS = ("fil d'eau", "eau/assainissement", "A&B", "Bourg-en-Bresse (ville)", "l’été", "n° 3")

    def test_the_keywords_that_people_write_are_kept(self, publish):
        dataset = publish(tags=[{"name": word} for word in self.WORDS])
        assert {tag["name"] for tag in shown(dataset)["tags"]} == set(self.WORDS)

    def test_the_text_of_a_form_gives_them_once_each(self, publish):
        dataset = publish(tag_string=" fil d'eau,, Fil d'Eau , eau/assainissement ,")
        assert {tag["name"] for tag in shown(dataset)["tags"]} == {"fil d'eau", "eau/assainissement"}

    def test_they_are_found_by_the_search(self, publish):
        publish(tags=[{"name": "fil d'eau"}])
        assert call_action("package_search", fq='tags:"fil d\'eau"')["count"] == 1

    def test_a_comma_is_refused_with_what_to_do(self, publish):
        with pytest.raises(tk.ValidationError) as error:
            publish(tags=[{"name": "eau, air"}])
        assert "eau, air" in str(error.value.error_dict["tags"])


class TestVocabularies:
    def test_concepts_are_stored_as_uris_however_they_are_written(self, publish):
        dataset = publish(
            theme=["Environnement", "TRAN"],
            frequency="annuelle",
            language="français, italien",
            access_rights="public",
            license_id="Licence Ouverte v2.0 (Etalab)",
            hvd_category=["Adresses"],
            reference_system=["Lambert 93", "EPSG:4326"],
            inspire_theme="Adresses",
            spatial_resolution_in_meters="0,5",
        )
        assert dataset["theme"] == [EU + "data-theme/ENVI", EU + "data-theme/TRAN"]
        assert dataset["frequency"] == EU + "frequency/ANNUAL"
        assert dataset["language"] == [EU + "language/FRA", EU + "language/ITA"]
        assert dataset["access_rights"] == EU + "access-right/PUBLIC"
        assert dataset["license_id"] == "lov2"
        assert dataset["hvd_category"] == ["http://data.europa.eu/bna/c_c3de25e4"]
        assert dataset["reference_system"] == [
            "http://www.opengis.net/def/crs/EPSG/0/2154",
            "http://www.opengis.net/def/crs/EPSG/0/4326",
        ]
        assert dataset["inspire_theme"] == ["http://inspire.ec.europa.eu/theme/ad"]
        assert dataset["spatial_resolution_in_meters"] == "0.5"

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("theme", ["Cuisine"]),
            ("frequency", "de temps à autre, quand il pleut"),
            ("license_id", "ma licence à moi"),
            ("language", ["klingon"]),
            ("communes", ["Lyon"]),
            ("hvd_category", ["http://data.europa.eu/autre"]),
            ("modified", "hier"),
            ("issued", "31/02/2025"),
            ("url", "voir le site"),
            ("documentation", ["voir le site"]),
            ("spatial", '{"type": "Point"'),
            ("spatial_resolution_in_meters", "fine"),
        ],
    )
    def test_what_is_not_understood_is_refused_by_name(self, publish, field, value):
        with pytest.raises(tk.ValidationError) as error:
            publish(**{field: value})
        assert list(error.value.error_dict) == [field]
        wrong = value[0] if isinstance(value, list) else value
        if field != "spatial":
            assert wrong in error.value.error_dict[field][0]

    def test_a_concept_that_our_list_does_not_carry_is_accepted(self, publish):
        assert publish(language=[EU + "language/HAW"])["language"] == [EU + "language/HAW"]

    def test_dates_are_written_as_in_france_or_as_iso(self, publish):
        period = {"start": "01/09/2024", "end": "2025"}
        dataset = publish(modified="22/11/2026", issued="2021-03", temporal_coverage=[period])
        assert (dataset["modified"], dataset["issued"]) == ("2026-11-22", "2021-03")
        assert dataset["temporal_coverage"] == [{"start": "2024-09-01", "end": "2025"}]


class TestHighValueData:
    ADDRESSES = "http://data.europa.eu/bna/c_c3de25e4"

    @pytest.mark.parametrize("licence", ["odc-odbl", ODBL, "cc-by-sa-4.0", "cc-nc", "other-closed"])
    def test_a_licence_stricter_than_cc_by_is_refused_quoting_the_regulation(self, publish, licence):
        with pytest.raises(tk.ValidationError) as error:
            publish(hvd_category=[self.ADDRESSES], license_id=licence)
        assert sorted(error.value.error_dict) == ["hvd_category", "license_id"]
        for messages in error.value.error_dict.values():
            assert "2023/138" in messages[0]
            assert "Licence Ouverte 2.0" in messages[0]

    @pytest.mark.parametrize("licence", ["lov2", "fr-lo", "cc-by-4.0", "cc-zero", "odc-by"])
    def test_a_licence_that_is_open_enough_is_accepted(self, publish, licence):
        assert publish(hvd_category=[self.ADDRESSES], license_id=licence)["license_id"] == licence

    def test_the_odbl_stays_allowed_for_other_data(self, publish):
        assert publish(license_id="odc-odbl")["license_id"] == "odc-odbl"

    def test_changing_the_licence_afterwards_is_refused_too(self, publish):
        dataset = publish(hvd_category=[self.ADDRESSES])
        with pytest.raises(tk.ValidationError, match="2023/138"):
            patch(dataset["id"], license_id="odc-odbl")

    def test_a_file_of_its_own_licence_is_refused_too(self, publish):
        dataset = publish(hvd_category=[self.ADDRESSES])
        with pytest.raises(tk.ValidationError, match="2023/138"):
            patch(dataset["id"], resources=[{"url": "https://exemple.fr/a.csv", "license": ODBL}])


class TestFiles:
    @pytest.mark.parametrize(
        ("given", "expected"),
        [
            ({"url": "https://exemple.fr/a/verre.geojson?x=1"}, ("verre.geojson", "GeoJSON", "application/geo+json")),
            ({"url": "https://exemple.fr/x", "format": "text/csv"}, ("x", "CSV", "text/csv")),
            ({"url": "https://exemple.fr/plan.shp.zip"}, ("plan.shp.zip", "SHP", "application/zip")),
            ({"url": "https://exemple.fr/wfs", "format": "OGC:WFS", "name": "Service"}, ("Service", "WFS", None)),
            ({"url": "https://exemple.fr/y", "format": "Format maison"}, ("y", "Format maison", None)),
        ],
    )
    def test_name_format_and_media_type_are_found(self, publish, given, expected):
        (resource,) = patch(publish()["id"], resources=[given])["resources"]
        assert (resource["name"], resource["format"], resource.get("mimetype")) == expected

    def test_the_licence_of_a_file_is_stored_as_its_uri(self, publish):
        (resource,) = patch(publish()["id"], resources=[{"url": "https://x.fr/a.csv", "license": "ODbL"}])["resources"]
        assert resource["license"] == "http://opendatacommons.org/licenses/odbl/summary/"


class TestOrganizations:
    @pytest.mark.parametrize(
        ("field", "value"),
        [("siren", "210104518"), ("insee_code", "1451"), ("contact_email", "mairie"), ("kind", "planet")],
    )
    def test_what_is_wrong_is_refused_by_name(self, portal, field, value):
        with pytest.raises(tk.ValidationError) as error:
            factories.Organization(**{field: value})
        assert list(error.value.error_dict) == [field]

    def test_what_is_right_comes_back(self, portal):
        facts = {"siren": "200071751", "kind": "agglomeration", "postal_codes": ["01000", "01250"]}
        organization = factories.Organization(population=133000, **facts)
        after = call_action("organization_show", id=organization["id"])
        assert {**facts, "population": "133000"} == {key: after[key] for key in (*facts, "population")}
