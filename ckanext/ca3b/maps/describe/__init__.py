"""What a layer holds and how to draw it: attributes, title, style, icon."""
