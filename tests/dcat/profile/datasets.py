"""Datasets as a visitor reads them, rich in everything that the schema has."""

from __future__ import annotations

from typing import Any

from ckanext.ca3b.catalogue import Checked, Conforms, Crs, Extent, Service

EU = "http://publications.europa.eu/resource/authority"
ID = "0a1b2c3d-0000-4000-8000-000000000001"
FILE = "0a1b2c3d-0000-4000-9000-000000000001"
LINK = "0a1b2c3d-0000-4000-9000-000000000002"
OWNER = "0a1b2c3d-0000-4000-a000-000000000001"


def rich(**changes: Any) -> dict[str, Any]:
    """Return addresses of a commune: high-value, geographic, harvested, with a file and a linked service."""
    return {
        "id": ID,
        "name": "adresses-de-viriat",
        "title": "Adresses de Viriat",
        "notes": "La base adresse locale : numéros, voies et positions.",
        "type": "dataset",
        "state": "active",
        "private": False,
        "owner_org": OWNER,
        "license_id": "lov2",
        "theme": [f"{EU}/data-theme/REGI", f"{EU}/data-theme/GOVE"],
        "tags": [{"name": "adresses"}, {"name": "fil d'eau"}],
        "communes": ["01451"],
        "temporal_coverage": [{"start": "2025", "end": "2025-06"}, {"start": "", "end": ""}],
        "frequency": f"{EU}/frequency/MONTHLY",
        "modified": "2025-12-31",
        "issued": "2021-03",
        "temporal_resolution": "P1D",
        "spatial_resolution_in_meters": "0.5",
        "reference_system": ["http://www.opengis.net/def/crs/EPSG/0/2154"],
        "spatial_coverage": [{"uri": "http://id.insee.fr/geo/commune/01451", "text": "Viriat", "bbox": BBOX}],
        "contact": [
            {"name": "Mairie de Viriat", "email": "donnees@viriat.fr", "url": "https://www.viriat.fr/contact"},
            {"name": "", "email": "sig@viriat.fr", "uri": "https://www.viriat.fr/sig"},
        ],
        "access_rights": f"{EU}/access-right/PUBLIC",
        "language": [f"{EU}/language/FRA"],
        "provenance": "Relevé sur place, recoupé avec le cadastre.",
        "conforms_to": ["https://aitf-sig-topo.github.io/voies-adresses/", "Format BAL 1.4"],
        "documentation": ["https://www.viriat.fr/notice.pdf"],
        "url": "https://www.viriat.fr/adresses",
        "version": "2025-2",
        "version_notes": "Douze voies ajoutées.",
        "creator": [{"name": "Géomètres de l'Ain", "url": "https://geometres.example", "identifier": "123456782"}],
        "hvd_category": ["http://data.europa.eu/bna/c_c3de25e4"],
        "inspire_theme": ["http://inspire.ec.europa.eu/theme/ad"],
        "applicable_legislation": ["https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000033205512/"],
        "identifier": "urn:uuid:5b1f6a1e-0000-4000-8000-0000000000aa",
        "alternate_identifier": ["BAL-01451"],
        "dcat_type": f"{EU}/dataset-type/GEOSPATIAL",
        "is_referenced_by": ["https://www.viriat.fr/rapport", "Rapport annuel 2024"],
        "has_version": ["https://ailleurs.example/dataset/1"],
        "qualified_relation": [{"uri": "", "relation": "https://ailleurs.example/dataset/2", "role": "source"}],
        "uri": "https://donnees.viriat.fr/dataset/1",
        "metadata_created": "2025-01-01T10:00:00.123456",
        "metadata_modified": "2025-06-01T10:00:00.123456",
        "resources": [upload(), link()],
        **changes,
    }


BBOX = '{"type": "Polygon", "coordinates": [[[5.1, 46.2], [5.3, 46.2], [5.3, 46.3], [5.1, 46.3], [5.1, 46.2]]]}'


def upload(**changes: Any) -> dict[str, Any]:
    """Return a file of the portal."""
    return {
        "id": FILE,
        "package_id": ID,
        "name": "Adresses",
        "description": "Une ligne par adresse.",
        "format": "CSV",
        "mimetype": "text/csv",
        "size": 123456,
        "hash": "ab" * 32,
        "hash_algorithm": "",
        "url_type": "upload",
        "url": f"https://portail.example/dataset/{ID}/resource/{FILE}/download/adresses.csv",
        "created": "2025-01-01T10:00:00.123456",
        "last_modified": "2025-05-01T10:00:00",
        "metadata_modified": "2025-06-01T10:00:00",
        "status": f"{EU}/distribution-status/COMPLETED",
        "availability": f"{EU}/planned-availability/STABLE",
        "language": [f"{EU}/language/FRA"],
        "documentation": ["https://www.viriat.fr/notice.pdf"],
        "rights": "Droits de la commune.",
        "compress_format": "application/gzip",
        "package_format": "ZIP",
        "temporal_resolution": "P1D",
        "spatial_resolution_in_meters": 5,
        **changes,
    }


def link(**changes: Any) -> dict[str, Any]:
    """Return a service of another site, as harvested."""
    return {
        "id": LINK,
        "package_id": ID,
        "name": "Service WFS",
        "format": "WFS_SRVC",
        "url_type": "",
        "url": "https://geo.example/wfs?request=GetCapabilities",
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "conforms_to": ["http://www.opengis.net/def/serviceType/ogc/wfs"],
        "created": "2025-01-01T10:00:00.123456",
        "metadata_modified": "2025-06-01T10:00:00",
        "access_services": [
            {
                "uri": "https://geo.example/wfs",
                "title": "WFS de Viriat",
                "description": "Toutes les couches.",
                "endpoint_description": "https://geo.example/wfs?request=GetCapabilities",
                "endpoint_url": ["https://geo.example/wfs"],
                "landing_page": ["https://geo.example/"],
                "conforms_to": ["http://www.opengis.net/def/serviceType/ogc/wfs", "WFS 2.0"],
                "license": "Licence Ouverte",
                "contact": [{"name": "SIG", "email": "sig@geo.example"}],
                "modified": "2025-01-01",
                "theme": [f"{EU}/data-theme/REGI"],
                "language": ["fr"],
                "rights": ["Libre"],
                "format": ["GML"],
            }
        ],
        **changes,
    }


def facts() -> dict[str, list[Any]]:
    """Return what the rooms know of the file of the portal."""
    base = "https://portail.example"
    return {
        FILE: [
            Conforms(
                "https://schema.data.gouv.fr/schemas/etalab/bal/1.4.0/schema.json", "Base adresse locale", "1.4.0"
            ),
            Checked("ab" * 32),
            Crs("http://www.opengis.net/def/crs/EPSG/0/2154"),
            Extent(5.16, 46.21, 5.29, 46.29),
            Service("datastore", "API de « Adresses »", f"{base}/api/1", f"{base}/api/1/openapi.json", f"{base}/doc"),
            Service(
                "ogc-features",
                "Objets de « Adresses »",
                f"{base}/ogc/1",
                f"{base}/ogc/1/api",
                f"{base}/ogc/1/doc",
                ("http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",),
                "application/geo+json",
            ),
        ]
    }
