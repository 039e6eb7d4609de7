"""Paths of `unipath` and `path`."""

import pytest

from tests.facts.conftest import MakeRepository
from tests.facts.evaluator.settings_text import evaluate, plain


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("Path(__file__).ancestor(2).child('media')", "media"),
        ("Path(__file__).ancestor(2).child('a', 'b')", "a/b"),
        ("Path(__file__).ancestor(0)", "app/settings.py"),
        ("Path(__file__).parent.child('static')", "app/static"),
    ],
)
def test_unipath(repository: MakeRepository, expression: str, expected: str) -> None:
    assert plain(evaluate(repository, f"from unipath import Path\nROOT = {expression}\n"), "ROOT") == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("normpath(join(dirname(abspath(__file__)), os.pardir, 'static'))", "static"),
        ("abspath(join(dirname(abspath(__file__)), os.pardir, os.path.pardir)) + '/static'", "<repo parent>/static"),
        ("normpath(join(dirname(abspath(__file__)), os.path.curdir, 'static'))", "app/static"),
        ("os.path.sep.join(['', 'srv', 'static'])", "/srv/static"),
    ],
)
def test_names_of_folders(repository: MakeRepository, expression: str, expected: str) -> None:
    text = f"import os\nfrom os.path import abspath, dirname, join, normpath\nROOT = {expression}\n"
    assert plain(evaluate(repository, text), "ROOT") == expected


def test_path_py(repository: MakeRepository) -> None:
    settings = evaluate(repository, "from path import Path\nROOT = Path(__file__).abspath().dirname() / 'static'\n")
    assert plain(settings, "ROOT") == "app/static"
