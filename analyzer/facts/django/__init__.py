"""Facts about the Django project: where it is, which settings it uses, what they say."""
