"""Google Cloud's buildpacks: the general builders google-22 and google-24, their groups of Python and Node.js."""
