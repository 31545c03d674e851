"""Migrations of the plugin ``ca3b_harvest``, run by « ckan db upgrade »."""

from __future__ import annotations

from alembic import context
from ckan.model.meta import metadata
from sqlalchemy import engine_from_config, pool

NAME = "ca3b_harvest"

configuration = context.config


def run() -> None:
    section = configuration.get_section(configuration.config_ini_section) or {}
    connectable = engine_from_config(section, prefix="sqlalchemy.", poolclass=pool.NullPool)
    with connectable.connect() as connection:
        context.configure(connection=connection, target_metadata=metadata, version_table=f"{NAME}_alembic_version")
        with context.begin_transaction():
            context.run_migrations()


run()
