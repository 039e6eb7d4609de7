"""Rules about secrets, HTTPS and cookies."""
