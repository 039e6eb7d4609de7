"""Settings that give their own namespace to a library."""

from analyzer.facts.django.plain_settings import first_unknown
from tests.facts.conftest import MakeRepository
from tests.facts.evaluator.settings_text import evaluate, plain

LISTS = "INSTALLED_APPS = ['a']\nMIDDLEWARE = ('b',)\n"


def test_an_unknown_library_may_add_to_the_lists(repository: MakeRepository) -> None:
    settings = evaluate(repository, f"import plugins\n{LISTS}plugins.settings(globals())\n")
    for name in ("INSTALLED_APPS", "MIDDLEWARE"):
        unknown = first_unknown(plain(settings, name))
        assert unknown is not None
        assert unknown.reason == "plugins.settings() may add to it"


def test_the_standard_library_and_known_libraries_do_not(repository: MakeRepository) -> None:
    text = f"import pprint, django_heroku\n{LISTS}pprint.pprint(globals())\nprint(locals())\n"
    settings = evaluate(repository, f"{text}django_heroku.settings(locals())\n")
    assert plain(settings, "INSTALLED_APPS") == ("a",)
    assert first_unknown(plain(settings, "MIDDLEWARE")) is None


def test_other_arguments_say_nothing(repository: MakeRepository) -> None:
    settings = evaluate(repository, f"import plugins\n{LISTS}plugins.settings({{'a': 1}})\n")
    assert plain(settings, "INSTALLED_APPS") == ("a",)
