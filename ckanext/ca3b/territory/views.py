"""The page of the communes and the outlines behind its map."""

from __future__ import annotations

from flask import Blueprint

communes = Blueprint("ca3b_communes", __name__)
