"""Rules about front-end builds."""
