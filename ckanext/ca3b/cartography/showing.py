"""The map as a view of CKAN's page of a file."""

from __future__ import annotations

VIEW = "ca3b_map"
# Stored with the view, like what a clerk would write there.
TITLE = "Carte"
