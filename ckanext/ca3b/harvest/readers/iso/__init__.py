"""Records of geographic catalogues: ISO 19139 by OWSLib's parser, Dublin Core of CSW."""
