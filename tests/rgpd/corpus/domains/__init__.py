"""One module a domain; each declares the files that its services publish."""
