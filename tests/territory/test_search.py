"""Datasets are found by commune, by its name, and by area."""

from __future__ import annotations

import json

import ckan.plugins.toolkit as tk
import pytest
from ckan.lib.search import rebuild
from ckan.tests.helpers import changed_config

from ckanext.ca3b.territory import queries

from .conftest import act, show

VIRIAT, ATTIGNAT, AGGLOMERATION = "viriat", "attignat", "agglomeration"
CODES = {VIRIAT: "01451", ATTIGNAT: "01024"}
# Small boxes well inside each commune, and one in Paris.
INSIDE = {VIRIAT: "5.215,46.250,5.220,46.255", ATTIGNAT: "5.165,46.285,5.170,46.290"}
PARIS = "2.30,48.85,2.35,48.90"


@pytest.fixture
def portal(with_plugins, clean_db, clean_index):
    """Three organisations of the default territory are enough to search by commune."""
    act("organization_create", name=AGGLOMERATION, title="Agglo", kind="agglomeration", siren="200071751")
    for name, code in CODES.items():
        act("organization_create", name=name, title=name.title(), kind="commune", insee_code=code)
    act("organization_create", name="club", title="Club", kind="association")


def found(**parameters):
    """Names of the datasets found, and the communes of the facet with their counts."""
    answer = tk.get_action("package_search")(
        {"user": ""}, {"rows": 50, "facet.field": ["vocab_communes"], "facet.limit": -1, **parameters}
    )
    items = answer["search_facets"]["vocab_communes"]["items"]
    return {result["name"] for result in answer["results"]}, {item["display_name"]: item["count"] for item in items}


@pytest.mark.usefixtures("portal")
class TestFacet:
    def test_a_dataset_belongs_to_the_commune_that_publishes_it(self, dataset):
        dataset(VIRIAT, name="ecoles")
        assert found() == ({"ecoles"}, {"Viriat": 1})

    def test_the_communes_chosen_by_the_clerk_come_first(self, dataset):
        dataset(VIRIAT, name="piste-cyclable", communes=["01451", "01024"])
        dataset(AGGLOMERATION, name="dechetterie", communes=["01024"])
        assert found()[1] == {"Viriat": 1, "Attignat": 2}
        assert found(fq='vocab_communes:"01024"')[0] == {"piste-cyclable", "dechetterie"}
        assert found(fq='vocab_communes:"01451"')[0] == {"piste-cyclable"}

    def test_data_of_the_agglomeration_is_about_every_commune(self, dataset):
        dataset(AGGLOMERATION, name="bus")
        names, communes = found()
        assert len(communes) == 74
        assert found(fq='vocab_communes:"01124"')[0] == names == {"bus"}

    def test_data_of_a_partner_is_about_no_commune_unless_it_says_so(self, dataset):
        dataset("club", name="adherents")
        dataset("club", name="stades", communes=["01451"])
        assert found() == ({"adherents", "stades"}, {"Viriat": 1})

    def test_the_name_of_a_commune_finds_its_data_and_not_all_that_of_the_agglomeration(self, dataset):
        dataset(ATTIGNAT, name="ecoles", title="Écoles", communes=["01451"])
        dataset(AGGLOMERATION, name="bus", title="Bus")
        assert found(q="viriat")[0] == {"ecoles"}

    def test_a_wrong_setting_does_not_take_datasets_out_of_the_search(self, dataset):
        dataset(VIRIAT, name="ecoles")
        with changed_config("ckanext.ca3b.epci", "123456789"):
            rebuild(quiet=True)
            assert found() == ({"ecoles"}, {})


@pytest.mark.usefixtures("portal")
class TestArea:
    def test_a_box_finds_what_covers_it_and_not_the_neighbours(self, dataset):
        dataset(VIRIAT, name="chez-nous")
        dataset(ATTIGNAT, name="a-cote")
        assert found(extras={"ext_bbox": INSIDE[VIRIAT]})[0] == {"chez-nous"}
        assert found(extras={"ext_bbox": INSIDE[ATTIGNAT]})[0] == {"a-cote"}
        assert found(extras={"ext_bbox": "5.0,46.0,5.5,46.5"})[0] == {"chez-nous", "a-cote"}
        assert found(extras={"ext_bbox": PARIS})[0] == set()

    def test_the_corner_of_a_bounding_box_outside_the_outline_is_not_the_commune(self, dataset):
        # The box of two distant communes covers all that lies between them; their outlines do not.
        dataset(VIRIAT, name="deux-bouts", communes=["01024", "01125"])
        assert found(extras={"ext_bbox": INSIDE[VIRIAT]})[0] == set()

    def test_a_geometry_given_with_the_dataset_is_kept(self, dataset):
        paris = {"type": "Polygon", "coordinates": [[[2.3, 48.8], [2.4, 48.8], [2.4, 48.9], [2.3, 48.9], [2.3, 48.8]]]}
        dataset(VIRIAT, name="jumelage", spatial=json.dumps(paris))
        assert found(extras={"ext_bbox": PARIS})[0] == {"jumelage"}
        assert found(extras={"ext_bbox": INSIDE[VIRIAT]})[0] == set()

    def test_data_of_the_agglomeration_is_found_anywhere_in_it(self, dataset):
        dataset(AGGLOMERATION, name="bus")
        assert found(extras={"ext_bbox": INSIDE[VIRIAT]})[0] == {"bus"}
        assert found(extras={"ext_bbox": PARIS})[0] == set()


@pytest.mark.usefixtures("portal")
class TestPublications:
    def test_public_datasets_are_counted_with_the_day_of_the_last(self, dataset):
        dataset(VIRIAT, name="un")
        last = dataset(VIRIAT, name="deux")
        dataset(ATTIGNAT, name="prive", private=True)
        published = queries.publications()
        assert set(published) == {VIRIAT}
        assert published[VIRIAT].datasets == 2
        assert published[VIRIAT].latest.replace(tzinfo=None).isoformat()[:19] == last["metadata_modified"][:19]

    def test_nothing_published_is_nothing_counted(self):
        assert queries.publications() == {}
        assert show(VIRIAT)["package_count"] == 0
