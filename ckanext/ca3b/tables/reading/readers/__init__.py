"""One reader per kind of file; each gives a :class:`~ckanext.ca3b.tables.model.Raw`."""
