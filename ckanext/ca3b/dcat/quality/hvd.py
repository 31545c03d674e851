"""What implementing regulation (EU) 2023/138 still lacks in the description of a high-value dataset.

Sources: the regulation (http://data.europa.eu/eli/reg_impl/2023/138/oj), articles 3 and 4; directive (EU) 2019/1024,
article 14(1), for « free of charge »; DCAT-AP HVD 3.0.0 (https://semiceu.github.io/DCAT-AP/releases/3.0.0-hvd/) for
the place of each thing in the graph: quality of service is part of the documentation (``foaf:page``) of the service,
the technical documentation is its ``dcat:endpointDescription``. A description proves nothing of the service itself:
what does not lack here may still lack there, which the sentences do not promise.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import attrs
import yaml
from rdflib import DCAT, FOAF, RDFS, SKOS, Literal, Namespace, URIRef
from rdflib import DCTERMS as DCT

from ckanext.ca3b import vocabularies

from .dcat_ap import DCATAP, services
from .reading import distributions, of_distribution

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rdflib import Graph
    from rdflib.term import Node

REGULATION = URIRef("http://data.europa.eu/eli/reg_impl/2023/138/oj")
BNA = "http://data.europa.eu/bna/"
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
DQV = Namespace("http://www.w3.org/ns/dqv#")
_QUALITY = (FOAF.page, DQV.hasQualityAnnotation, DQV.hasQualityMeasurement)


@attrs.frozen
class Lack:
    """One thing that lacks: a sentence in French for its owner, the article that asks for it, the field to fill."""

    code: str
    label: str
    sentence: str
    article: str
    field: str


def is_hvd(graph: Graph, dataset: Node) -> bool:
    """Tell whether a dataset says it is of high value: by its category, a theme of theirs, or the regulation."""
    named = (*graph.objects(dataset, DCATAP.hvdCategory), *graph.objects(dataset, DCAT.theme))
    return (dataset, DCATAP.applicableLegislation, REGULATION) in graph or any(_is_category(one) for one in named)


def hvd_lacks(graph: Graph, dataset: Node) -> list[Lack]:
    """Return what lacks in a high-value dataset, in the order of the list; nothing for another dataset."""
    if not is_hvd(graph, dataset):
        return []
    files, apis = distributions(graph, dataset), services(graph, dataset)
    said = [of_distribution(graph, one, None) for one in files]
    access = [vocabularies.access_rights().find(str(one)) for one in graph.objects(dataset, DCT.accessRights)]
    there = {
        "category": any(_is_category(one) for one in graph.objects(dataset, DCATAP.hvdCategory)),
        "legislation": all(
            (one, DCATAP.applicableLegislation, REGULATION) in graph for one in (dataset, *files, *apis)
        ),
        "licence": bool(files) and all(_free_licence(graph, one, dataset) for one in files),
        "free": all(one is not None and one.code == "PUBLIC" for one in access),
        "machine_readable": any(one["machine_readable"] for one in said),
        "api": bool(apis),
        "documentation": not apis or any(_says(graph, one, (DCAT.endpointDescription,)) for one in apis),
        "quality": not apis or any(_says(graph, one, _QUALITY) for one in apis),
        "contact": any(_reachable(graph, one) for one in (apis or [dataset])),
        "bulk": any(one["download_url"] for one in said),
    }
    return [lack for lack in lacks().values() if not there[lack.code]]


@cache
def lacks() -> dict[str, Lack]:
    """Return by code all that may lack, in order."""
    text = resources.files(__package__ or "").joinpath("hvd.yaml").read_text("utf-8")
    return {one["code"]: Lack(**one) for one in yaml.safe_load(text)}


def _is_category(value: Node) -> bool:
    return str(value).startswith(BNA) and vocabularies.hvd_categories().find(str(value)) is not None


def _says(graph: Graph, node: Node, predicates: Iterable[URIRef]) -> bool:
    return any(str(one).strip() for predicate in predicates for one in graph.objects(node, predicate))


def _free_licence(graph: Graph, distribution: Node, dataset: Node) -> bool:
    """Tell whether the licence of a file (its own, else the dataset's) is no stricter than CC BY 4.0."""
    own = [*graph.objects(distribution, DCT.license)] or [*graph.objects(dataset, DCT.license)]
    return bool(own) and all(_is_free(graph, one) for one in own)


def _is_free(graph: Graph, licence: Node) -> bool:
    table = vocabularies.licences()
    names = [licence, *graph.objects(licence, SKOS.exactMatch)]
    # A licence that is only described has its name as label.
    names += [one for path in (RDFS.label, DCT.title) for one in graph.objects(licence, path)]
    found = table.find_first(*(str(one) for one in names), *_of_authority(names))
    return found is not None and found.hvd


def _of_authority(names: Iterable[Node]) -> list[str]:
    """Return, of the concepts of the European table among some names, the codes that this table gives them."""
    table = {str(one.eu_uri): one.code for one in vocabularies.licences() if one.eu_uri}
    return [table[str(one)] for one in names if str(one) in table]


def _reachable(graph: Graph, node: Node) -> bool:
    """Tell whether somebody can be written to about a dataset or a service: an e-mail address or a page."""
    return any(
        _says(graph, one, (VCARD.hasEmail, VCARD.hasURL))
        for one in graph.objects(node, DCAT.contactPoint)
        if not isinstance(one, Literal)
    )
