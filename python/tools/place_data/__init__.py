"""The data of the place scenarios, made from published tables."""
