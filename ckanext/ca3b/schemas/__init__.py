"""What a dataset, an organisation and a theme are: scheming files, and the rules that fill and check them."""
