"""The web process: the project's own command made to fit the platform, else a server by WSGI or ASGI use."""
