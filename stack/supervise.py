"""supervisor: runs the services in the foreground under one parent, as CKAN's deployment guide does."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

from . import postgres, site, solr
from .settings import ROOT, Instance, fail

# Services that hold state start first; what needs the databases waits until they are made.
BASE = ("postgres", "redis", "solr", "communes")


def config_file(instance: Instance) -> Path:
    """Path of the instance's supervisor configuration."""
    return instance.folder / "supervisord.conf"


def programs(instance: Instance) -> dict[str, tuple[list[str], dict[str, str]]]:
    """Command line and environment of each service."""
    redis_folder = instance.folder / "redis"
    redis_folder.mkdir(parents=True, exist_ok=True)
    redis = ["redis-server", "--bind", "127.0.0.1", "--port", str(instance.redis_port), "--dir", str(redis_folder),
             "--save", "60 1" if instance.name == "demo" else "", "--protected-mode", "yes"]  # fmt: skip
    wanted: dict[str, tuple[list[str], dict[str, str]]] = {
        "postgres": (postgres.command(instance), {}),
        "redis": (redis, {}),
        "solr": (solr.command(instance), {}),
    }
    if instance.has_communes:
        communes = [sys.executable, "-m", "stack.communes", str(instance.communes_folder), instance.address,
                    str(instance.communes_port)]  # fmt: skip
        wanted["communes"] = (communes, {"PYTHONPATH": str(ROOT)})
    for one in instance.sites:
        if not one.served:
            continue
        environment = {"CKAN_INI": str(instance.ini(one)), "PYTHONPATH": str(ROOT)}
        gunicorn = [str(Path(sys.executable).with_name("gunicorn")), "stack.wsgi:application",
                    "--bind", f"{instance.address}:{one.port}", "--workers", "2", "--threads", "4",
                    "--timeout", "120", "--access-logfile", "-", "--worker-tmp-dir", "/dev/shm"]  # fmt: skip
        wanted[f"web-{one.name}"] = (gunicorn, environment)
        wanted[f"worker-{one.name}"] = (site.ckan_command(instance, one, "jobs", "worker"), environment)
    return wanted


def write_config(instance: Instance) -> None:
    """Write supervisor's configuration."""
    logs = instance.folder / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    socket = _socket(instance)
    lines = [
        "[unix_http_server]", f"file={socket}", "chmod=0700",
        "[supervisord]", f"logfile={logs / 'supervisord.log'}", f"pidfile={_pidfile(instance)}",
        f"directory={ROOT}", "minfds=1024",
        *(["user=root"] if os.geteuid() == 0 else []),
        "[rpcinterface:supervisor]",
        "supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface",
        "[supervisorctl]", f"serverurl=unix://{socket}",
    ]  # fmt: skip
    for name, (command, environment) in programs(instance).items():
        variables = ",".join(f'{key}="{value}"' for key, value in environment.items())
        lines += [
            f"[program:{name}]", f"command={shlex.join(command).replace('%', '%%')}",
            f"autostart={'true' if name in BASE else 'false'}", "autorestart=true", "startsecs=2", "startretries=5",
            # PostgreSQL ends at once on SIGINT (fast shutdown); on SIGTERM it waits for its clients.
            f"stopsignal={'INT' if name == 'postgres' else 'TERM'}", "stopwaitsecs=20", "stopasgroup=false",
            "killasgroup=true", "redirect_stderr=true", f"stdout_logfile={logs / name}.log",
            "stdout_logfile_maxbytes=10MB", "stdout_logfile_backups=1",
            *([f"environment={variables}"] if variables else []),
        ]  # fmt: skip
    config_file(instance).write_text("\n".join(lines) + "\n", "utf-8")


def _pidfile(instance: Instance) -> Path:
    return instance.folder / "supervisord.pid"


def _socket(instance: Instance) -> Path:
    path = instance.folder / "supervisor.sock"
    # The kernel allows 107 characters.
    return path if len(str(path)) < 100 else Path("/tmp") / f"ca3b-{instance.name}-{instance.port}.sock"


def pid(instance: Instance) -> int | None:
    """Process of the running supervisor of this instance, or ``None``."""
    try:
        number = int(_pidfile(instance).read_text("utf-8"))
        command = Path(f"/proc/{number}/cmdline").read_bytes()
    except (OSError, ValueError):
        return None
    return number if b"supervisord" in command and str(config_file(instance)).encode() in command else None


def start(instance: Instance) -> None:
    """Start the supervisor and the base services."""
    done = subprocess.run(
        [str(Path(sys.executable).with_name("supervisord")), "-c", str(config_file(instance))],
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode:
        fail(f"supervisor n'a pas démarré : {(done.stdout + done.stderr).strip()}")
    end = time.monotonic() + 10
    while pid(instance) is None:
        if time.monotonic() > end:
            fail(f"supervisor n'a pas démarré : lisez {instance.folder / 'logs' / 'supervisord.log'}.")
        time.sleep(0.1)


def control(instance: Instance, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run ``supervisorctl`` with ``arguments``."""
    return subprocess.run(
        [str(Path(sys.executable).with_name("supervisorctl")), "-c", str(config_file(instance)), *arguments],
        check=False, capture_output=True, text=True,
    )  # fmt: skip


def stop(instance: Instance, seconds: float = 60) -> bool:
    """Stop everything and wait until it is gone; return whether something ran."""
    number = pid(instance)
    if number is None:
        return False
    os.kill(number, signal.SIGTERM)
    end = time.monotonic() + seconds
    while Path(f"/proc/{number}").exists() and pid(instance):
        if time.monotonic() > end:
            fail(f"Les services ne s'arrêtent pas : lisez {instance.folder / 'logs'}.")
        time.sleep(0.2)
    return True
