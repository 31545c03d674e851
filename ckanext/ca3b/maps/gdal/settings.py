"""How GDAL is set in the reading process: the one driver, no network, nothing beside the file."""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path

_KEPT = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "TMPDIR", "COVERAGE_PROCESS_START")

#: Settings of GDAL and of its libraries, whatever the format.
SETTINGS = {
    "CPL_CURL_ENABLE_VSIMEM": "NO",
    "GDAL_HTTP_PROXY": "http://127.0.0.1:9",
    "GDAL_HTTP_TIMEOUT": "1",
    "GDAL_HTTP_MAX_RETRY": "0",
    "PROJ_NETWORK": "OFF",
    "GDAL_DRIVER_PATH": "disable",
    "OGR_DRIVER_PATH": "disable",
    "GDAL_PYTHON_DRIVER_PATH": "/nonexistent",
    "GDAL_VRT_ENABLE_PYTHON": "NO",
    "OGR_SQLITE_LOAD_EXTENSIONS": "",
    "OGR_SQLITE_PRAGMA": "trusted_schema=0,query_only=1",
    "GML_DOWNLOAD_SCHEMA": "NO",
    "GML_SKIP_RESOLVE_ELEMS": "ALL",
    "GML_SAVE_RESOLVED_TO": "",
    "LIBKML_RESOLVE_STYLE": "NO",
    "GDAL_NUM_THREADS": "1",
    "OGR_GPKG_NUM_THREADS": "1",
    "GDAL_CACHEMAX": "64",
    "OGR_ARROW_MEM_LIMIT": str(512 * 1024**2),
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "OMP_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "2",
    "OPENBLAS_NUM_THREADS": "1",
    "PYTHONUTF8": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
}


@cache
def all_drivers() -> tuple[str, ...]:
    """Return every driver that GDAL has here."""
    import pyogrio  # noqa: PLC0415 - heavy, and an extra

    return tuple(sorted(pyogrio.list_drivers()))


def environment(driver: str) -> dict[str, str]:
    """Return the environment of a process in which only ``driver`` exists; no secret of ours goes with it."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    kept.setdefault("PYTHONPATH", os.pathsep.join(filter(_is_root, sys.path)))
    skipped = ",".join(name for name in all_drivers() if name != driver)
    return {**kept, **SETTINGS, "GDAL_SKIP": skipped, "OGR_SKIP": skipped, "LC_ALL": "C.UTF-8"}


def _is_root(path: str) -> bool:
    """Tell whether packages are found in a folder: the inside of one would hide modules of Python (« types »)."""
    return bool(path) and not path.endswith(".zip") and not Path(path, "__init__.py").exists()
