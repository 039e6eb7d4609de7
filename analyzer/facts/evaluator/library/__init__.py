"""What the evaluator knows about the standard library, Django and the libraries that settings use."""
