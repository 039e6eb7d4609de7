"""Rules about ASGI and channels."""
