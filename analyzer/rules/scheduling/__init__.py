"""Rules about what runs at fixed times."""
