"""The namespaces, whose terms are made once: rdflib makes and checks one anew each time it is named."""

from __future__ import annotations

from typing import Any

from rdflib import Namespace, URIRef

from ckanext.dcat.profiles import base


class Kept(Namespace):
    """A namespace that keeps the terms it has made."""

    def __getattr__(self, name: str) -> URIRef:
        term = super().__getattr__(name)
        self.__dict__[name] = term
        return term


DCAT: Any = Kept(base.DCAT)
DCATAP: Any = Kept(base.DCATAP)
DCT: Any = Kept(base.DCT)
ADMS: Any = Kept(base.ADMS)
ELI: Any = Kept("http://data.europa.eu/eli/ontology#")
GSP: Any = Kept(base.GSP)
LOCN: Any = Kept(base.LOCN)
SPDX: Any = Kept(base.SPDX)
VCARD: Any = Kept(base.VCARD)
FORMAT: URIRef = base.DCT["format"]
