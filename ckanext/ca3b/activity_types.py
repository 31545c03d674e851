"""Names of the kinds of activity: ckanext-activity shows its English codes in its filter."""

from __future__ import annotations

import ckan.plugins.toolkit as tk


def label(activity_type: str) -> str:
    """Return what people read for a code such as ``new package``; an unknown code is shown as it is."""
    return {
        "new package": tk._("Dataset created"),
        "changed package": tk._("Dataset changed"),
        "deleted package": tk._("Dataset deleted"),
        "follow dataset": tk._("Dataset followed"),
        "new resource view": tk._("View created"),
        "changed resource view": tk._("View changed"),
        "deleted resource view": tk._("View deleted"),
        "new user": tk._("User registered"),
        "changed user": tk._("Profile changed"),
        "follow user": tk._("User followed"),
        "new group": tk._("Theme created"),
        "changed group": tk._("Theme changed"),
        "deleted group": tk._("Theme deleted"),
        "follow group": tk._("Theme followed"),
        "new organization": tk._("Organisation created"),
        "changed organization": tk._("Organisation changed"),
        "deleted organization": tk._("Organisation deleted"),
        "follow organization": tk._("Organisation followed"),
        "harvested catalogue": tk._("Catalogue harvested"),
    }.get(activity_type, activity_type)
