"""Look before starting: programs, ports, memory, disk. Each obstacle is one line that says what to do."""

from __future__ import annotations

import shutil
import socket
from pathlib import Path

from .settings import Instance, fail, state_folder

NEEDED_MEMORY = 1500 * 2**20
NEEDED_DISK = 1500 * 2**20


def postgres_bin() -> Path:
    """Return the folder of the newest PostgreSQL server of the machine."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("postgres")
    if not on_path:
        fail("PostgreSQL n'est pas installé : lancez « sudo apt-get install postgresql ».")
    return Path(on_path).parent


def check_programs() -> None:
    """Fail with the command to run when a program is missing."""
    postgres_bin()
    packages = {"redis-server": "redis-server", "java": "default-jdk-headless", "mvn": "maven"}
    for program, package in packages.items():
        if not shutil.which(program):
            fail(f"Le programme « {program} » manque : lancez « sudo apt-get install {package} ».")


def check_ports(instance: Instance) -> None:
    """Fail when a port that the instance needs is taken by somebody else."""
    for name, port in instance.ports.items():
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1" if "portail" not in name else instance.address, port))
            except OSError:
                fail(
                    f"Le port {port} (pour {name}) est déjà pris par un autre programme : "
                    f"arrêtez-le, ou choisissez d'autres ports, par exemple « make demo CA3B_PORT={port + 1000} »."
                )


def check_memory() -> None:
    """Fail when less memory or disk is free than the services need."""
    for line in Path("/proc/meminfo").read_text("utf-8").splitlines():
        if line.startswith("MemAvailable:"):
            available = int(line.split()[1]) * 1024
            if available < NEEDED_MEMORY:
                fail(
                    f"Il ne reste que {available // 2**20} Mo de mémoire libre, il en faut {NEEDED_MEMORY // 2**20} : "
                    "fermez d'autres programmes ou prenez une machine plus grande."
                )
    folder = state_folder()
    folder.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(folder).free
    if free < NEEDED_DISK:
        fail(
            f"Il ne reste que {free // 2**20} Mo sur le disque de {folder}, il en faut {NEEDED_DISK // 2**20} : "
            "libérez de la place ou donnez un autre dossier, « CA3B_STATE=/autre/dossier »."
        )
