"""What an instance of the stack is: its folder, ports and sites. All of it can be set by environment variables."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_EPCI = "200071751"
# Each instance takes a block of ten ports from here; the names not listed share the last block.
BASE_PORTS = {"demo": 5000, "test": 5100, "bench": 5200}


class StackError(Exception):
    """Something that stops the stack, said in one line that tells what to do."""


def fail(message: str) -> NoReturn:
    """Raise a :class:`StackError` with ``message``."""
    raise StackError(message)


def _port(variable: str, default: int) -> int:
    value = os.environ.get(variable, "")
    if not value:
        return default
    if not value.isdigit() or not 1 <= int(value) <= 65535:
        fail(f"{variable}={value} n'est pas un numéro de port : donnez un nombre entre 1 et 65535.")
    return int(value)


@dataclass(frozen=True)
class Site:
    """One CKAN site of an instance.

    ``kind`` is ``ca3b`` (our plugins, French Solr core) or ``stock`` (CKAN with scheming and dcat, CKAN's own core).
    ``served`` sites have a web server and a worker; the others are only databases and a core for the tests.
    """

    name: str
    port: int
    redis_database: int
    kind: str = "ca3b"
    served: bool = True

    @property
    def database(self) -> str:
        """Name of the main database."""
        return f"ckan_{self.name}"

    @property
    def datastore(self) -> str:
        """Name of the DataStore's database."""
        return f"datastore_{self.name}"


@dataclass(frozen=True)
class Instance:
    """One set of services: folder, address, ports and sites."""

    name: str
    folder: Path
    address: str
    port: int
    postgres_port: int
    redis_port: int
    solr_port: int
    epci: str
    sites: tuple[Site, ...]

    @property
    def ports(self) -> dict[str, int]:
        """The ports that must be free, by the name of what listens there."""
        named = {"PostgreSQL": self.postgres_port, "Redis": self.redis_port, "Solr": self.solr_port}
        if self.has_communes:
            named["les catalogues des communes"] = self.communes_port
        return named | {f"le portail « {site.name} »": site.port for site in self.sites if site.served}

    @property
    def has_communes(self) -> bool:
        """Whether it serves catalogues of communes to be harvested."""
        return self.name == "demo"

    @property
    def communes_port(self) -> int:
        """Port of the site of these catalogues."""
        return self.port + 4

    @property
    def communes_folder(self) -> Path:
        """Folder of the site of these catalogues."""
        return self.folder / "communes"

    @property
    def solr_libraries(self) -> Path:
        """Folder of Solr's jars, shared by all instances of a checkout."""
        return state_folder() / "solr-lib"

    def ini(self, site: Site) -> Path:
        """Path of the configuration file of ``site``."""
        return self.folder / f"{site.name}.ini"

    def secret(self, name: str) -> str:
        """Return the secret ``name`` of this instance, made at the first request and kept in its folder."""
        path = self.folder / "secrets.json"
        known = json.loads(path.read_text("utf-8")) if path.exists() else {}
        if name not in known:
            known[name] = secrets.token_urlsafe(12)
            self.folder.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            path.write_text(json.dumps(known, indent=1), "utf-8")
        return known[name]


def state_folder() -> Path:
    """Folder of everything the stack writes: ``CA3B_STATE``, by default ``.state`` beside the README."""
    return Path(os.environ.get("CA3B_STATE") or ROOT / ".state").resolve()


def instance(name: str) -> Instance:
    """Return the instance ``name`` as the environment sets it.

    ``CA3B_ADDRESS``, ``CA3B_PORT``, ``CA3B_POSTGRES_PORT``, ``CA3B_REDIS_PORT``, ``CA3B_SOLR_PORT`` and ``CA3B_EPCI``
    change the defaults; the ports follow ``CA3B_PORT`` unless they are given.
    """
    base = BASE_PORTS.get(name) or 5300 + 10 * (sum(name.encode()) % 60)
    port = _port("CA3B_PORT", base)
    if name == "demo":
        sites: tuple[Site, ...] = (Site("portal", port, 0),)
    elif name == "bench":
        sites = (Site("ours", port, 0), Site("stock", port + 4, 1, kind="stock"))
    else:
        sites = (Site("e2e", port, 0), Site("unit", port + 4, 1, served=False))
    return Instance(
        name=name,
        folder=state_folder() / name,
        address=os.environ.get("CA3B_ADDRESS") or "127.0.0.1",
        port=port,
        postgres_port=_port("CA3B_POSTGRES_PORT", port + 1),
        redis_port=_port("CA3B_REDIS_PORT", port + 2),
        solr_port=_port("CA3B_SOLR_PORT", port + 3),
        epci=os.environ.get("CA3B_EPCI") or DEFAULT_EPCI,
        sites=sites,
    )
