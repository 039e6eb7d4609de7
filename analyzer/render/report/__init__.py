"""The report in its formats, one module each; none imports another, but for the page, which holds the JSON document."""
