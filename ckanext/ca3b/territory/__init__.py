"""EPCIs and communes: who they are, where they are, and their place in the portal."""
