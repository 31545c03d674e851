"""Measures of what the product claims: one file per claim, each against a named peer.

``make bench`` runs every ``claim_*.py`` on two sites that share PostgreSQL, Redis and Solr: ours, and stock CKAN.
"""
