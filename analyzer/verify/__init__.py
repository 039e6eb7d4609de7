"""A small App Platform on a local engine: builds and runs what an app spec says. The only code that talks to Docker."""
