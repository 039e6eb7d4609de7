"""Rules about sessions and caches."""
