"""The DataStore's tables: their columns, their rows by COPY, their full-text search, their replacement."""

from __future__ import annotations
