"""Files that follow a schema, as a commune of any name exports them, are let through."""

from __future__ import annotations

import csv

import pytest

from ckanext.ca3b.rgpd import scan
from ckanext.ca3b.tables import schemas

PRODUCER = "Grand Bourg Agglomération"


@pytest.mark.parametrize("producer", [PRODUCER, "Viriat", "Robert"])
@pytest.mark.parametrize("schema", schemas.all_schemas(), ids=lambda one: one.name)
def test_the_valid_sample_of_a_schema_is_let_through_whatever_the_commune(schema, producer, tmp_path):
    path = tmp_path / "export.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(schema.field_names)
        for row in schema.samples["valid"]:
            cells = [str(row.get(name) or "") for name in schema.field_names]
            writer.writerow([producer if cell == PRODUCER else cell for cell in cells])
    report = scan(path)
    assert [(one.column, one.category, one.decision) for one in report.findings if one.decision != "pass"] == []
