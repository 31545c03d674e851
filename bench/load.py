"""Fill one site with the generated catalogue through CKAN's own actions: ``python -m bench.load INI ours|stock``.

The site belongs to the measures: when the generator, the schemas or the size changed since the last load, everything
in it is deleted first.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import ckan.plugins.toolkit as tk
import sqlalchemy as sa
from ckan import model
from ckan.cli import CKANConfigLoader
from ckan.config.middleware import make_app
from ckan.lib import search
from ckan.lib.search.common import make_connection

from bench import dialects
from bench.catalogue import Record, records

HERE = Path(__file__).parent
INSTANCE = "bench"
SAVED_BY_GROUPS = 50


def state(site: str) -> str:
    """What the content of ``site`` depends on, as one digest."""
    files = [*sorted(HERE.glob("*.yaml")), HERE / "catalogue.py", HERE / "dialects.py", HERE / "load.py"]
    if site == "ours":
        package = HERE.parent / "ckanext" / "ca3b"
        files += [*sorted(package.glob("schemas/*.*")), *sorted(package.glob("territory/**/*.py"))]
        files += sorted(package.glob("vocabularies/*.yaml"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def load(ini: Path, site: str) -> int:
    """Make the content of ``site`` what the generator says; return the number of datasets written."""
    stamp = ini.with_suffix(".loaded")
    if stamp.exists() and stamp.read_text("utf-8") == state(site):
        return 0
    if os.environ.get("CA3B_STACK_INSTANCE") != INSTANCE:
        sys.exit(f"Refused: only the instance « {INSTANCE} » of the stack may be emptied and filled by the measures.")
    config = CKANConfigLoader(str(ini)).get_config()
    application = make_app(config)
    with application._wsgi_app.test_request_context():  # type: ignore[attr-defined]  # as CKAN's command line does
        stamp.unlink(missing_ok=True)
        model.repo.delete_all()
        search.clear_all()
        # CKAN would make Solr open a new searcher for each dataset; one is enough.
        tk.config["ckan.search.solr_commit"] = False
        wanted = records()
        _write(dialects.DIALECTS[site], wanted)
        _settle()
        stamp.write_text(state(site), "utf-8")
    return len(wanted)


def _settle() -> None:
    """Leave both sites in the same state, however many times they were filled before: one segment, no dead row."""
    search.commit()
    make_connection().optimize()
    model.Session.remove()
    engine = model.ensure_engine()
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text("VACUUM ANALYZE"))


def _write(dialect: dialects.Dialect, wanted: list[Record]) -> None:
    user = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]

    def act(action: str) -> Callable[[dict[str, Any]], Any]:
        return lambda data: tk.get_action(action)({"user": user, "ignore_auth": True}, data)

    owners = dialect.prepare(act)
    for number, record in enumerate(wanted, 1):
        act("package_create")(dialect.dataset(record, owners[record.commune.insee_code]))
        if number % SAVED_BY_GROUPS == 0:
            # What SQLAlchemy keeps in memory would slow each next dataset down.
            model.Session.remove()


if __name__ == "__main__":
    print(load(Path(sys.argv[1]), sys.argv[2]))
