"""``dcat_catalog_show``, ``dcat_catalog_search``, ``dcat_dataset_show``: the same graphs as the feeds, as text.

Those who ask for other ``profiles`` have them from ckanext-dcat, out of what they may read of the datasets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ckan.plugins as p
import ckan.plugins.toolkit as tk

from ckanext.ca3b.dcat.feeds import asking, pages
from ckanext.ca3b.dcat.feeds.asking import RefusedError
from ckanext.ca3b.dcat.feeds.writing import FORMATS
from ckanext.ca3b.dcat.scope import WHOLE

if TYPE_CHECKING:
    from ckan.types import Action, Context

    from ckanext.ca3b.dcat.feeds.writing import Format

_PARAMETERS = ("page", "after", "modified_since", "q", "fq", "rows")
#: What ckanext-dcat gives to those who name no format.
_USUAL = "rdf"


@tk.side_effect_free
@tk.chained_action
def dcat_catalog_show(up_func: Action, context: Context, data_dict: dict[str, Any]) -> Any:
    """Return a page of the catalogue, as text.

    :param format: (optional) an ending of the addresses of the catalogue: ``rdf`` (the default), ``ttl``, ``jsonld``...
    :param page, after, modified_since, q, fq, rows: (optional) as in these addresses
    :param profiles: (optional) profiles of ckanext-dcat, in the place of ours
    """
    tk.check_access("dcat_catalog_show", context, data_dict)
    return _catalogue(up_func, context, data_dict)


@tk.side_effect_free
@tk.chained_action
def dcat_catalog_search(up_func: Action, context: Context, data_dict: dict[str, Any]) -> Any:
    """Return a page of the datasets that a search finds, as text; see ``dcat_catalog_show``."""
    tk.check_access("dcat_catalog_search", context, data_dict)
    return _catalogue(up_func, context, data_dict)


@tk.side_effect_free
@tk.chained_action
def dcat_dataset_show(up_func: Action, context: Context, data_dict: dict[str, Any]) -> Any:
    """Return a dataset, as text; one that does not go out, to those who may read it, as ckanext-dcat describes it.

    :param id: id or name of the dataset
    :param format, profiles: (optional) see ``dcat_catalog_show``
    """
    tk.check_access("dcat_dataset_show", context, data_dict)
    wanted = _format(data_dict)
    found = None if data_dict.get("profiles") else pages.dataset_text(str(tk.get_or_bust(data_dict, "id")), wanted)
    return found.decode() if found is not None else up_func(context, data_dict)


def get_actions() -> dict[str, Any]:
    """Return the actions of the plugin ``dcat`` when it is there, for ``IActions``."""
    ours = (dcat_catalog_show, dcat_catalog_search, dcat_dataset_show) if p.plugin_loaded("dcat") else ()
    return {one.__name__: one for one in ours}


def _catalogue(up_func: Action, context: Context, data_dict: dict[str, Any]) -> Any:
    wanted = _format(data_dict)
    if data_dict.get("profiles"):
        return up_func(context, data_dict)
    given = {name: str(data_dict[name]) for name in _PARAMETERS if data_dict.get(name) not in {None, ""}}
    try:
        return pages.catalogue_text(WHOLE, wanted, asking.question(WHOLE, given)).decode()
    except RefusedError as error:
        raise tk.ValidationError({"message": [error.sentence]}) from error


def _format(data_dict: dict[str, Any]) -> Format:
    ending = str(data_dict.get("format") or _USUAL)
    if ending not in FORMATS:
        known = ", ".join(FORMATS)
        sentence = tk._("The catalogue has no such format. It has: {formats}.").format(formats=known)
        raise tk.ValidationError({"format": [sentence]})
    return FORMATS[ending]
