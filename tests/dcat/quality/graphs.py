"""Descriptions written by hand, from which a test takes away or to which it adds."""

from __future__ import annotations

from rdflib import Graph, URIRef

DATASET = URIRef("https://donnees.exemple.fr/dataset/1")
FILE = URIRef("https://donnees.exemple.fr/dataset/1/resource/a")
OTHER_FILE = URIRef("https://donnees.exemple.fr/dataset/1/resource/b")
PAGE, DOWNLOAD = "https://donnees.exemple.fr/page/a", "https://donnees.exemple.fr/fichiers/a"
PREFIXES = """
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcatap: <http://data.europa.eu/r5r/> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix eu: <http://publications.europa.eu/resource/authority/> .
@prefix iana: <https://www.iana.org/assignments/media-types/text/> .
@prefix : <https://donnees.exemple.fr/dataset/1/> .
"""
WHOLE = """
<https://donnees.exemple.fr/dataset/1> a dcat:Dataset ;
  dct:title "Arbres"@fr ; dct:description "Les arbres de la commune."@fr ;
  dcat:keyword "arbre"@fr ; dcat:theme <http://publications.europa.eu/resource/authority/data-theme/ENVI> ;
  dct:spatial [ a dct:Location ] ; dct:temporal [ a dct:PeriodOfTime ] ;
  dct:accessRights <http://publications.europa.eu/resource/authority/access-right/PUBLIC> ;
  dcat:contactPoint [ a vcard:Kind ; vcard:hasEmail <mailto:donnees@exemple.fr> ] ;
  dct:publisher [ a foaf:Agent ; foaf:name "Commune"@fr ] ;
  dct:issued "2025-01-01"^^xsd:date ; dct:modified "2025-06-01"^^xsd:date ;
  dcat:distribution <https://donnees.exemple.fr/dataset/1/resource/a> .
<https://donnees.exemple.fr/dataset/1/resource/a> a dcat:Distribution ;
  dcat:accessURL <https://donnees.exemple.fr/page/a> ; dcat:downloadURL <https://donnees.exemple.fr/fichiers/a> ;
  dct:format <http://publications.europa.eu/resource/authority/file-type/CSV> ;
  dcat:mediaType <https://www.iana.org/assignments/media-types/text/csv> ;
  dct:license <http://publications.europa.eu/resource/authority/licence/CC_BY_4_0> ;
  dct:rights [ a dct:RightsStatement ; rdfs:label "Commune"@fr ] ; dcat:byteSize "12"^^xsd:nonNegativeInteger .
"""
HVD = """
<https://donnees.exemple.fr/dataset/1> dcatap:hvdCategory <http://data.europa.eu/bna/c_c3de25e4> ;
  dcatap:applicableLegislation <http://data.europa.eu/eli/reg_impl/2023/138/oj> .
<https://donnees.exemple.fr/dataset/1/resource/a>
  dcatap:applicableLegislation <http://data.europa.eu/eli/reg_impl/2023/138/oj> .
<https://donnees.exemple.fr/api> a dcat:DataService ; dct:title "API"@fr ;
  dcat:endpointURL <https://donnees.exemple.fr/api> ;
  dcat:endpointDescription <https://donnees.exemple.fr/api.json> ; foaf:page <https://donnees.exemple.fr/api.html> ;
  dcat:contactPoint [ a vcard:Kind ; vcard:hasEmail <mailto:donnees@exemple.fr> ] ;
  dcatap:applicableLegislation <http://data.europa.eu/eli/reg_impl/2023/138/oj> ;
  dcat:servesDataset <https://donnees.exemple.fr/dataset/1> .
"""
ANSWERS = {PAGE: 200, DOWNLOAD: 200}


def graph(*texts: str) -> Graph:
    """Read Turtle written with the prefixes above."""
    return Graph().parse(data=PREFIXES + "".join(texts), format="turtle")
