"""``python -m stack``: start, look at and stop the services of an instance."""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator

from . import postgres, preflight, site, solr, supervise
from .settings import ROOT, Instance, Site, StackError, fail, instance


@contextlib.contextmanager
def _lock(one: Instance) -> Iterator[None]:
    """Two commands on one instance wait for each other."""
    one.folder.mkdir(parents=True, exist_ok=True)
    with (one.folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _say(message: str) -> None:
    print(f"• {message}", flush=True)


def up(one: Instance) -> None:
    """Start the instance; when it already runs, only make sure that everything in it does."""
    with _lock(one):
        preflight.check_programs()
        running = supervise.pid(one) is not None
        if not running:
            preflight.check_ports(one)
            preflight.check_memory()
            if not one.solr_libraries.exists():
                _say("Téléchargement de Solr (une seule fois)…")
            solr.fetch_libraries(one)
            postgres.create(one)
        changed = solr.write_home(one)
        for each in one.sites:
            site.write_ini(one, each)
        if not running:
            supervise.write_config(one)
            _say("Démarrage de PostgreSQL, Redis et Solr…")
            supervise.start(one)
        elif changed:
            supervise.control(one, "restart", "solr")
        postgres.wait(one)
        postgres.create_databases(one)
        for each in one.sites:
            _prepare(one, each)
        solr.wait(one)
        served = [each for each in one.sites if each.served]
        names = [f"{kind}-{each.name}" for each in served for kind in ("web", "worker")]
        if names:
            _say("Démarrage du portail…")
            supervise.control(one, "start", *names)
        for each in served:
            _wait_for_web(one, each)


def _prepare(one: Instance, each: Site) -> None:
    """Migrate the databases of a site, unless this very code already did."""
    stamp = one.folder / f"{each.name}.prepared"
    wanted = _code_state()
    if stamp.exists() and stamp.read_text("utf-8") == wanted:
        return
    _say(f"Mise à jour de la base « {each.name} »…")
    environment = site.own_environment() | {"CKAN_INI": str(one.ini(each))}
    done = subprocess.run(
        # What follows "/*" on the output is SQL: the permissions come last.
        [sys.executable, "-m", "stack.prepare", str(one.ini(each)), "db upgrade", "translation js",
         "datastore set-permissions"],
        cwd=ROOT, env=environment, check=False, capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode:
        log = one.folder / "logs" / f"prepare-{each.name}.log"
        log.write_text(done.stdout + done.stderr, "utf-8")
        fail(f"La base « {each.name} » n'a pas pu être mise à jour : lisez {log}.")
    start = done.stdout.find("/*")
    postgres.grant_datastore(one, each, done.stdout[max(start, 0) :])
    stamp.write_text(wanted, "utf-8")


def _code_state() -> str:
    """What decides whether a site must be prepared again: CKAN's version, our migrations, the scripts' French."""
    from importlib.metadata import version

    migrations = sorted(path.name for path in ROOT.glob("ckanext/ca3b/**/migration/**/versions/*.py"))
    french = (ROOT / "ckanext/ca3b/i18n/fr/LC_MESSAGES/ckanext-ca3b.po").read_bytes()
    return "\n".join([version("ckan"), site.PLUGINS, *migrations, hashlib.sha256(french).hexdigest()])


def _wait_for_web(one: Instance, each: Site, seconds: float = 120) -> None:
    address = f"http://127.0.0.1:{each.port}" if one.address == "0.0.0.0" else site.site_url(one, each)
    end = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(address + "/api/3/action/status_show", timeout=30):
                return
        except (OSError, urllib.error.URLError):
            state = supervise.control(one, "status", f"web-{each.name}").stdout
            if time.monotonic() > end or "FATAL" in state:
                fail(f"Le portail ne répond pas : lisez {one.folder / 'logs' / f'web-{each.name}.log'}.")
            time.sleep(0.5)


def down(one: Instance) -> None:
    """Stop the instance."""
    with _lock(one):
        _say("Services arrêtés." if supervise.stop(one) else "Rien ne tournait.")


def status(one: Instance) -> int:
    """Print the state of each service; return 0 when all run."""
    if supervise.pid(one) is None:
        _say("Le portail est arrêté.")
        return 3
    done = supervise.control(one, "status")
    print(done.stdout, end="")
    return done.returncode


def logs(one: Instance) -> None:
    """Follow the logs of all services until interrupted."""
    files = sorted((one.folder / "logs").glob("*.log"))
    if not files:
        fail("Aucun journal : le portail n'a pas encore démarré.")
    with contextlib.suppress(KeyboardInterrupt):
        subprocess.run(["tail", "-n", "20", "-F", *map(str, files)], check=False)


def clean(one: Instance) -> None:
    """Stop the instance and delete everything it wrote."""
    down(one)
    shutil.rmtree(one.folder, ignore_errors=True)
    _say(f"{one.folder} est supprimé.")


def run(one: Instance, command: list[str], *, keep: bool, fresh: bool) -> int:
    """Run ``command`` with CKAN pointed at the instance's last site; stop the instance behind it unless ``keep``.

    ``fresh`` starts from empty databases, so that what an earlier run left cannot change the outcome.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    if fresh:
        clean(one)
    try:
        up(one)
    except BaseException:
        down(one)
        raise
    environment = os.environ | site.environment(one, one.sites[-1])
    for each in one.sites:
        environment[f"CA3B_INI_{each.name.upper()}"] = str(one.ini(each))
        environment[f"CA3B_URL_{each.name.upper()}"] = site.site_url(one, each)
    try:
        return subprocess.run(command, env=environment, check=False).returncode
    finally:
        if not keep:
            down(one)


def main() -> int:
    """Parse the command line and run it."""
    parser = argparse.ArgumentParser(prog="python -m stack", description=__doc__)
    parser.add_argument("action", choices=["up", "down", "status", "logs", "clean", "run"])
    parser.add_argument("name", help="demo, test, bench, or any other name for an instance of your own")
    parser.add_argument("--keep", action="store_true", help="with run: leave the services running")
    parser.add_argument("--fresh", action="store_true", help="with run: start from empty databases")
    # What stands behind "--" belongs to the command.
    words = sys.argv[1:]
    split = words.index("--") if "--" in words else len(words)
    arguments, command = parser.parse_args(words[:split]), words[split + 1 :]
    try:
        one = instance(arguments.name)
        if arguments.action == "up":
            up(one)
            for each in one.sites:
                print(f"{each.name}: {site.site_url(one, each) if each.served else '(no web)'} ini={one.ini(each)}")
            return 0
        if arguments.action == "run":
            return run(one, command, keep=arguments.keep, fresh=arguments.fresh)
        if arguments.action == "status":
            return status(one)
        {"down": down, "logs": logs, "clean": clean}[arguments.action](one)
    except StackError as problem:
        print(f"✗ {problem}", file=sys.stderr)
        return 2
    else:
        return 0


if __name__ == "__main__":
    sys.exit(main())
