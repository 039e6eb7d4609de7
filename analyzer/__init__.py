"""doctor: reads a Django repository without running it and makes its move off buildpacks safe."""

__version__ = "0.1.0"
