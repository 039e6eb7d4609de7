"""Plain data for the JSON documents: one module for each part of the model."""
