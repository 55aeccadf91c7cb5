"""The list's own section of contributors, and the pull request that adds to it."""
