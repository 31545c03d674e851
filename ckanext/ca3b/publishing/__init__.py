"""The publishing assistant, from a dropped file to a public dataset: page, API and command."""
