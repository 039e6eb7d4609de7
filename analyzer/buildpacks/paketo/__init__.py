"""The Python builder of Paketo: groups of buildpacks, each detecting for itself, and a build plan that has to resolve."""
