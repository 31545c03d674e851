"""ckanext-harvest, kept beside CKAN and not in it, and what makes ``dcat_rdf_harvester`` run on CKAN 2.12.

ckanext-harvest 1.6.3 breaks on CKAN 2.12: after a job it indexes the dataset of its source without validation, and the
next job of the source fails (``KeyError: 'source_type'``). So the dataset of the source is a plain row, jobs are
closed without its own bookkeeping, and the stages of the harvester are called one after the other in this process, as
``ckan harvester run-test`` does. The harvester, the actions, the index and the commits are untouched; the queues of
Redis, which it would pay for too, are not counted against it.
"""

from __future__ import annotations

import configparser
import subprocess
import sys
import uuid
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / ".state" / "bench-peers" / "harvest"
VERSION = "1.6.3"
PACKAGES = (f"ckanext-harvest=={VERSION}", "ckantoolkit>=0.0.7")
PLUGINS = "harvest dcat_rdf_harvester"
_PATIENCE = 600


def install() -> str:
    """Have the peer in a folder of its own; return why it cannot be had, or nothing."""
    if (FOLDER / "ckanext" / "harvest").exists() and (FOLDER / "ckantoolkit").exists():
        return ""
    command = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(FOLDER), *PACKAGES]
    done = subprocess.run(command, capture_output=True, text=True, timeout=_PATIENCE, check=False)
    return "" if done.returncode == 0 else done.stderr[-300:]


def configure(ini: Path) -> Path:
    """Write beside ``ini`` the same site with the harvester; return the file."""
    parser = configparser.RawConfigParser()
    parser.optionxform = str  # type: ignore[assignment, method-assign]  # CKAN's settings keep their case
    parser.read(ini, "utf-8")
    plugins = parser["app:main"]["ckan.plugins"]
    parser["app:main"]["ckan.plugins"] = f"{plugins} {PLUGINS}"
    parser["app:main"]["ckanext.dcat.max_file_size"] = "500"
    path = ini.with_name("stock-harvest.ini")
    path.touch(mode=0o600)
    with path.open("w", encoding="utf-8") as file:
        parser.write(file)
    return path


def prepare(address: str, organization: str) -> Any:
    """Have the tables and the source of the peer; return the source, whose address is ``address``."""
    from ckan import model  # noqa: PLC0415 - only where the peer runs
    from ckan.cli.db import _run_migrations  # noqa: PLC0415
    from ckanext.harvest.model import HarvestSource  # noqa: PLC0415 # pyright: ignore[reportMissingImports]

    _run_migrations("harvest", "head", True)
    id_ = str(uuid.uuid5(uuid.NAMESPACE_URL, "source"))
    if model.Package.get(id_) is None:
        facts = {"name": "source-moisson", "type": "harvest", "url": address, "owner_org": organization}
        model.Session.add(model.Package(id=id_, **facts))
        model.Session.commit()
    source = HarvestSource.get(id_) or HarvestSource(id=id_, url=address, type="dcat_rdf", active=True)
    source.url = address
    source.save()
    return source


def run(source: Any) -> int:
    """Harvest the source once; return how many records were taken. Raises RuntimeError when one was not."""
    import ckan.plugins as p  # noqa: PLC0415
    from ckan import model  # noqa: PLC0415
    from ckanext.harvest.interfaces import IHarvester  # noqa: PLC0415 # pyright: ignore[reportMissingImports]
    from ckanext.harvest.model import HarvestJob, HarvestObject  # noqa: PLC0415 # pyright: ignore[reportMissingImports]

    harvester: Any = next(one for one in p.PluginImplementations(IHarvester) if one.info()["name"] == "dcat_rdf")
    job = HarvestJob(source=source, status="Running")
    job.save()
    ids = harvester.gather_stage(job)
    taken = 0
    for id_ in ids:
        one = HarvestObject.get(id_)
        done = harvester.fetch_stage(one) and harvester.import_stage(one)
        if not done:
            raise RuntimeError(f"the peer could not take a record: {[error.message[:500] for error in one.errors]}")
        taken += 1
    if not ids:
        raise RuntimeError(f"the peer gathered nothing: {[error.message for error in job.gather_errors]}")
    job.status = "Finished"
    job.save()
    model.Session.commit()
    return taken


def on_path() -> None:
    """Have the peer importable in this process, with its plugins."""
    import site  # noqa: PLC0415

    site.addsitedir(str(FOLDER))
    try:
        distribution("ckanext-harvest")
    except PackageNotFoundError as problem:
        raise RuntimeError("ckanext-harvest is not installed beside CKAN") from problem
