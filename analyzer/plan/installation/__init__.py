"""How the dependencies get into the virtual environment, by package manager."""
