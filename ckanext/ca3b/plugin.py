"""The base plugin ``ca3b``: schemas, theme, territory, helpers. Nothing but wiring."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ckan.plugins as p
import ckan.plugins.toolkit as tk

from ckanext.ca3b import cli, search_page, theme, uploads, validators
from ckanext.ca3b import views as portal_views
from ckanext.ca3b.schemas import actions as schema_actions
from ckanext.ca3b.schemas import defaults as schema_defaults
from ckanext.ca3b.schemas import groups as theme_groups
from ckanext.ca3b.schemas import indexing as schema_indexing
from ckanext.ca3b.schemas import views as schema_views
from ckanext.ca3b.search import adapter as french_search
from ckanext.ca3b.territory import actions as territory_actions
from ckanext.ca3b.territory import auth as territory_auth
from ckanext.ca3b.territory import indexing, views
from ckanext.ca3b.translations import LastTranslation

if TYPE_CHECKING:
    from collections import OrderedDict

    import flask
    from ckan.types import Context


@tk.blanket.config_declarations
@tk.blanket.helpers
@tk.blanket.cli(cli.get_commands)
@tk.blanket.validators(validators.get_validators)
class Ca3bPlugin(p.SingletonPlugin, LastTranslation):
    """Wire the portal of the agglomeration into CKAN."""

    p.implements(p.IActions)
    p.implements(p.IAuthFunctions)
    p.implements(p.IBlueprint)
    p.implements(p.IConfigurer)
    p.implements(p.IFacets, inherit=True)
    p.implements(p.IPackageController, inherit=True)
    p.implements(p.IMiddleware, inherit=True)
    p.implements(p.ITranslation)
    p.implements(p.IUploader, inherit=True)

    def update_config(self, config_: tk.CKANConfig) -> None:
        tk.add_template_directory(config_, "templates")
        tk.add_public_directory(config_, "public")
        tk.add_resource("assets", "ca3b")
        schema_defaults.set_defaults(config_)
        french_search.set_defaults(config_)
        theme.set_defaults(config_)

    def get_actions(self) -> dict[str, Any]:
        return {"ca3b_territory_load": territory_actions.ca3b_territory_load, **schema_actions.get_actions()}

    def get_auth_functions(self) -> dict[str, Any]:
        return {
            "ca3b_territory_load": territory_auth.ca3b_territory_load,
            "organization_create": territory_auth.organization_create,
            "group_create": territory_auth.group_create,
        }

    def get_resource_uploader(self, data_dict: dict[str, Any]) -> uploads.WholeUpload | None:
        return uploads.resource_uploader(data_dict)

    def get_blueprint(self) -> list[flask.Blueprint]:
        return [portal_views.portal, views.communes, schema_views.publishing]

    def dataset_facets(self, facets_dict: OrderedDict[str, Any], package_type: str) -> OrderedDict[str, Any]:  # noqa: ARG002
        return search_page.facets(facets_dict)

    def organization_facets(
        self,
        facets_dict: OrderedDict[str, Any],
        organization_type: str,  # noqa: ARG002
        package_type: str | None,  # noqa: ARG002
    ) -> OrderedDict[str, Any]:
        return search_page.facets(facets_dict)

    def group_facets(
        self,
        facets_dict: OrderedDict[str, Any],
        group_type: str,  # noqa: ARG002
        package_type: str | None,  # noqa: ARG002
    ) -> OrderedDict[str, Any]:
        return search_page.facets(facets_dict)

    def before_dataset_index(self, pkg_dict: dict[str, Any]) -> dict[str, Any]:
        # Communes are read by the territory before the schema takes the lists out of the document.
        return schema_indexing.index_dataset(indexing.index_dataset(french_search.add_titles(pkg_dict)))

    def after_dataset_create(self, context: Context, pkg_dict: dict[str, Any]) -> None:
        theme_groups.join_themes(pkg_dict["id"], context.get(theme_groups.GROUPS))  # pyright: ignore[reportArgumentType]

    def after_dataset_update(self, context: Context, pkg_dict: dict[str, Any]) -> None:  # noqa: ARG002
        theme_groups.follow_themes(pkg_dict["id"])

    def before_dataset_search(self, search_params: dict[str, Any]) -> dict[str, Any]:
        return french_search.adapt(search_params)

    def after_dataset_search(self, search_results: dict[str, Any], search_params: dict[str, Any]) -> dict[str, Any]:
        return french_search.add_suggestions(indexing.name_communes(search_results), search_params)
