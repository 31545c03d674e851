"""What the law asks each commune to publish."""
