"""One CKAN site: its configuration file and the environment that points any CKAN command at its services."""

from __future__ import annotations

import configparser
import os

from . import postgres, solr
from .settings import ROOT, Instance, Site

# The order matters: a plugin's templates and schemas win over those of the plugins behind it.
PLUGINS = (
    "ca3b ca3b_rgpd ca3b_publish ca3b_checks ca3b_tables ca3b_maps ca3b_dcat ca3b_harvest ca3b_obligations "
    "activity scheming_datasets scheming_organizations scheming_groups dcat structured_data croissant spatial_metadata "
    "spatial_query datastore"
)
STOCK_PLUGINS = "activity scheming_datasets dcat structured_data croissant datastore"


def services(instance: Instance, site: Site) -> dict[str, str]:
    """The settings that say where the services of ``site`` are."""
    return {
        "sqlalchemy.url": postgres.url(instance, site.database),
        "ckan.datastore.write_url": postgres.url(instance, site.datastore),
        "ckan.datastore.read_url": postgres.url(instance, site.datastore, postgres.READER),
        "solr_url": solr.core_url(instance, site),
        "ckan.redis.url": f"redis://127.0.0.1:{instance.redis_port}/{site.redis_database}",
    }


def environment(instance: Instance, site: Site) -> dict[str, str]:
    """The same as environment variables, as CKAN reads them over any configuration file."""
    named = services(instance, site)
    return {
        "CKAN_SQLALCHEMY_URL": named["sqlalchemy.url"],
        "CKAN_DATASTORE_WRITE_URL": named["ckan.datastore.write_url"],
        "CKAN_DATASTORE_READ_URL": named["ckan.datastore.read_url"],
        "CKAN_SOLR_URL": named["solr_url"],
        "CKAN_REDIS_URL": named["ckan.redis.url"],
        "CA3B_STACK_INSTANCE": instance.name,
    }


def own_environment() -> dict[str, str]:
    """The environment without CKAN's variables, which would win over the configuration file of another site."""
    return {name: value for name, value in os.environ.items() if not name.startswith("CKAN_")}


def write_ini(instance: Instance, site: Site) -> None:
    """Write the configuration file of ``site``."""
    ours = site.kind == "ca3b"
    settings = {
        "use": "egg:ckan",
        "SECRET_KEY": instance.secret("session"),
        "ckan.site_id": site.name,
        "ckan.site_url": site_url(instance, site),
        "ckan.plugins": PLUGINS if ours else STOCK_PLUGINS,
        "ckan.locale_default": "fr",
        "ckan.locales_offered": "fr",
        "ckan.views.default_views": "",  # CKAN's own are of plugins that are not enabled: a warning for each file
        "ckan.storage_path": str(instance.folder / f"files-{site.name}"),
        "ckan.webassets.path": str(instance.folder / f"webassets-{site.name}"),
        "ckan.datastore.sqlsearch.enabled": "false",
        "ckan.auth.create_user_via_web": "false",
        "ckan.upload.user.types": "image",
        "ckan.max_resource_size": "1024",
        "ckan.cors.origin_allow_all": "true",
    }
    if ours:
        settings["ckanext.ca3b.epci"] = instance.epci
        if site.name == "portal":
            settings["ckan.display_timezone"] = "Europe/Paris"  # hours as its people read them on their walls
        else:
            # Tests and measures ask nothing of other machines, but where they choose to, and answer in their place.
            settings["ckanext.ca3b.maps.base_maps"] = "none plan_ign"
            settings["ckanext.ca3b.maps.geocoder"] = "https://data.geopf.fr/geocodage/search"
        if site.name == "e2e":
            # The services that its maps ask and the catalogues that it reads are of the tests, on this machine.
            settings["ckanext.ca3b.maps.remote.private"] = "true"
            settings["ckanext.ca3b.harvest.private"] = "true"
        if instance.has_communes:
            # The catalogues of the demonstration are on this machine; a real portal reads those of the internet.
            settings["ckanext.ca3b.harvest.private"] = "true"
            settings["ckanext.ca3b.rgpd.remote_allow_private"] = "true"
            settings["ckanext.ca3b.maps.remote.private"] = "true"
            settings["ckanext.ca3b.tables.remote.private"] = "true"
        settings["ckanext.ca3b.rgpd.dpo"] = "dpo"
        settings["ckanext.ca3b.rgpd.pseudonym_key"] = instance.secret("pseudonym")
    else:
        settings["scheming.dataset_schemas"] = "ckanext.dcat.schemas:dcat_ap_recommended.yaml"
        settings["scheming.presets"] = "ckanext.scheming:presets.json ckanext.dcat.schemas:presets.yaml"
    settings |= services(instance, site)
    parser = configparser.RawConfigParser()
    parser.optionxform = str  # type: ignore[assignment, method-assign]  # CKAN's settings keep their case
    parser["app:main"] = {name: value.replace("%", "%%") for name, value in settings.items()}
    parser["loggers"] = {"keys": "root, ckan, ckanext"}
    parser["handlers"] = {"keys": "console"}
    parser["formatters"] = {"keys": "generic"}
    parser["logger_root"] = {"level": "WARNING", "handlers": "console"}
    for name in ("ckan", "ckanext"):
        parser[f"logger_{name}"] = {"level": "INFO", "handlers": "console", "qualname": name, "propagate": "0"}
    parser["handler_console"] = {
        "class": "StreamHandler", "args": "(sys.stderr,)", "level": "NOTSET", "formatter": "generic",
    }  # fmt: skip
    parser["formatter_generic"] = {"format": "%(asctime)s %(levelname)-5.5s [%(name)s] %(message)s"}
    path = instance.ini(site)
    path.touch(mode=0o600)
    with path.open("w", encoding="utf-8") as file:
        parser.write(file)


def site_url(instance: Instance, site: Site) -> str:
    """Address that people type."""
    address = "127.0.0.1" if instance.address == "0.0.0.0" else instance.address
    return f"http://{address}:{site.port}"


def ckan_command(instance: Instance, site: Site, *arguments: str) -> list[str]:
    """Command line of ``ckan`` for ``site``."""
    return [str(ROOT / ".venv" / "bin" / "ckan"), "-c", str(instance.ini(site)), *arguments]
