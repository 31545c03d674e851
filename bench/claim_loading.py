"""The DataStore: a file of a million rows becomes a table that is searched, ours against ckanext-xloader.

Each is measured as it works by default, in a process of its own on its own site: ours from the reading of the file to
the index of its words, comparison of every value included; xloader from ``load_csv``, the first that its job tries, to
``create_column_indexes``, as in its job, every column being text.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench import tables_file
from bench.figures import Figure

ROWS = 1_000_000
# In one column of some rows, the same stem in every configuration.
WORD = "piano"
LIMIT = 1 / 3

_START = """
import json, logging, resource, sys, time, uuid
from ckan.cli import load_config
from ckan.config.middleware import make_app
make_app(load_config(sys.argv[1]))
import ckan.plugins.toolkit as tk
from ckanext.datastore.backend.postgres import get_write_engine

def context():
    return {"ignore_auth": True, "user": tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]}

def ask(statement, *values):
    with get_write_engine().begin() as connection:
        answer = connection.exec_driver_sql(statement, values)
        return answer.fetchone() if answer.returns_rows else None

def say(table, start, served, words):
    done = time.monotonic()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found = "count(*) FILTER (WHERE _full_text @@ plainto_tsquery(%s))"
    rows, found = ask(f'SELECT count(*), {found} FROM "{table}"', words)
    ask(f'DROP TABLE "{table}"')
    figures = {"seconds": done - start, "served": served - start, "memory": memory, "rows": rows, "found": found}
    print(json.dumps(figures))
"""

_OURS = """
from ckanext.ca3b import tables
from ckanext.ca3b.serving import dictionary
from ckanext.ca3b.serving.store import replace

table = str(uuid.uuid4())
start = time.monotonic()
read = tables.read(sys.argv[2])
replace.replace(table, read, facts={"sha256": ""}, describe=dictionary.describer(table, None))
served = time.monotonic()
replace.index_words(table)
say(table, start, served, sys.argv[3])
"""

_PEER = """
from ckanext.xloader import loader

name = "bench-" + uuid.uuid4().hex
owner = tk.get_action("organization_create")(context(), {"name": name, "title": "Bench"})
described = {"name": name, "title": "Bench", "notes": "Bench", "license_id": "notspecified", "owner_org": owner["id"]}
dataset = tk.get_action("package_create")(context(), described)
file = {"package_id": dataset["id"], "url": "https://example.org/a.csv", "format": "CSV"}
table = tk.get_action("resource_create")(context(), file)["id"]
logger = logging.getLogger("xloader")
start = time.monotonic()
fields = loader.load_csv(sys.argv[2], table, mimetype="CSV", allow_type_guessing=True, logger=logger)
loader.calculate_record_count(table, logger)
served = time.monotonic()
loader.create_column_indexes(fields, table, logger)
say(table, start, served, sys.argv[3])
tk.get_action("dataset_purge")(context(), {"id": dataset["id"]})
tk.get_action("organization_purge")(context(), {"id": owner["id"]})
"""


def measure() -> Iterator[Figure]:
    """Time to the index of words, time until visitors are served, peak memory of the process."""
    name = f"ckanext-xloader-{version('ckanext-xloader')}"
    with tempfile.TemporaryDirectory(prefix="ca3b-bench-") as folder:
        file = tables_file.export(Path(folder) / "export.csv", ROWS)
        ours = _run("ours", _OURS, file)
        peer = _run("stock", _PEER, file)
    for tool, found in (("ours", ours), (name, peer)):
        if found["rows"] != ROWS or not found["found"]:
            raise RuntimeError(f"{tool} loaded {found['rows']} rows, and a search finds {found['found']} of them")
    details = {"rows": ROWS, "ours": ours, "peer": peer}
    yield Figure("loading_1m", ours["seconds"], peer["seconds"], "s", name, LIMIT, details)
    yield Figure("loading_1m_served", ours["served"], peer["served"], "s", name, LIMIT)
    yield Figure("loading_1m_memory", ours["memory"], peer["memory"], "MB", name)


def _run(site: str, steps: str, file: Path) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-c", _START + steps, os.environ[f"CA3B_INI_{site.upper()}"], str(file), WORD],
        check=False, capture_output=True, text=True, cwd=Path(__file__).parent.parent,
        env={name: value for name, value in os.environ.items() if not name.startswith("CKAN_")},
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"the load of the site « {site} » failed: {done.stderr[-2000:]}")
    return json.loads(done.stdout.splitlines()[-1])
