"""The pages of the portal itself: home, stable addresses of files, the clerk's desk, wrong addresses."""

from __future__ import annotations

from ckan.lib.search import SearchError
from flask import Blueprint

from ckanext.ca3b import desk, downloads, errors, home

portal = Blueprint("ca3b", __name__)

portal.add_url_rule("/", "home", home.index)
portal.add_url_rule("/territoire.svg", "territory_drawing", home.territory_drawing)
portal.add_url_rule("/fichiers/<resource_id>", "file", downloads.download)
portal.add_url_rule("/bureau", "desk", desk.desk)
portal.add_url_rule("/publier/formulaire", "publish", desk.publish)

portal.before_app_request(errors.refuse_unknown_export)
portal.after_app_request(errors.wrong_export)
portal.app_errorhandler(SearchError)(errors.unreadable_search)
