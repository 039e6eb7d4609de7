"""The rules in the formats of `doctor explain`, one module each; none of them imports another."""
