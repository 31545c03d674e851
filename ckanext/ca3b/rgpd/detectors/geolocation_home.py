"""Coordinates of a home, as points or numbers."""

from __future__ import annotations

from .base import Detector

DETECTOR = Detector(
    category="geolocation_home",
    label="Position du logement d’une personne",
    ground="CRPA L312-1-2 ; RGPD art. 4",
    headers=(
        "latitude",
        "longitude",
        "lat",
        "lon",
        "lng",
        "long",
        "x",
        "y",
        "geometry",
        "geom",
        "geo point",
        "coordonnee",
        "coord",
        "xlong",
        "ylat",
        "wkt",
        "geo shape",
        "gps",
        "position",
        "coord x",
        "coord y",
        "the geom",
        "parcelle",
        "cadastre",
        "reference cadastrale",
    ),
    not_headers=("date", "precision", "code", "bancaire", "longueur", "systeme", "projection"),
    value_test={
        "number": r"^-?[0-9]{1,7}[.,][0-9]{2,}$|^[0-9]{6,7}$",
        "pair": r"^[\[(]?-?[0-9]{1,3}\.[0-9]{3,}[,; ]+ ?-?[0-9]{1,3}\.[0-9]{3,}[\])]?$",
        "geometry": r"(?i)^(?:srid=[0-9]+;)?(?:multi)?(?:point|polygon|linestring)|^\{.*coordinates",
        "parcel": r"^(?:[0-9]{5})?(?:[0-9]{3})? ?[A-Z0-9]{1,2} ?-?[0-9]{1,4}$",
    },
    examples=(
        ("latitude", "46.205167", "number"),
        ("geo_point", "46.205167,5.225501", "pair"),
        ("geom", "POINT (5.22 46.2)", "geometry"),
        ("parcelle", "AB 123", "parcel"),
    ),
    counter_examples=(("longueur", "46.205167"), ("latitude", "nord"), ("montant", "46.20")),
)
