"""The sub-commands of ``python -m ckanext.ca3b.tables``, one module each.

A module has ``add(commands)``, which declares its arguments and sets ``run``: (arguments) -> exit status.
"""
