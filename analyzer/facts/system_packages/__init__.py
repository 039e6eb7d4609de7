"""The Debian packages that the Python packages need."""
