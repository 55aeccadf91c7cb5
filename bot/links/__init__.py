"""The link check: every link of a list, asked politely for what it is, and what is said of it."""
