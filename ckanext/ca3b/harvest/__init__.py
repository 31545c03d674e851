"""The catalogues that come in: read from anywhere into one shape, with what is wrong in them said in French.

Nothing here needs a portal: ``python -m ckanext.ca3b.harvest read ADDRESS_OR_FILE`` is the whole of it in a shell.
"""
