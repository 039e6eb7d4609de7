"""What the sections of the HTML report say: the model in the words and the order in which a page shows it."""
