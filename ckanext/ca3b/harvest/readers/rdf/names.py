"""Short names of RDF terms: what catalogues write in several ways is one name here."""

from __future__ import annotations

from functools import lru_cache

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_DCAT = "http://www.w3.org/ns/dcat#"
_DCT = "http://purl.org/dc/terms/"

#: Prefix → namespace: what a document without declaration means by it.
PREFIXES = {
    "rdf": RDF,
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dcat": _DCAT,
    "dct": _DCT,
    "dcterms": _DCT,
    "dc": "http://purl.org/dc/elements/1.1/",
    "dctype": "http://purl.org/dc/dcmitype/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "v": "http://www.w3.org/2006/vcard/ns#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "adms": "http://www.w3.org/ns/adms#",
    "locn": "http://www.w3.org/ns/locn#",
    "spdx": "http://spdx.org/rdf/terms#",
    "schema": "http://schema.org/",
    "sdo": "http://schema.org/",
    "dcatap": "http://data.europa.eu/r5r/",
    "geodcatap": "http://data.europa.eu/930/",
    "geodcat": "http://data.europa.eu/930/",
    "dcatapit": "http://dati.gov.it/onto/dcatapit#",
    "dcatde": "http://dcat-ap.de/def/dcatde/",
    "mobilitydcatap": "https://w3id.org/mobilitydcat-ap#",
    "hydra": "http://www.w3.org/ns/hydra/core#",
    "time": "http://www.w3.org/2006/time#",
    "prov": "http://www.w3.org/ns/prov#",
    "org": "http://www.w3.org/ns/org#",
    "odrl": "http://www.w3.org/ns/odrl/2/",
    "odrs": "http://schema.theodi.org/odrs#",
    "dqv": "http://www.w3.org/ns/dqv#",
    "cc": "http://creativecommons.org/ns#",
    "void": "http://rdfs.org/ns/void#",
    "gsp": "http://www.opengis.net/ont/geosparql#",
    "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "geosparql": "http://www.opengis.net/ont/geosparql#",
    "gn": "http://www.geonames.org/ontology#",
    "xhv": "http://www.w3.org/1999/xhtml/vocab#",
    "rr": "http://www.w3.org/ns/r2rml#",
    "eli": "http://data.europa.eu/eli/ontology#",
}

#: Namespace → short prefix, the other spellings that are met among them.
_NAMESPACES = {namespace: prefix for prefix, namespace in reversed(PREFIXES.items())} | {
    _DCT: "dct",
    "http://purl.org/dc/elements/1.1/": "dct",
    "http://purl.org/dc/terms#": "dct",
    "http://purl.org/dcterms/": "dct",
    "http://vocab.deri.ie/dcat#": "dcat",
    "http://www.w3.org/ns/dcat/": "dcat",
    "http://www.w3.org/ns/dcat": "dcat",
    "http://www.w3.org/2001/vcard-rdf/3.0#": "vcard",
    "http://schema.org#": "schema",
    "http://www.opengis.net/ont/geosparql#": "gsp",
    "http://www.opengis.net/rdf#": "gsp",
    "http://data.europa.eu/m8g/": "cv",
}


@lru_cache(maxsize=4096)
def short(iri: str) -> str:
    """Return the short name of an IRI (``dct:title``), or the IRI itself in a namespace that is not known.

    ``https`` and ``www`` spellings, and the Dublin Core elements, are the same names.
    """
    cut = max(iri.rfind("#"), iri.rfind("/")) + 1
    namespace = iri[:cut]
    prefix = _NAMESPACES.get(namespace)
    if prefix is None and namespace.startswith("https://"):
        prefix = _NAMESPACES.get("http://" + namespace[8:])
    if prefix is None and namespace == "http://www.schema.org/":
        prefix = "schema"
    return f"{prefix}:{iri[cut:]}" if prefix else iri
