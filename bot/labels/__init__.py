"""Labels of issues and pull requests, named after the sections of lists."""
