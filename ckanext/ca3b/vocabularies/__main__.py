"""Write the licences as CKAN's register wants them: ``python -m ckanext.ca3b.vocabularies > licences.json``."""

from __future__ import annotations

import json
import sys

from .export import ckan_licences

if __name__ == "__main__":
    json.dump(ckan_licences(), sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")
