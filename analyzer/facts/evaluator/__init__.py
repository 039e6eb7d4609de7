"""A bounded abstract evaluator for Python modules of the scanned repository; it never imports or executes them."""
