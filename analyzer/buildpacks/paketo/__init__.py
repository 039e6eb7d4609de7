"""The Python builder of Paketo: groups of buildpacks that detect one by one, and a build plan that has to resolve."""
