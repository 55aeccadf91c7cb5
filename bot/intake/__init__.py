"""From an issue that asks for a paper, or corrects a row, to a preview and a pull request."""
