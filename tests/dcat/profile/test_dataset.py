"""What the graph of a dataset says, as those who harvest us read it."""

from __future__ import annotations

import pytest
from ckan import model
from ckan.tests import factories, helpers
from rdflib import FOAF, OWL, RDF, RDFS, SKOS, XSD, Graph, Literal, Namespace, URIRef
from sqlalchemy import event

from ckanext.ca3b.dcat import graphs
from ckanext.ca3b.dcat.feeds import selection
from ckanext.ca3b.dcat.profile.names import ADMS, DCAT, DCATAP, DCT, ELI, FORMAT, LOCN, SPDX, VCARD
from tests.dcat.profile import datasets

pytestmark = pytest.mark.usefixtures("portal", "with_request_context")

EU = Namespace("http://publications.europa.eu/resource/authority/")
BASE = "http://test.ckan.net/dataset"
NODE = URIRef(f"{BASE}/{datasets.ID}")
FILE = URIRef(f"{BASE}/{datasets.ID}/resource/{datasets.FILE}")
LINK = URIRef(f"{BASE}/{datasets.ID}/resource/{datasets.LINK}")
LICENCE = URIRef("https://www.etalab.gouv.fr/licence-ouverte-open-licence")
REGULATION = URIRef("http://data.europa.eu/eli/reg_impl/2023/138/oj")


@pytest.fixture(scope="module")
def owner(portal):
    return factories.Organization(
        title="Viriat", kind="commune", insee_code="01451", siren="210104519", contact_email="donnees@viriat.fr"
    )


@pytest.fixture
def describe(owner):
    """Describe the rich dataset with some changes."""

    def described(**changes) -> Graph:
        return graphs.dataset_graph(datasets.rich(owner_org=owner["id"], **changes), datasets.facts())

    return described


def test_texts_are_in_french_and_the_dataset_is_named_by_its_id(describe):
    graph = describe()
    assert graph.value(NODE, DCT.title) == Literal("Adresses de Viriat", lang="fr")
    assert set(graph.objects(NODE, DCAT.keyword)) == {Literal("adresses", lang="fr"), Literal("fil d'eau", lang="fr")}
    assert (NODE, RDF.type, DCAT.Dataset) in graph


def test_an_identifier_that_another_may_have_is_told_beside(describe):
    assert describe().value(NODE, DCT.identifier) == Literal("urn:uuid:5b1f6a1e-0000-4000-8000-0000000000aa")
    graph = describe(identifier="1")
    assert list(graph.objects(NODE, DCT.identifier)) == [Literal(datasets.ID)]
    assert Literal("1") in {graph.value(one, SKOS.notation) for one in graph.objects(NODE, ADMS.identifier)}


def test_an_untitled_dataset_has_a_title(describe):
    graph = describe(title=" \x00", notes="")
    assert (
        graph.value(NODE, DCT.title) == graph.value(NODE, DCT.description) == Literal("adresses-de-viriat", lang="fr")
    )


def test_concepts_have_their_address_and_their_french_name(describe):
    graph = describe()
    assert graph.value(NODE, DCT.accrualPeriodicity) == EU["frequency/MONTHLY"]
    for concept, label in (
        (EU["frequency/MONTHLY"], "Chaque mois"),
        (EU["data-theme/REGI"], "Régions et villes"),
        (EU["language/FRA"], "français"),
        (EU["file-type/CSV"], "CSV"),
    ):
        assert graph.value(concept, SKOS.prefLabel) == Literal(label, lang="fr")


def test_the_licence_has_its_french_address_and_its_european_match(describe):
    graph = describe()
    assert graph.value(NODE, DCT.license) == graph.value(FILE, DCT.license) == LICENCE
    assert graph.value(LICENCE, SKOS.closeMatch) == EU["licence/CC_BY_4_0"]
    assert graph.value(LICENCE, RDFS.label) is None  # data.gouv.fr would read it in place of the address
    other = URIRef("https://creativecommons.org/licenses/by/4.0/")
    assert graph.value(LINK, DCT.license) == other
    assert graph.value(other, SKOS.exactMatch) == EU["licence/CC_BY_4_0"]


def test_a_period_is_a_blank_node_with_days(describe):
    graph = describe()
    (period,) = graph.objects(NODE, DCT.temporal)
    assert graph.value(period, DCAT.startDate) == Literal("2025-01-01", datatype=XSD.date)
    assert graph.value(period, DCAT.endDate) == Literal("2025-06-30", datatype=XSD.date)


def test_the_extent_is_the_polygon_of_the_communes(describe):
    graph = describe(spatial_coverage=[])
    (place,) = graph.objects(NODE, DCT.spatial)
    assert graph.value(place, SKOS.prefLabel) == Literal("Viriat", lang="fr")
    assert str(graph.value(place, LOCN.geometry)).startswith("POLYGON ((5.")
    assert graph.value(place, DCAT.bbox) is None  # data.gouv.fr would join it to the outline
    own = describe(spatial_coverage=[], spatial='{"type": "Point", "coordinates": [5.2, 46.2]}')
    (place,) = own.objects(NODE, DCT.spatial)
    assert str(own.value(place, LOCN.geometry)).startswith("POLYGON ((5.")


def test_who_publishes_and_whom_to_write_to(describe, owner):
    graph = describe()
    publisher = graph.value(NODE, DCT.publisher)
    assert publisher == URIRef(f"http://test.ckan.net/organization/{owner['id']}")
    assert graph.value(publisher, FOAF.name) == Literal("Viriat", lang="fr")
    assert graph.value(publisher, DCT.identifier) == Literal("210104519")
    assert graph.value(publisher, FOAF.mbox) == URIRef("mailto:donnees@viriat.fr")
    mailboxes = {graph.value(one, VCARD.hasEmail) for one in graph.objects(NODE, DCAT.contactPoint)}
    assert mailboxes == {URIRef("mailto:donnees@viriat.fr"), URIRef("mailto:sig@viriat.fr")}
    harvested = describe(publisher=[{"name": "Région", "uri": "https://region.example/"}], contact=[])
    assert harvested.value(NODE, DCT.publisher) == URIRef("https://region.example/")
    (contact,) = harvested.objects(NODE, DCAT.contactPoint)
    assert harvested.value(contact, VCARD.hasEmail) == URIRef("mailto:donnees@viriat.fr")


def test_a_dataset_of_nobody_to_write_to_names_the_page_of_its_organisation():
    owner = factories.Organization(title="Ceyzériat", kind="commune", insee_code="01072")
    page = URIRef(f"http://test.ckan.net/organization/{owner['id']}")
    for contacts in ([], [{"name": "Le secrétariat"}]):  # a name alone reaches nobody
        graph = graphs.dataset_graph(datasets.rich(owner_org=owner["id"], contact=contacts), datasets.facts())
        reached = {
            graph.value(one, VCARD.fn): graph.value(one, VCARD.hasURL) for one in graph.objects(NODE, DCAT.contactPoint)
        }
        assert reached.pop(Literal("Ceyzériat", lang="fr")) == page
        assert list(reached) == [Literal(one["name"], lang="fr") for one in contacts]


def test_a_file_has_addresses_that_a_replacement_does_not_change(describe):
    graph = describe()
    assert graph.value(FILE, DCAT.downloadURL) == URIRef(f"http://test.ckan.net/fichiers/{datasets.FILE}")
    assert graph.value(FILE, DCAT.accessURL) == URIRef(f"{BASE}/adresses-de-viriat/resource/{datasets.FILE}")
    assert graph.value(LINK, DCAT.downloadURL) is None
    assert graph.value(LINK, DCAT.accessURL) == URIRef("https://geo.example/wfs?request=GetCapabilities")


def test_a_file_has_its_size_format_and_checksum(describe):
    graph = describe()
    assert graph.value(FILE, DCAT.byteSize) == Literal("123456", datatype=XSD.nonNegativeInteger)
    assert graph.value(FILE, FORMAT) == EU["file-type/CSV"]
    assert graph.value(FILE, DCAT.mediaType) == URIRef("https://www.iana.org/assignments/media-types/text/csv")
    checksum = graph.value(FILE, SPDX.checksum)
    assert str(graph.value(checksum, SPDX.checksumValue)) == "ab" * 32
    assert graph.value(checksum, RDF.value) == Literal("ab" * 32)
    assert str(graph.value(checksum, SPDX.algorithm)).endswith("checksumAlgorithm_sha256")


def test_a_checked_file_says_its_schema_and_version(describe):
    graph = describe()
    schema = URIRef("https://schema.data.gouv.fr/schemas/etalab/bal/1.4.0/schema.json")
    assert list(graph.objects(FILE, DCT.conformsTo)) == [schema]
    assert graph.value(schema, OWL.versionInfo) == Literal("1.4.0")
    assert graph.value(schema, DCT.title) == Literal("Base adresse locale", lang="fr")


def test_services_serve_the_dataset_and_leave_the_file_a_file(describe):
    graph = describe()
    assert list(graph.objects(FILE, DCAT.accessService)) == []
    service = URIRef(f"{FILE}#service-ogc-features")
    assert graph.value(service, DCAT.endpointURL) == URIRef("https://portail.example/ogc/1")
    assert graph.value(service, DCAT.endpointDescription) == URIRef("https://portail.example/ogc/1/api")
    assert graph.value(service, FOAF.page) == URIRef("https://portail.example/ogc/1/doc")
    assert graph.value(service, DCAT.servesDataset) == NODE
    assert graph.value(service, DCT.license) == LICENCE
    assert graph.value(service, DCAT.contactPoint) is not None
    assert len(graphs.services_of(graph)) == 3
    # Portals list services by title alone.
    title = str(graph.value(service, DCT.title))
    assert str(graph.value(NODE, DCT.title)) in title
    assert str(graph.value(FILE, DCT.title)) in title


def test_high_value_data_are_said_twice(describe):
    graph = describe()
    addresses, geospatial = (URIRef(f"http://data.europa.eu/bna/{code}") for code in ("c_c3de25e4", "c_ac64a52d"))
    assert list(graph.objects(NODE, DCATAP.hvdCategory)) == [addresses]
    assert geospatial in set(graph.objects(NODE, DCAT.theme))
    assert addresses not in set(graph.objects(NODE, DCAT.theme))
    for node in (NODE, FILE, LINK, *map(URIRef, graphs.services_of(graph))):
        assert (node, DCATAP.applicableLegislation, REGULATION) in graph
    assert (REGULATION, RDF.type, ELI.LegalResource) in graph
    ordinary = describe(hvd_category=[])
    assert (None, None, REGULATION) not in ordinary


def test_geographic_data_say_their_system_precision_and_theme(describe):
    graph = describe()
    system = URIRef("http://www.opengis.net/def/crs/EPSG/0/2154")
    assert (NODE, DCT.conformsTo, system) in graph
    assert (FILE, DCT.conformsTo, system) not in graph  # data.gouv.fr would take it for the schema of the file
    assert graph.value(NODE, DCAT.spatialResolutionInMeters) == Literal("0.5", datatype=XSD.decimal)
    assert (NODE, DCAT.theme, URIRef("http://inspire.ec.europa.eu/theme/ad")) in graph
    (lineage,) = graph.objects(NODE, DCT.provenance)
    assert graph.value(lineage, RDFS.label) == Literal("Relevé sur place, recoupé avec le cadastre.", lang="fr")


def test_a_closed_file_is_not_said(describe):
    graph = describe(resources=[datasets.upload(ca3b_closed=True), datasets.link()])
    assert datasets.FILE not in graph.serialize(format="nt")
    assert list(graph.objects(NODE, DCAT.distribution)) == [LINK]


def test_a_series_is_told_only_when_anybody_may_see_it(describe, owner):
    shown = factories.Dataset(owner_org=owner["id"], notes="Une série.", license_id="lov2")
    hidden = factories.Dataset(owner_org=owner["id"], notes="Une série.", license_id="lov2", private=True)
    graph = describe(in_series=[shown["id"], hidden["id"], "rien", "a\x00\ud800"])
    assert list(graph.objects(NODE, DCAT.inSeries)) == [URIRef(f"{BASE}/{shown['id']}")]
    series = describe(dcat_type="http://www.w3.org/ns/dcat#DatasetSeries")
    assert {DCAT.Dataset, DCAT.DatasetSeries} <= set(series.objects(NODE, RDF.type))


def test_what_was_said_of_a_series_is_said_anew_when_it_is_closed(owner):
    series = factories.Dataset(owner_org=owner["id"], notes="Une série.", license_id="lov2")
    given = {"owner_org": owner["id"], "notes": "Un jeu.", "license_id": "lov2", "in_series": [series["id"]]}
    member = factories.Dataset(**given)
    before = selection.of([member["id"]])[member["id"]].stamp
    assert selection.of([member["id"]])[member["id"]].stamp == before
    context = {"user": factories.Sysadmin()["name"], "ignore_auth": True}
    helpers.call_action("package_patch", context=context, id=series["id"], private=True)
    assert selection.of([member["id"]])[member["id"]].stamp != before


def test_a_dataset_that_cannot_be_described_is_named(describe):
    with pytest.raises(graphs.GraphError) as caught:
        graphs.dataset_graph({"id": "x", "resources": [{}]}, {})
    assert caught.value.dataset_id == "x"
    assert caught.value.sentence


def test_what_datasets_share_is_read_once(owner):
    describer = graphs.Describer()
    describer.dataset_graph(datasets.rich(owner_org=owner["id"]), {})
    asked = []

    def listen(*said):
        asked.append(said[2])

    event.listen(model.meta.engine, "before_cursor_execute", listen)
    try:
        describer.dataset_graph(datasets.rich(owner_org=owner["id"]), {})
    finally:
        event.remove(model.meta.engine, "before_cursor_execute", listen)
    assert asked == []


def test_a_service_of_high_value_data_has_a_page_even_when_those_written_are_no_addresses(describe):
    rows = [{"endpoint_url": ["https://geo.example/wfs"], "landing_page": ["pas une adresse"]}]
    graph = describe(resources=[datasets.link(access_services=rows)])
    service = graph.value(LINK, DCAT.accessService)
    assert list(graph.objects(service, FOAF.page)) == [URIRef("https://geo.example/wfs")]


def test_only_a_registered_system_of_coordinates_is_typed_as_one(describe):
    """The same address may be that of an agent, which DCAT-AP types otherwise."""
    registered = URIRef("http://www.opengis.net/def/crs/EPSG/0/3950")
    unknown = URIRef("https://exemple.fr/")
    graph = describe(reference_system=[str(registered), str(unknown)])
    assert graph.value(registered, DCT.type) is not None
    assert graph.value(unknown, DCT.type) is None
    assert (NODE, DCT.conformsTo, unknown) in graph
