"""The catalogues that come in, in the portal: sources, runs, what each record became, and who decides.

What thinks is in :mod:`ckanext.ca3b.harvest`; this room keeps rows, calls CKAN's actions and shows pages.
"""
