"""PostgreSQL: a cluster of its own, owned by an ordinary user, with the databases of the sites."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import time
from pathlib import Path

from .preflight import postgres_bin
from .settings import Instance, Site, fail

OWNER = "ckan"
READER = "ckan_reader"
SUPERUSER = "postgres"


def _as_owner(folder: Path) -> list[str]:
    """Prefix that runs a command as the cluster's owner.

    PostgreSQL refuses to run as root. Its own user may be barred from the way to the folder (a home closed to others):
    then it keeps the one capability that lets it walk through, and the state stays in one folder.
    """
    if os.geteuid() != 0:
        return []
    user = pwd.getpwnam(SUPERUSER)
    drop = ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--init-groups"]
    reachable = subprocess.run([*drop, "test", "-x", str(folder)], check=False, capture_output=True)
    if reachable.returncode == 0:
        return drop
    return [*drop, "--inh-caps=+dac_override", "--ambient-caps=+dac_override"]


def data_folder(instance: Instance) -> Path:
    """Folder of the cluster's files."""
    return instance.folder / "postgres"


def command(instance: Instance) -> list[str]:
    """Command line of the server, to be run in the foreground."""
    data = data_folder(instance)
    options = {
        "listen_addresses": "127.0.0.1",
        "port": str(instance.postgres_port),
        "unix_socket_directories": "",
        "shared_buffers": "128MB",
        "max_connections": "120",
    }
    if instance.name != "demo":
        # Nothing of a test or a measure survives its run: do not wait for the disk.
        options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    arguments = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    return [*_as_owner(data), str(postgres_bin() / "postgres"), "-D", str(data), *arguments]


def create(instance: Instance) -> None:
    """Create the cluster if there is none. A half-made one is made again: ``PG_VERSION`` is moved in last."""
    data = data_folder(instance)
    if (data / "ready").exists():
        return
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(parents=True, mode=0o700)
    password = instance.folder / "postgres.password"
    password.write_text(instance.secret("postgres"), "utf-8")
    if os.geteuid() == 0:
        shutil.chown(data, SUPERUSER, SUPERUSER)
        shutil.chown(password, SUPERUSER)
    password.chmod(0o600)
    made = subprocess.run(
        [*_as_owner(data), str(postgres_bin() / "initdb"), "-D", str(data), "-U", SUPERUSER, "-E", "UTF8",
         "--locale=C.UTF-8", "--auth=scram-sha-256", f"--pwfile={password}"],
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    password.unlink()
    if made.returncode:
        last = (made.stderr.strip() or made.stdout.strip()).splitlines()[-1:]
        fail(f"PostgreSQL n'a pas pu créer ses fichiers dans {data} : {' '.join(last)}")
    (data / "ready").touch()


def _psql(instance: Instance, sql: str, database: str = "postgres") -> str:
    done = subprocess.run(
        [str(postgres_bin() / "psql"), "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1",
         "-p", str(instance.postgres_port), "-U", SUPERUSER, "-d", database],
        input=sql, check=False, capture_output=True, text=True,
        env=os.environ | {"PGPASSWORD": instance.secret("postgres")},
    )  # fmt: skip
    if done.returncode:
        fail(f"PostgreSQL a refusé une commande : {done.stderr.strip()}")
    return done.stdout.strip()


def wait(instance: Instance, seconds: float = 60) -> None:
    """Wait until the server answers."""
    end = time.monotonic() + seconds
    probe = [str(postgres_bin() / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(instance.postgres_port)]
    while subprocess.run(probe, check=False, capture_output=True).returncode:
        if time.monotonic() > end:
            fail(f"PostgreSQL ne répond pas : lisez {instance.folder / 'logs' / 'postgres.log'}.")
        time.sleep(0.2)


def create_databases(instance: Instance) -> None:
    """Create the roles and the databases of every site that lacks them."""
    password = instance.secret("database")
    for role in (OWNER, READER):
        if not _psql(instance, f"SELECT 1 FROM pg_roles WHERE rolname = '{role}'"):
            _psql(instance, f"CREATE ROLE {role} LOGIN PASSWORD '{password}' NOSUPERUSER NOCREATEDB NOCREATEROLE")
    for site in instance.sites:
        for database in (site.database, site.datastore):
            if not _psql(instance, f"SELECT 1 FROM pg_database WHERE datname = '{database}'"):
                _psql(instance, f"CREATE DATABASE {database} OWNER {OWNER} ENCODING 'UTF8'")


def grant_datastore(instance: Instance, site: Site, sql: str) -> None:
    """Run the ``sql`` of ``ckan datastore set-permissions`` as the superuser."""
    # CKAN's script connects by itself; ours is already connected to the right database.
    lines = [line for line in sql.splitlines() if not line.startswith("\\connect")]
    _psql(instance, "\n".join(lines), database=site.datastore)


def url(instance: Instance, database: str, role: str = OWNER) -> str:
    """Return the SQLAlchemy address of ``database``."""
    return f"postgresql://{role}:{instance.secret('database')}@127.0.0.1:{instance.postgres_port}/{database}"
