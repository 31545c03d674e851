"""Models of a table schema: an empty workbook to fill in, and the same with rows that show how (XLSX and CSV).

The sheet of data comes first: a file made from a model is read and checked without a word about its other sheets.
"""

from __future__ import annotations

from .book import write_example, write_model
from .delimited import write_example_csv

__all__ = ["write_example", "write_example_csv", "write_model"]
