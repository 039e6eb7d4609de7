"""Where the parts of a drawing stand; the templates draw them."""
