"""Maps in the portal: built when a file may be seen, kept in CKAN's storage, served through the file's own right."""
