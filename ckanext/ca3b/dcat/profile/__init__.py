"""What a dataset says in RDF: ckanext-dcat's profile of DCAT-AP 3, corrected and completed.

:mod:`.cleaning`, :mod:`.geometry` and :mod:`.concepts` think without a portal; :mod:`.profile` is the profile
``ca3b_dcat_ap_3``, which each of the other modules completes in one respect.
"""
