"""What the readers of products share: a draft of a description, the shapes of JSON values, the way through pages."""
