"""Template helpers of the base plugin; every public name begins with ``ca3b_`` or chains one of CKAN's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ckan.plugins as p
import ckan.plugins.toolkit as tk

from ckanext.ca3b import (
    activity_types,
    config,
    dataset_page,
    downloads,
    errors,
    facts,
    formatting,
    labels,
    paging,
    search_page,
)
from ckanext.ca3b.schemas import helpers as schemas
from ckanext.ca3b.search import suggestions
from ckanext.ca3b.territory import helpers as territory
from ckanext.ca3b.territory.core import boxes

if TYPE_CHECKING:
    from collections.abc import Callable


def ca3b_date(value: formatting.Moment, with_time: bool = False) -> str:
    """Write a date in full; see :func:`ckanext.ca3b.formatting.date`."""
    return formatting.date(value, with_time=with_time)


def ca3b_number(value: float | str | None) -> str:
    """Write a number; see :func:`ckanext.ca3b.formatting.number`."""
    return formatting.number(value)


def ca3b_publish_url() -> str:
    """Return where a clerk publishes: the assistant when it is enabled, else the full form."""
    return tk.url_for("ca3b_publisher.start" if p.plugin_loaded("ca3b_publish") else "ca3b.publish")


def ca3b_draft_url(dataset: dict[str, Any]) -> str:
    """Return where a clerk finishes a draft; see :func:`ca3b_publish_url`."""
    if p.plugin_loaded("ca3b_publish"):
        return tk.url_for("ca3b_publisher.draft", id=dataset["id"])
    return tk.url_for(f"{dataset['type']}.read", id=dataset["name"])


def ca3b_replace_url(dataset: dict[str, Any], resource: dict[str, Any]) -> str:
    """Return where the file of a resource is replaced, '' when its own form is the only way."""
    if resource.get("url_type") != "upload" or not p.plugin_loaded("ca3b_publish"):
        return ""
    return tk.url_for("ca3b_publisher.replace", id=dataset["name"], resource_id=resource["id"])


def ca3b_filesize(value: float | str | None) -> str:
    """Write a size given in bytes; see :func:`ckanext.ca3b.formatting.filesize`."""
    return formatting.filesize(value)


def ca3b_activity_type(value: str) -> str:
    """Name a kind of activity; see :func:`ckanext.ca3b.activity_types.label`."""
    return activity_types.label(value)


@tk.chained_helper
def render_datetime(
    next_helper: Callable[..., str],
    datetime_: Any,
    date_format: str | None = None,
    with_hours: bool = False,
    with_seconds: bool = False,
) -> str:
    """Write the hour as the language does, where CKAN's own writes ``novembre 22, 2026, 16:03 (UTC)``."""
    if (with_hours or with_seconds) and not date_format:
        return formatting.date(datetime_, with_time=with_hours, with_seconds=with_seconds)
    return next_helper(datetime_, date_format, with_hours, with_seconds)


@tk.chained_helper
def localised_filesize(next_helper: Callable[..., str], number: float) -> str:  # noqa: ARG001
    """Write sizes in ko and Mo in CKAN's own pages too."""
    return formatting.filesize(number)


def ca3b_pager(page: Any, **parameters: Any) -> Any:
    """Return the links to the other pages of a list; see :func:`ckanext.ca3b.paging.pager`."""
    return paging.pager(page, **parameters)


def ca3b_updated(dataset: dict[str, Any]) -> Any:
    """Return the day the data last changed; see :func:`ckanext.ca3b.dataset_page.updated`."""
    return dataset_page.updated(dataset)


def ca3b_rhythm(dataset: dict[str, Any]) -> dict[str, Any]:
    """Return what to say of the freshness; see :func:`ckanext.ca3b.dataset_page.rhythm`."""
    return dataset_page.rhythm(dataset)


def ca3b_formats(dataset: dict[str, Any]) -> list[str]:
    """Return the formats of the files; see :func:`ckanext.ca3b.dataset_page.formats`."""
    return dataset_page.formats(dataset)


def ca3b_licence(dataset: dict[str, Any]) -> dict[str, str] | None:
    """Return the licence in words; see :func:`ckanext.ca3b.dataset_page.licence`."""
    return dataset_page.licence(dataset)


def ca3b_unusual_licence(dataset: dict[str, Any]) -> str:
    """Return the licence only when it is not the usual one."""
    return dataset_page.unusual_licence(dataset)


def ca3b_dataset(dataset: dict[str, Any]) -> dict[str, Any]:
    """Return all that a dataset's page needs; see :func:`ckanext.ca3b.dataset_page.summary`."""
    return dataset_page.summary(dataset)


def ca3b_file(resource: dict[str, Any]) -> dict[str, Any]:
    """Return what to say of a file; see :func:`ckanext.ca3b.dataset_page.file_summary`."""
    return dataset_page.file_summary(resource)


def ca3b_facts(fields: list[dict[str, Any]], data: dict[str, Any], hidden: list[str]) -> list[dict[str, Any]]:
    """Return the technical metadata that has a value; see :func:`ckanext.ca3b.facts.facts`."""
    return facts.facts(fields, data, hidden)


def ca3b_download_url(resource: dict[str, Any], external: bool = False) -> str:
    """Return the stable address of a file; see :func:`ckanext.ca3b.downloads.download_url`."""
    return downloads.download_url(resource, external=external)


def ca3b_facet_label(
    field: str, value: str, search_facets: dict[str, Any] | None = None, display_name: str | None = None
) -> str:
    """Return the words for a value of a facet; see :func:`ckanext.ca3b.search_page.facet_label`."""
    return search_page.facet_label(field, value, search_facets, display_name)


def ca3b_search_sorting() -> list[tuple[str, str]]:
    """Return the orders of the results; see :func:`ckanext.ca3b.search_page.sorting`."""
    return search_page.sorting()


def ca3b_error_words(code: int | list[int], detail: str | None = None) -> dict[str, str]:
    """Return the words of an error page; see :func:`ckanext.ca3b.errors.words`."""
    return errors.words(code, detail)


def ca3b_contact_email() -> str:
    """Return the address to which visitors write, '' when there is none."""
    return config.contact_email()


def ca3b_catalogue_formats() -> list[tuple[str, str]]:
    """Return the formats of the whole catalogue as (extension, name); empty when its endpoints are off."""
    if "dcat_endpoints_enabled" not in tk.h or not tk.h.dcat_endpoints_enabled():
        return []
    return [("jsonld", "JSON-LD"), ("ttl", "Turtle"), ("xml", "RDF/XML")]


def ca3b_communes() -> Any:
    """List the communes; see :func:`ckanext.ca3b.territory.helpers.communes`."""
    return territory.communes()


def ca3b_communes_bbox() -> Any:
    """Bound the agglomeration; see :func:`ckanext.ca3b.territory.helpers.communes_bbox`."""
    return territory.communes_bbox()


def ca3b_searched_box() -> str:
    """Return the box of the address of the page, '' when there is none that can be searched."""
    asked = tk.request.args.get("ext_bbox", "")
    return asked if boxes.read_box(asked) else ""


def ca3b_commune_names(codes: list[str] | str | None) -> list[str]:
    """Name communes; see :func:`ckanext.ca3b.territory.helpers.commune_names`."""
    return territory.commune_names(codes)


def ca3b_drawing(codes: list[str] | None = None) -> Any:
    """Draw communes; see :func:`ckanext.ca3b.territory.helpers.drawing`."""
    return territory.drawing(codes)


def ca3b_organization_facts(organization: dict[str, Any]) -> dict[str, Any]:
    """Describe the territory of an organisation; see :func:`ckanext.ca3b.territory.helpers.organization_facts`."""
    return territory.organization_facts(organization)


def ca3b_kind_label(kind: str | None) -> str:
    """Name a kind of organisation; see :func:`ckanext.ca3b.territory.helpers.kind_label`."""
    return territory.kind_label(kind)


def ca3b_outlines_source() -> str:
    """Credit the outlines; see :func:`ckanext.ca3b.territory.helpers.outlines_source`."""
    return territory.outlines_source()


def ca3b_map_messages() -> dict[str, str]:
    """Words for the scripts of maps; see :func:`ckanext.ca3b.territory.helpers.map_messages`."""
    return territory.map_messages()


def ca3b_search_suggestions(query: str | None) -> list[dict[str, Any]]:
    """Return other words to search for; see :func:`ckanext.ca3b.search.suggestions.of_page`."""
    return suggestions.of_page(query)


def ca3b_code(table: str, value: str) -> str:
    """Return the code by which a facet knows a concept; the value itself when it is in no vocabulary."""
    entry = labels.find(table, value)
    return entry.code if entry else value


def ca3b_choices(field: dict[str, Any]) -> list[dict[str, Any]]:
    """List the entries of a field's vocabulary; see :func:`ckanext.ca3b.schemas.helpers.choices`."""
    return schemas.choices(field)


def ca3b_licence_choices(field: dict[str, Any]) -> list[dict[str, Any]]:
    """List the licences by code; see :func:`ckanext.ca3b.schemas.helpers.licence_choices`."""
    return schemas.licence_choices(field)


def ca3b_licence_uri_choices(field: dict[str, Any]) -> list[dict[str, Any]]:
    """List the licences by URI; see :func:`ckanext.ca3b.schemas.helpers.licence_uri_choices`."""
    return schemas.licence_uri_choices(field)


def ca3b_commune_choices(field: dict[str, Any]) -> list[dict[str, Any]]:
    """List the communes; see :func:`ckanext.ca3b.schemas.helpers.commune_choices`."""
    return schemas.commune_choices(field)


def ca3b_format_choices() -> list[dict[str, str]]:
    """List the formats; see :func:`ckanext.ca3b.schemas.helpers.format_choices`."""
    return schemas.format_choices()


def ca3b_hvd_tree() -> list[dict[str, Any]]:
    """List the high-value categories; see :func:`ckanext.ca3b.schemas.helpers.hvd_tree`."""
    return schemas.hvd_tree()


def ca3b_form_rows(field: dict[str, Any], data: dict[str, Any]) -> list[dict[str, Any]]:
    """List the rows of a repeating field; see :func:`ckanext.ca3b.schemas.helpers.form_rows`."""
    return schemas.form_rows(field, data)


def ca3b_subfield(field: dict[str, Any], index: int | str, sub: dict[str, Any]) -> dict[str, Any]:
    """Name a subfield as posted; see :func:`ckanext.ca3b.schemas.helpers.subfield`."""
    return schemas.subfield(field, index, sub)


def ca3b_flat_errors(field: dict[str, Any], errors: dict[str, Any]) -> dict[str, Any]:
    """List the errors of rows by posted name; see :func:`ckanext.ca3b.schemas.helpers.flat_errors`."""
    return schemas.flat_errors(field, errors)


def ca3b_form_errors(
    errors: dict[str, Any], fields: list[dict[str, Any]], data: dict[str, Any] | None = None, page: int | None = None
) -> list[dict[str, str]]:
    """List the errors of a form; see :func:`ckanext.ca3b.schemas.helpers.form_errors`."""
    return schemas.form_errors(errors, fields, data, page)


def ca3b_form_organizations(data: dict[str, Any]) -> list[dict[str, Any]]:
    """List who may publish; see :func:`ckanext.ca3b.schemas.helpers.form_organizations`."""
    return schemas.form_organizations(data)


def ca3b_theme_icon(value: Any) -> str:
    """Return the icon of a theme; see :func:`ckanext.ca3b.schemas.helpers.theme_icon`."""
    return schemas.theme_icon(value)
