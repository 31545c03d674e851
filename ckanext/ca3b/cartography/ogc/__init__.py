"""OGC API – Features 1.0 (OGC 17-069r4): core, GeoJSON and OpenAPI 3.0, over the maps of the portal."""
