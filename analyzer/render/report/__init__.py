"""The report in its formats, one module each; none of them imports another."""
