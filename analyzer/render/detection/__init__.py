"""What the buildpacks would do, for people and for programs."""
