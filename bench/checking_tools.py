"""One check of one file by one tool, alone in its process: ``python -m bench.checking_tools TOOL FILE``."""

from __future__ import annotations

import json
import sys
import time
import warnings
from pathlib import Path
from typing import Any

from attrs import evolve

SCHEMA = "scdl-subventions"


def ours(path: Path) -> dict[str, Any]:
    """Read then check with ckanext-ca3b what frictionless checks too: Table Schema, without the checks of Validata."""
    from ckanext.ca3b.tables import check, read, schemas  # noqa: PLC0415 - one library a process

    schema = evolve(schemas.load(SCHEMA), cross_checks=())
    start, cpu = time.perf_counter(), time.process_time()
    verdict = check(read(path, types=False), schema)
    seconds = time.perf_counter() - start
    return {
        "seconds": seconds,
        "cpu": time.process_time() - cpu,
        "rows": verdict.rows,
        "valid": verdict.valid,
    }


def frictionless(path: Path) -> dict[str, Any]:
    """Validate with frictionless as Validata sets it; Table Schema only, it has no other check."""
    from frictionless import Detector, Resource, Schema  # noqa: PLC0415 - one library a process

    from ckanext.ca3b.tables import schemas  # noqa: PLC0415 - one library a process

    wanted = schemas.load(SCHEMA)
    fields = [
        {"name": field.name, "type": field.type, "format": field.format, "constraints": dict(field.constraints)}
        | ({"trueValues": list(field.true_values)} if field.true_values else {})
        | ({"falseValues": list(field.false_values)} if field.false_values else {})
        for field in wanted.fields
    ]
    descriptor = {
        "fields": fields,
        "missingValues": list(wanted.missing_values),
        "primaryKey": list(wanted.primary_key),
    }
    warnings.simplefilter("ignore")
    start, cpu = time.perf_counter(), time.process_time()
    detector = Detector(schema_sync=True)
    report = Resource(
        path=path.name, basepath=str(path.parent), schema=Schema.from_descriptor(descriptor), detector=detector
    ).validate()
    seconds = time.perf_counter() - start
    rows = report.tasks[0].stats.get("rows")
    cpu = time.process_time() - cpu
    return {"seconds": seconds, "cpu": cpu, "rows": rows, "valid": report.valid}


def main() -> None:
    """Run the tool and print one line of JSON."""
    tool, path = {"ours": ours, "frictionless": frictionless}[sys.argv[1]], Path(sys.argv[2])
    result = tool(path)
    print(json.dumps(result | {"memory": _peak()}))


def _peak() -> float:
    """Peak memory in MB; that of getrusage would include the process this one was forked from."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


if __name__ == "__main__":
    main()
