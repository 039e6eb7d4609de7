"""The entries of STATICFILES_DIRS."""

from analyzer.model.facts import Plain


def prefix_and_folder(entry: Plain) -> tuple[Plain, Plain]:
    """An entry's prefix, "" without one, and its folder.

    Source: docs.djangoproject.com/en/5.2/ref/settings/#prefixes-optional
    """
    return (entry[0], entry[1]) if isinstance(entry, tuple) and len(entry) == 2 else ("", entry)
