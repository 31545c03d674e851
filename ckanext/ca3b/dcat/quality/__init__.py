"""The quality of a description that goes out, measured as data.europa.eu measures it. Needs no portal.

>>> from rdflib import Graph, URIRef
>>> from ckanext.ca3b.dcat import quality
>>> quality.score(Graph(), URIRef("http://localhost/dataset/1")).rating.label
'Insuffisante'
"""

from __future__ import annotations

from .hvd import Lack, hvd_lacks, is_hvd
from .hvd import lacks as all_lacks
from .model import NO, OK, PARTIAL, UNKNOWN, Catalogue, Definition, Dimension, Metric, Rating, Score, catalogue
from .scoring import score
from .stored import VERSION, Quality, measure, pack, unpack

__all__ = [
    "NO",
    "OK",
    "PARTIAL",
    "UNKNOWN",
    "VERSION",
    "Catalogue",
    "Definition",
    "Dimension",
    "Lack",
    "Metric",
    "Quality",
    "Rating",
    "Score",
    "all_lacks",
    "catalogue",
    "hvd_lacks",
    "is_hvd",
    "measure",
    "pack",
    "score",
    "unpack",
]
