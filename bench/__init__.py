"""Measures of what the product claims: one file per claim, each against a named peer.

``make bench`` runs every ``claim_*.py`` on two sites that share PostgreSQL, Redis and Solr: ours, and stock CKAN.
"""

import sys
from pathlib import Path

# CKAN puts its own folder, which has a package ``tests`` too, at the head of the path: ours is found first.
sys.path.insert(0, str(Path(__file__).parents[1]))
import tests  # noqa: F401
