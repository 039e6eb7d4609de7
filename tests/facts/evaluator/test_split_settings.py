"""django-split-settings."""

from tests.facts.conftest import MakeRepository
from tests.facts.evaluator.settings_text import evaluate, plain

IMPORT = "from split_settings.tools import include, optional\n"


def test_file_stays_the_one_that_is_imported(repository: MakeRepository) -> None:
    settings = evaluate(
        repository,
        f"{IMPORT}include('parts/base.py')\n",
        {"app/parts/base.py": "from pathlib import Path\nROOT = Path(__file__).parent.parent / 'static'\n"},
    )
    assert plain(settings, "ROOT") == "static"
    assert [(e.path, e.line) for e in settings.evidence("ROOT")] == [("app/parts/base.py", 2)]


def test_patterns_are_relative_to_the_file_that_includes(repository: MakeRepository) -> None:
    settings = evaluate(
        repository,
        f"{IMPORT}include('parts/all.py')\nLAST = SEEN\n",
        {
            "app/parts/all.py": f"{IMPORT}include('one.py')\n",
            "app/parts/one.py": "SEEN = 1\n",
            "app/one.py": "SEEN = 2",
        },
    )
    assert plain(settings, "LAST") == 1


def test_each_file_runs_once_and_missing_ones_not_at_all(repository: MakeRepository) -> None:
    settings = evaluate(
        repository,
        f"{IMPORT}COUNT = 0\ninclude('parts/*.py', 'parts/one.py', optional('local.py'))\n",
        {"app/parts/one.py": "COUNT += 1\n", "app/parts/two.py": "COUNT += 10\n"},
    )
    assert plain(settings, "COUNT") == 11
