"""The sections of a report for people: facts as rows, before anything is laid out."""
