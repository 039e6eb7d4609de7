"""What a fleet of repositories says together, for people."""
