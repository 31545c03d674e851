"""Solr: its jars from Maven Central, one core per site."""

from __future__ import annotations

import fcntl
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from importlib import resources
from pathlib import Path

from .settings import Instance, Site, fail

HERE = Path(__file__).parent / "solr"
MEMORY = "512m"


def fetch_libraries(instance: Instance) -> None:
    """Bring Solr's jars once; a broken download leaves nothing behind."""
    target = instance.solr_libraries
    target.parent.mkdir(parents=True, exist_ok=True)
    with (target.parent / "solr-lib.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if target.exists():
            return
        partial = target.with_name("solr-lib.partial")
        shutil.rmtree(partial, ignore_errors=True)
        done = subprocess.run(
            ["mvn", "-q", "-B", "-f", str(HERE / "pom.xml"), "dependency:copy-dependencies",
             f"-DoutputDirectory={partial}"],
            check=False, capture_output=True, text=True,
        )  # fmt: skip
        if done.returncode:
            reason = next((line for line in done.stdout.splitlines() if "ERROR" in line), done.stderr.strip())
            fail(f"Maven n'a pas pu télécharger Solr (accès à Maven Central ?) : {reason}")
        partial.rename(target)


def command(instance: Instance) -> list[str]:
    """Command line of the server, to be run in the foreground."""
    libraries = f"{instance.solr_libraries}/*"
    return ["java", f"-Xmx{MEMORY}", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=4", "-cp", libraries,
            str(HERE / "Main.java"), str(home(instance)), str(instance.solr_port)]  # fmt: skip


def home(instance: Instance) -> Path:
    """Folder of the cores."""
    return instance.folder / "solr"


def core_url(instance: Instance, site: Site) -> str:
    """Address of the core of ``site``."""
    return f"http://127.0.0.1:{instance.solr_port}/solr/{site.database}"


def write_home(instance: Instance) -> bool:
    """Write the configuration of every core; return whether one of them changed, so that the server must restart."""
    from ckanext.ca3b.search import write_conf

    folder = home(instance)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "solr.xml").write_text('<?xml version="1.0" encoding="UTF-8"?>\n<solr/>\n', "utf-8")
    changed = False
    for site in instance.sites:
        core = folder / site.database
        conf = core / "conf"
        before = _contents(conf)
        write_conf(conf)
        if site.kind == "stock":
            stock = resources.files("ckan") / "config" / "solr" / "schema.xml"
            (conf / "schema.xml").write_bytes(stock.read_bytes())
        (core / "core.properties").write_text(f"name={site.database}\n", "utf-8")
        changed |= before != _contents(conf)
    return changed


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*") if path.is_file()}


def wait(instance: Instance, seconds: float = 120) -> None:
    """Wait until every core answers."""
    end = time.monotonic() + seconds
    for site in instance.sites:
        while True:
            try:
                with urllib.request.urlopen(core_url(instance, site) + "/admin/ping", timeout=5):
                    break
            except (OSError, urllib.error.URLError):
                if time.monotonic() > end:
                    fail(f"Solr ne répond pas : lisez {instance.folder / 'logs' / 'solr.log'}.")
                time.sleep(0.3)
