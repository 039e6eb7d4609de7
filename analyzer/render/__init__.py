"""From the model to text. Pure: no clock, no network, no file of the user's."""
