"""The only code that asks a package index something: questions of the model in, typed answers out."""
