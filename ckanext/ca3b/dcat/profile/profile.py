"""The profile ``ca3b_dcat_ap_3``: ckanext-dcat's DCAT-AP 3, given clean terms, then completed.

The mapping of fields to properties stays ckanext-dcat's. It is handed terms of RDF that are ready (see
:mod:`.terms`), so that its readings of texts, slow and sometimes wrong, are not needed; what it says wrong or not
at all is left out of what it is handed and said by the other modules. See docs/upstream.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rdflib import RDF, RDFS, BNode, Literal, URIRef

from ckanext.dcat.profiles.euro_dcat_ap_3 import EuropeanDCATAP3Profile

from . import agents, files, hvd, parsing, places, records, relations, rights, services, terms
from .names import DCAT, DCT
from .portal import Portal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rdflib.term import Node

#: Changes whenever the same dataset would be said otherwise: what was made before is then made again.
VERSION = 1
CLOSED = "ca3b_closed"
FACTS = "ca3b_facts"


class Ca3bDcatAp3(EuropeanDCATAP3Profile):
    """DCAT-AP 3 with HVD and GeoDCAT-AP, as data.gouv.fr and data.europa.eu take it whole."""

    portal: Portal | None = None

    def parse_dataset(self, dataset_dict: dict[str, Any], dataset_ref: Node) -> dict[str, Any]:
        """Read a dataset: as ckanext-dcat does, then what it loses or mistakes."""
        super().parse_dataset(dataset_dict, dataset_ref)
        return parsing.complete(self.g, dataset_dict, dataset_ref)

    def graph_from_catalog(self, catalog_dict: Mapping[str, Any] | None, catalog_ref: Node) -> None:
        """Say the catalogue: publisher, licence, language, home page, themes."""
        from .catalogue import add_catalogue  # noqa: PLC0415 - it asks the settings of the portal

        said = catalog_dict or {}
        add_catalogue(
            self.g,
            self.portal or Portal(),
            catalog_ref,
            title=said.get("title") or "",
            description=said.get("description") or "",
        )

    def graph_from_dataset(self, dataset_dict: Mapping[str, Any], dataset_ref: Node) -> None:
        """Say a dataset.

        Files marked ``ca3b_closed`` are not said; ``ca3b_facts`` has by file what the plugins know of it.
        """
        portal = self.portal = self.portal or Portal()
        graph, dataset = self.g, dataset_dict
        resources = [one for one in dataset.get("resources") or () if not one.get(CLOSED)]
        facts: Mapping[str, list[Any]] = dataset.get(FACTS) or {}
        known = [fact for one in resources for fact in facts.get(one["id"], ())]

        said = terms.dataset_terms(graph, dataset, portal.dataset_page(str(dataset.get("name") or dataset["id"])))
        categories = hvd.categories(dataset.get("hvd_category"))
        said["theme"] = said.get("theme", [])
        super().graph_from_dataset(said, dataset_ref)

        self._complete(dataset, dataset_ref, said, known)
        publisher = agents.add_publisher(graph, portal, dataset, dataset_ref)
        licence = rights.dataset_licence(graph, dataset)
        if licence is not None:
            graph.add((dataset_ref, DCT.license, licence))
        hvd.add_themes(graph, dataset_ref, categories)
        hvd.add_categories(graph, dataset_ref, categories)
        given = services.Given(dataset_ref, str(said["title"]), publisher, licence, categories)
        found: list[Node] = []
        for resource in resources:
            node = URIRef(portal.distribution_uri(dataset["id"], resource["id"]))
            access = self._add_file(node, dataset, resource, given)
            files.add_schemas(graph, node, facts.get(resource["id"], ()))
            served = facts.get(resource["id"], ())
            found += services.add_served(graph, node, given, served, resource.get("name") or "")
            found += services.add_written(graph, node, given, resource, access)
        agents.add_contacts(graph, agents.contacts_of(portal, dataset), [dataset_ref, *found])
        records.add_record(graph, portal, dataset, dataset_ref)

    def _complete(self, dataset: Mapping[str, Any], node: Node, said: Mapping[str, Any], facts: list[Any]) -> None:
        """Say of a dataset what ckanext-dcat does not say, or not properly."""
        graph, portal = self.g, self.portal or Portal()
        for one in agents.rows(dataset.get("creator")):
            if creator := agents.add_agent(graph, one):
                graph.add((node, DCT.creator, creator))
        places.add_periods(graph, node, dataset.get("temporal_coverage"))
        places.add_places(graph, portal, node, dataset, facts)
        places.add_reference_systems(graph, node, dataset.get("reference_system"), facts)
        if resolution := said.get("spatial_resolution"):
            graph.add((node, DCAT.spatialResolutionInMeters, resolution))
        relations.add_relations(graph, portal, node, dataset)

    def _add_file(
        self, node: URIRef, dataset: Mapping[str, Any], resource: Mapping[str, Any], given: services.Given
    ) -> str:
        """Say a file; return the address where it is found."""
        graph = self.g
        access, download = files.addresses(self.portal or Portal(), dataset, resource)
        said = terms.resource_terms(graph, resource) | {"access_url": URIRef(access)}
        if download:
            said["download_url"] = URIRef(download)
        files.add_distribution(graph, given.dataset, node, said)
        files.add_format(graph, node, resource)
        files.add_size(graph, node, resource.get("size"))
        files.add_checksum(graph, node, resource.get("hash"), resource.get("hash_algorithm"))
        for key, predicate in (("compress_format", DCAT.compressFormat), ("package_format", DCAT.packageFormat)):
            files.add_media_type(graph, node, predicate, files.media_type(resource.get(key)))
        licence = rights.licence_of(graph, resource.get("license")) or given.licence
        if licence is not None:
            graph.add((node, DCT.license, licence))
        words = resource.get("rights")
        if given.categories:
            hvd.add_regulation(graph, node)
            words = words or (rights.FREE_BY_LAW if licence is None else None)
        rights.add_statement(graph, node, DCT.rights, words, DCT.RightsStatement)
        return access

    # What ckanext-dcat calls to say one value: here values are terms already.

    def _add_triple_from_dict(  # noqa: PLR0913, PLR0917 - the signature is ckanext-dcat's
        self,
        _dict: Mapping[str, Any],
        subject: Node,
        predicate: URIRef,
        key: str,
        fallbacks: list[str] | None = None,  # noqa: ARG002
        list_value: bool = False,  # noqa: ARG002
        date_value: bool = False,  # noqa: ARG002
        _type: Any = Literal,
        _datatype: Any = None,
        _class: URIRef | None = None,
        value_modifier: Any = None,  # noqa: ARG002
    ) -> None:
        value = _dict.get(key)
        if value is None:
            return
        for term in value if isinstance(value, list) else (value,):
            self.g.add((subject, predicate, term))
            if _class is not None and isinstance(term, URIRef):
                self.g.add((term, RDF.type, _class))

    def _add_statement_to_graph(
        self, data_dict: Mapping[str, Any], key: str, subject: Node, predicate: URIRef, _class: URIRef | None = None
    ) -> None:
        term = data_dict.get(key)
        if isinstance(term, Literal):
            node = BNode()
            self.g.add((node, RDFS.label, term))
            term = node
        if term is not None:
            self.g.add((subject, predicate, term))
            if _class is not None:
                self.g.add((term, RDF.type, _class))
