"""The portal's own face where the operator did not choose one: title, logo, icon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ckanext.ca3b.territory.current import current_or_none

from . import config

if TYPE_CHECKING:
    import ckan.plugins.toolkit as tk

LOGO = "/ca3b/logo.svg"
ICON = "/ca3b/favicon.svg"

# CKAN's own defaults, which nobody chooses for a portal.
_CKAN = {
    "ckan.site_title": "CKAN",
    "ckan.site_logo": "/base/images/ckan-logo.png",
    "ckan.favicon": "/base/images/ckan.ico",
    "ckan.auth.route_after_login": "dashboard.datasets",
    "ckan.template_title_delimiter": "-",
    "ckan.gravatar_default": "identicon",
}


def set_defaults(settings: tk.CKANConfig) -> None:
    """Replace CKAN's defaults by the portal's; what the operator chose stays."""
    ours = {
        "ckan.site_title": site_title(),
        "ckan.site_logo": LOGO,
        "ckan.favicon": ICON,
        "ckan.auth.route_after_login": "ca3b.desk",
        "ckan.template_title_delimiter": "–",
        # No picture is asked of a service outside: the address of a clerk is nobody's business.
        "ckan.gravatar_default": "disabled",
    }
    for key, value in ours.items():
        if settings.get(key) in {None, "", _CKAN[key]}:
            settings[key] = value


def site_title() -> str:
    """Return « Données ouvertes – name of the agglomeration »; without the name when the code is unknown."""
    name = config.agglomeration_name()
    if not name and (territory := current_or_none()):
        name = territory.epci.usual_name
    return f"Données ouvertes – {name}" if name else "Données ouvertes"
