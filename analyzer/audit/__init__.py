"""From what the rules said to findings: their lines, fingerprints, what is ignored or known, and the score."""
