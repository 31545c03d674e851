"""What a portal gets from ``pip install ckanext-ca3b``: the built wheel, in an environment of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "ckanext" / "ca3b"

START = """
import sys
from ckan.cli import CKANConfigLoader
from ckan.config.middleware import make_app
import ckanext.ca3b
app = make_app(CKANConfigLoader(sys.argv[1]).get_config())
page = app._wsgi_app.test_client().get("/")
print(ckanext.ca3b.__file__, page.status_code, 'lang="fr"' in page.get_data(as_text=True))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build from a copy of what git tracks or would track: what lies about in the checkout stays out."""
    source = tmp_path_factory.mktemp("source")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True,
    ).stdout  # fmt: skip
    for name in filter(None, listed.decode().split("\0")):
        if (ROOT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_bytes((ROOT / name).read_bytes())
    target = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", str(target), str(source)],
        check=True,
        capture_output=True,
    )
    return next(target.glob("*.whl"))


def test_every_file_of_the_package_is_in_the_wheel(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "ckanext/ca3b"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    wanted = {name for name in listed.splitlines() if (ROOT / name).is_file()}
    assert len(wanted) > 50
    assert sorted(wanted - inside) == []


def test_the_wheel_starts_the_portal_in_a_clean_environment(wheel: Path, tmp_path: Path) -> None:
    environment = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
    python = environment / "bin" / "python"
    subprocess.run(
        [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check",
         "-c", str(ROOT / "constraints.txt"), "setuptools<81", "ckan[requirements]", str(wheel)],
        check=True,
    )  # fmt: skip
    ini = tmp_path / "ckan.ini"
    ini.write_text((ROOT / "test.ini").read_text("utf-8"), "utf-8")
    # Installed as by anybody: nothing of the checkout on the path.
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [str(python), "-c", START, str(ini)], cwd=tmp_path, env=clean, check=True, capture_output=True, text=True
    )
    file, status, french = done.stdout.splitlines()[-1].split()
    assert Path(file).is_relative_to(environment)
    assert (status, french) == ("200", "True")
