"""The lines of « make bench » keep the words that other programs read."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bench.__main__ import claims, run
from bench.figures import Figure

ROOT = Path(__file__).parents[2]
CONTRACT = re.compile(r"BENCH (\S+) ours=(\d+\.\d+) peer=(\d+\.\d+) ratio=(\d+\.\d+) unit=(\S+) peer_name=(\S+)")


def figure(ours: float, limit: float | None = None) -> Figure:
    return Figure("page_p95", ours, 100.0, "ms", "ckan-2.12.0", limit)


def test_one_line_says_name_both_figures_ratio_unit_and_peer():
    assert figure(90).lines() == ["BENCH page_p95 ours=90.00 peer=100.00 ratio=0.900 unit=ms peer_name=ckan-2.12.0"]


@pytest.mark.parametrize("ours", [110.0, 109.9, 110.04])
def test_the_limit_itself_is_kept(ours: float):
    assert len(figure(ours, 1.10).lines()) == 1


def test_a_figure_out_of_its_limit_is_printed_and_said():
    assert figure(110.2, 1.10).lines()[1] == "LIMIT page_p95 ratio=1.102 limit=1.10 exceeded"


def test_a_figure_without_limit_is_never_out_of_it():
    assert len(figure(500).lines()) == 1


def test_a_figure_out_of_its_limit_is_still_a_measure(tmp_path, capsys):
    assert run({"page": lambda: [figure(150, 1.10)]}, tmp_path / "results.json") == 0
    lines = capsys.readouterr().out.splitlines()
    assert CONTRACT.fullmatch(lines[0])
    assert lines[1].startswith("LIMIT page_p95 ")
    assert json.loads((tmp_path / "results.json").read_text())["figures"][0]["exceeded"] is True


def test_a_claim_that_cannot_be_measured_is_counted_and_hides_no_other(tmp_path, capsys):
    def broken():
        yield figure(90)
        raise RuntimeError("no such site")

    failed = run({"broken": broken, "page": lambda: [figure(80)]}, tmp_path / "results.json")
    out = capsys.readouterr().out
    assert failed == 1
    assert [match[2] for match in CONTRACT.finditer(out)] == ["90.00", "80.00"]
    assert "FAILED broken RuntimeError: no such site" in out
    report = json.loads((tmp_path / "results.json").read_text())
    assert list(report["failures"]) == ["broken"]
    assert [each["ratio"] for each in report["figures"]] == [0.9, 0.8]


def test_the_overhead_guard_is_registered():
    assert "overhead" in claims()


def test_every_claim_is_found_by_a_process_that_imported_nothing_before():
    """CKAN has a package ``tests`` too, and puts it before ours."""
    listed = "from bench.__main__ import claims; print(*claims())"
    done = subprocess.run([sys.executable, "-c", listed], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    files = {path.stem.removeprefix("claim_") for path in (ROOT / "bench").glob("claim_*.py")}
    assert set(done.stdout.split()) == files
