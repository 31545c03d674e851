"""What CKAN's migrations of a plugin run in; CKAN gives the address of the database."""

from __future__ import annotations

from pathlib import Path

from alembic import context
from ckan.model.meta import metadata
from sqlalchemy import engine_from_config, pool

config = context.config
name = Path(__file__).resolve().parent.name
TABLES = {"ca3b_scan", "ca3b_decision", "ca3b_original", "ca3b_alert", "ca3b_arrival"}


def include_object(_object, object_name, type_, _reflected, _compare_to):
    """Keep to the tables of this plugin."""
    return type_ != "table" or object_name in TABLES


def run_offline():
    context.configure(
        url=config.get_main_option("sqlalchemy.url"),
        target_metadata=metadata,
        literal_binds=True,
        version_table=f"{name}_alembic_version",
        include_object=include_object,
    )
    with context.begin_transaction():
        context.run_migrations()


def run_online():
    engine = engine_from_config(
        config.get_section(config.config_ini_section), prefix="sqlalchemy.", poolclass=pool.NullPool
    )
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=metadata,
            version_table=f"{name}_alembic_version",
            include_object=include_object,
        )
        with context.begin_transaction():
            context.run_migrations()


if context.is_offline_mode():
    run_offline()
else:
    run_online()
