"""The settings of the services: every port follows one, each can be set alone, and mistakes are said in one line."""

from __future__ import annotations

import socket
import subprocess
import sys

import pytest

from stack import preflight
from stack.settings import ROOT, StackError, instance


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path):
    for name in ("PORT", "POSTGRES_PORT", "REDIS_PORT", "SOLR_PORT", "ADDRESS", "EPCI"):
        monkeypatch.delenv(f"CA3B_{name}", raising=False)
    monkeypatch.setenv("CA3B_STATE", str(tmp_path))


def test_every_port_follows_the_first_one(monkeypatch):
    monkeypatch.setenv("CA3B_PORT", "7000")
    assert sorted(instance("demo").ports.values()) == [7000, 7001, 7002, 7003, 7004]


def test_one_port_can_be_moved_alone(monkeypatch):
    monkeypatch.setenv("CA3B_SOLR_PORT", "8983")
    assert instance("demo").ports["Solr"] == 8983
    assert instance("demo").port == 5000


def test_a_port_that_is_none_is_refused_in_one_line(monkeypatch):
    monkeypatch.setenv("CA3B_PORT", "abc")
    with pytest.raises(StackError, match="CA3B_PORT=abc") as problem:
        instance("demo")
    assert "\n" not in str(problem.value)


def test_the_demonstration_says_it_in_one_line_too(monkeypatch):
    monkeypatch.setenv("CA3B_PORT", "abc")
    done = subprocess.run([sys.executable, "-m", "stack.demo"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("✗ CA3B_PORT=abc")
    assert len(done.stderr.splitlines()) == 1


def test_a_busy_port_is_named_with_what_to_do(monkeypatch):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        monkeypatch.setenv("CA3B_PORT", "47310")  # a demonstration may run on the usual ports
        monkeypatch.setenv("CA3B_REDIS_PORT", str(port))
        with pytest.raises(StackError, match=rf"{port} \(pour Redis\).*CA3B_PORT="):
            preflight.check_ports(instance("demo"))


def test_too_little_memory_is_said(monkeypatch):
    monkeypatch.setattr(preflight, "NEEDED_MEMORY", 2**60)
    with pytest.raises(StackError, match="mémoire libre"):
        preflight.check_memory()


def test_instances_do_not_share_ports():
    demo, test, bench = (set(instance(name).ports.values()) for name in ("demo", "test", "bench"))
    assert not demo & test | demo & bench | test & bench


def test_a_secret_is_made_once_and_kept_private(tmp_path):
    one = instance("demo")
    assert one.secret("session") == instance("demo").secret("session") != one.secret("database")
    assert (one.folder / "secrets.json").stat().st_mode & 0o077 == 0
