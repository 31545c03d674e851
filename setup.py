"""Only what pyproject.toml cannot say: the namespace shared with CKAN and its message extractors."""

from setuptools import find_packages, setup

setup(
    packages=find_packages(include=["ckanext", "ckanext.ca3b*"]),
    namespace_packages=["ckanext"],
    message_extractors={
        "ckanext": [
            ("**.py", "python", None),
            ("**.js", "javascript", None),
            ("**/templates/**.html", "ckan", None),
        ],
    },
)
