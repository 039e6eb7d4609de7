"""Many repositories: each is scanned in a process of its own, and what is found of it is kept as one line."""
