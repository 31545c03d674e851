"""CKAN extension of the French agglomerations: schemas, DCAT, maps and RGPD checks."""
