"""One dataset of a graph as a draft in the words of DCAT."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
from attrs import evolve

from ckanext.ca3b import vocabularies
from ckanext.ca3b.harvest import normalise
from ckanext.ca3b.harvest.model import Agent, Problem, Record
from ckanext.ca3b.harvest.readers.common.draft import Draft
from ckanext.ca3b.harvest.readers.common.finish import finish

from . import values
from .distributions import is_distribution, resources

if TYPE_CHECKING:
    from .graph import Graph, Node, Term

#: Our fields → the properties where they are written, the usual one first.
PROPERTIES: dict[str, tuple[str, ...]] = {
    "identifier": ("dct:identifier", "schema:identifier"),
    "title": ("dct:title", "schema:name", "rdfs:label", "skos:prefLabel", "foaf:name"),
    "description": ("dct:description", "schema:description", "dct:abstract", "rdfs:comment"),
    "keywords": ("dcat:keyword", "schema:keywords", "dcat:keywords"),
    "subjects": ("dct:subject",),
    "themes": ("dcat:theme", "dcat:themes", "schema:about", "dct:category"),
    "publisher": ("dct:publisher", "schema:publisher", "adms:publisher"),
    "contact": ("dcat:contactPoint", "adms:contactPoint", "schema:contactPoint", "dcat:contact"),
    "issued": ("dct:issued", "schema:datePublished", "schema:dateCreated", "dct:created"),
    "modified": ("dct:modified", "schema:dateModified", "dct:updated"),
    "spatial": ("dct:spatial", "schema:spatialCoverage", "schema:spatial", "dct:coverage", "dcat:bbox", "dcat:spatial"),
    "temporal": ("dct:temporal", "schema:temporalCoverage", "schema:temporal", "dcat:temporal"),
    "frequency": ("dct:accrualPeriodicity", "dct:frequency", "dcat:accrualPeriodicity"),
    "conforms_to": ("dct:conformsTo",),
    "language": ("dct:language", "schema:inLanguage"),
    "landing_page": ("dcat:landingPage", "foaf:page", "schema:url", "foaf:homepage", "schema:mainEntityOfPage"),
    "license": ("dct:license", "schema:license", "cc:license", "dcat:license", "dct:licence"),
    "rights": ("dct:rights", "dct:RightsStatement"),
    "access_rights": ("dct:accessRights",),
    "version": ("dcat:version", "owl:versionInfo", "schema:version", "adms:version"),
    "hvd_categories": ("dcatap:hvdCategory",),
    "resources": ("dcat:distribution", "schema:distribution", "adms:distribution", "dcat:Distribution"),
}
#: Kept whole in the description: they need no place among what was not understood.
_CONSUMED = {name.lower() for names in PROPERTIES.values() for name in names} | {"rdf:type"}
_MANY_LANGUAGES = ("title", "description")
_TOO_SHORT = re.compile(r"^\W*$")


def languages_of(graph: Graph, *nodes: Node | None) -> list[str]:
    """Return the languages that datasets and catalogues say they are in, as codes."""
    said = [term for node in nodes for term in graph.values(node, *PROPERTIES["language"])]
    return [normalise.language(values.said(graph, term)).value for term in said]


def record(graph: Graph, node: Node, page: str, catalogue: Node | None) -> Record:
    """Return the record of a dataset node; ``page`` is where it was read."""
    found = _Dataset(graph, node, catalogue)
    draft = found.draft(page)
    told = finish(draft)
    description = told.description
    if description is None:
        return told
    extra = tuple(Problem(description.identifier, *rest) for rest in found.notes)
    return Record(evolve(description, hvd_categories=found.hvd()), (*told.problems, *extra))


class _Dataset:
    """The reading of one dataset; ``notes`` are problems without their identifier."""

    def __init__(self, graph: Graph, node: Node, catalogue: Node | None) -> None:
        self.graph = graph
        self.node = node
        self.catalogue = catalogue
        self.languages = languages_of(graph, node, catalogue)
        self.notes: list[tuple[Any, ...]] = []

    def terms(self, field: str) -> list[Term]:
        return self.graph.values(self.node, *PROPERTIES[field])

    def text(self, field: str) -> str:
        """Return the text of the first property that has one."""
        for name in PROPERTIES[field]:
            terms = self.graph.values(self.node, name)
            if found := values.best(terms, self.languages) or next(iter(values.ways(self.graph, terms)), ""):
                return found
        return ""

    def draft(self, page: str) -> Draft:
        uri = values.iri(self.node)
        themes = self._themes()
        return Draft(
            identifier=self._identifier(uri),
            title=self.text("title"),
            description=self.text("description"),
            licences=tuple(self._licences()),
            keywords=self._keywords(),
            themes=themes,
            publisher=self._agent("publisher"),
            contact=self._agent("contact"),
            issued=self.text("issued"),
            modified=self._latest("modified"),
            places=tuple(place for term in self.terms("spatial") for place in values.places(self.graph, term)),
            periods=tuple(self._periods()),
            frequency=self._frequency(),
            conforms_to=self._standards(),
            languages=tuple(values.said(self.graph, term) for term in self.terms("language")),
            landing_page=next(iter(values.address(self.graph, self.terms("landing_page"))), ""),
            resources=resources(self.graph, self._distributions(), self.languages, self.notes),
            access_rights=next(iter(self._known(normalise.access_right, self.terms("access_rights"))), ""),
            version=self.text("version"),
            uri=uri,
            provenance=self._provenance(page),
            raw=self._raw(),
            names={field: names[0] for field, names in PROPERTIES.items()},
        )

    def _distributions(self) -> list[Term]:
        """Return the distributions; without any, those that another property ties to the dataset (``dct:hasPart``)."""
        said = self.terms("resources")
        if said:
            return said
        tied = [value for _, terms in self.graph.properties(self.node) for value in terms]
        tied += [node for node, name in self.graph.pointing(self.node) if name in {"dct:ispartof", "schema:ispartof"}]
        found = [term for term in dict.fromkeys(tied) if is_distribution(self.graph, term)]
        if found:
            message = (
                f"Les fichiers du jeu de données « {self.text('title')} » ne lui sont pas reliés par dcat:distribution."
                " Reliez-les ainsi."
            )
            self.notes.append((message, "tied-distribution", "dcat:distribution", "info"))
        return found

    def _latest(self, field: str) -> str:
        """Return the latest of several dates: a dataset keeps those of its earlier changes."""
        said = values.ways(self.graph, self.graph.values(self.node, PROPERTIES[field][0]))
        dates = [found.value for text in said if (found := normalise.date(text)).known and found.value]
        return max(dates) if len(dates) > 1 else self.text(field)

    def _identifier(self, uri: str) -> str:
        literals = [value for term in self.terms("identifier") if (value := values.said(self.graph, term).strip())]
        if not (literals or uri):
            literals += [values.label(self.graph, node) for node in self.graph.values(self.node, "adms:identifier")]
        if found := next(filter(None, literals), "") or uri:
            return found
        landing = values.address(self.graph, self.terms("landing_page"))
        if landing or self.text("title"):
            stable = "\n".join([*landing[:1], self.text("title")])
        else:
            stable = repr(sorted(map(str, values.ways(self.graph, self.terms("resources")))))
        self.notes.append((
            (f"Le jeu de données « {self.text('title')} » n’a ni adresse (rdf:about) ni dct:identifier : le portail"
            " lui en donne un, qui change avec son titre. Donnez-lui un dct:identifier qui reste."),
            "missing-identifier", "dct:identifier", "warning",
        ))  # fmt: skip
        return "sha256-" + hashlib.sha256(stable.encode("utf-8", "replace")).hexdigest()

    def _licences(self) -> list[str]:
        ways = values.ways(self.graph, self.terms("license"))
        if ways:
            return ways
        rights = values.ways(self.graph, self.terms("rights"))
        # Rights are often no licence: they are one when the vocabulary says so.
        return rights if normalise.licence(*rights).known else []

    def _keywords(self) -> tuple[str, ...]:
        terms = [*self.terms("keywords"), *(t for t in self.terms("subjects") if isinstance(t, ox.Literal))]
        by_language: dict[str, list[str]] = {}
        for term in terms:
            language = (term.language or "") if isinstance(term, ox.Literal) else ""
            by_language.setdefault(language, []).append(values.label(self.graph, term) or values.said(self.graph, term))
        joined = bool(self.graph.values(self.node, "schema:keywords"))
        found = [word for texts in by_language.values() for word in normalise.keywords(texts, joined=joined)]
        return tuple(dict.fromkeys(found))

    def _themes(self) -> tuple[str, ...]:
        found = list(self._known(normalise.theme, [t for t in self.terms("themes") if not _hvd(t)]))
        for term in self.terms("subjects"):
            theme = normalise.theme(*values.ways(self.graph, [term]))
            if values.is_node(term) and theme.known and theme.value:
                found.append(theme.value)
        return tuple(dict.fromkeys(found))

    def _known(self, find: Any, terms: list[Term]) -> list[str]:
        """Return each value as the vocabulary knows it, else as written (its IRI, or its label)."""
        found = []
        for term in terms:
            ways = values.ways(self.graph, [term])
            result = find(*ways)
            found.append(result.value if result.known else values.iri(term) or next(iter(ways), ""))
        return [value for value in found if value]

    def hvd(self) -> tuple[str, ...]:
        """Return the categories of high-value datasets, also when they stand among the themes."""
        terms = [*self.terms("hvd_categories"), *(t for t in self.terms("themes") if _hvd(t))]
        ways = [(values.said(self.graph, term), *values.ways(self.graph, [term])) for term in terms]
        known = (vocabularies.hvd_categories().find_first(*each) for each in ways)
        return tuple(dict.fromkeys(one.uri if one else way[0] for one, way in zip(known, ways, strict=True)))

    def _agent(self, field: str) -> Agent:
        terms = self.terms(field)
        if not terms and field == "publisher" and "schema:dataset" in self.graph.types(self.node):
            # Pages written for search engines name who made the data, seldom who publishes them.
            terms = self.graph.values(self.node, "schema:provider", "schema:creator")
        found = [values.agent(self.graph, term, self.languages) for term in terms]
        found = [agent for agent in found if agent]
        return max(found, key=lambda agent: (bool(agent.name), bool(agent.email)), default=Agent())

    def _periods(self) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        for term in self.terms("temporal"):
            told = values.periods(self.graph, term)
            text = values.said(self.graph, term)
            if not told and text and not _TOO_SHORT.match(text):
                self.notes.append((
                    f"La période « {text[:80]} » ne peut pas être lue : donnez dcat:startDate et dcat:endDate.",
                    "unreadable-period", "dct:temporal", "info",
                ))  # fmt: skip
            found += told
        return found

    def _frequency(self) -> str:
        terms = self.terms("frequency")
        ways = [
            *values.ways(self.graph, terms),
            *(text for term in terms for text in values.durations(self.graph, term)),
        ]
        found = normalise.frequency(*ways)
        return found.value if found.known else next(iter(ways), "")

    def _standards(self) -> tuple[str, ...]:
        found = []
        for term in self.terms("conforms_to"):
            text = values.said(self.graph, term) if isinstance(term, ox.NamedNode | ox.Literal) else ""
            inside = values.address(self.graph, self.graph.values(term, "rdfs:seeAlso", "foaf:page", "dct:identifier"))
            found.append(text or next(iter(inside), "") or values.label(self.graph, term))
        return tuple(dict.fromkeys(filter(None, found)))

    def _provenance(self, page: str) -> dict[str, str]:
        catalogue = self.catalogue
        publisher = values.agent(self.graph, self.graph.first(catalogue, *PROPERTIES["publisher"]))
        told = {
            "url": page,
            "uri": values.iri(self.node),
            "catalogue": values.iri(catalogue),
            "catalogue_title": values.best(self.graph.values(catalogue, *PROPERTIES["title"]), self.languages),
            "catalogue_publisher": publisher.name or publisher.uri,
            "catalogue_license": next(iter(values.ways(self.graph, self.graph.values(catalogue, "dct:license"))), ""),
        }
        return {name: value for name, value in told.items() if value}

    def _raw(self) -> dict[str, Any]:
        """Return what has no field of ours, and what a field does not keep whole."""
        raw: dict[str, Any] = {}
        for name, terms in self.graph.properties(self.node):
            key = name.lower()
            if (
                key not in _CONSUMED
                or key in {"dct:subject", "dcat:theme", "dct:accrualperiodicity", "dct:rights"}
                or (len(terms) > 1 and any(key in _lowered(PROPERTIES[field]) for field in _MANY_LANGUAGES))
            ):
                raw[name] = [self.graph.plain(term) for term in terms]
        for field in ("publisher", "contact", "identifier", "landing_page", "access_rights", "issued", "modified"):
            if len(terms := self.terms(field)) > 1:
                raw.setdefault(PROPERTIES[field][0], [self.graph.plain(term) for term in terms])
        # What a term that is no known place, period… says is not lost with it.
        for field in ("spatial", "temporal"):
            read = values.places if field == "spatial" else values.periods
            lost = [self.graph.plain(term) for term in self.terms(field) if not read(self.graph, term)]
            if lost := [each for each in lost if each]:
                raw[PROPERTIES[field][0]] = lost
        return raw


def _lowered(names: tuple[str, ...]) -> set[str]:
    return {name.lower() for name in names}


def _hvd(term: Term) -> bool:
    return "data.europa.eu/bna/" in values.iri(term)
