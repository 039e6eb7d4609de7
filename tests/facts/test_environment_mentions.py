"""Variables that are read by name in files that evaluation may never reach."""

import pytest

from analyzer.facts.environment_mentions import MAX_EVIDENCE, environment_mentions
from tests.facts.conftest import MakeRepository


def names(repository: MakeRepository, text: str, path: str = "app/other.py") -> dict[str, list[int]]:
    """The variables that a file reads, with the lines."""
    found = environment_mentions(repository({path: text}), ".")
    return {name: [e.line for e in places] for name, places in found.items()}


@pytest.mark.parametrize(
    "expression",
    [
        "os.environ['NAME']",
        "environ['NAME']",
        "os.environ.get('NAME')",
        "os.environ.pop('NAME', None)",
        "os.getenv('NAME', 1)",
        "getenv('NAME')",
        "'NAME' in os.environ",
        "env('NAME')",
        "env.bool('NAME', default=False)",
        "env.log_level('NAME')",
        "env.db_url('NAME')",
        "dj_database_url.config('NAME')",
        "dj_database_url.config(env='NAME')",
    ],
)
def test_reads(repository: MakeRepository, expression: str) -> None:
    assert names(repository, f"\nX = {expression}\n") == {"NAME": [2]}


@pytest.mark.parametrize(
    "text",
    [
        "def f():\n    g()\n    class C:\n        X = os.environ['NAME']\n",
        "@decorator(\n    timeout=1,\n    key=env('NAME'))\ndef f():\n    pass\n",
        "try:\n    pass\nexcept E:\n    x = getenv('NAME')\n",
        "match x:\n    case 1:\n        pass\n    case _:\n        x = getenv('NAME')\n",
        'x = f"""\n{os.environ\n["NAME"]}"""\n',
        "x = (os.\n    environ\n    .get(\n        'NAME'))\n",
        "# environ\nx = '''\nenviron\n'''\nasync def f(x=getenv('NAME')): pass\n",
    ],
)
def test_it_may_stand_anywhere(repository: MakeRepository, text: str) -> None:
    assert list(names(repository, text)) == ["NAME"]


@pytest.mark.parametrize(
    "expression",
    [
        "os.environ.setdefault('NAME', 'x')",
        "os.environ[NAME]",
        "os.environ['name']",
        "settings['NAME'], environ",
        "env.unknown('NAME')",
        "config('NAME'), environ",
        "other.dj_database_url.config('NAME')",
        "'os.environ[\"NAME\"]'",
    ],
)
def test_what_reads_nothing(repository: MakeRepository, expression: str) -> None:
    assert names(repository, f"X = {expression}\n") == {}


def test_the_variable_of_a_database_url(repository: MakeRepository) -> None:
    assert names(repository, "X = dj_database_url.config(conn_max_age=1)\n") == {"DATABASE_URL": [1]}


def test_config_is_decouples_where_the_file_mentions_it(repository: MakeRepository) -> None:
    assert names(repository, "from decouple import config\nX = config('NAME')\n") == {"NAME": [2]}


PREFIXED = """with env.prefixed("A_"):
    X = env("ONE")
    with env.prefixed("B_"):
        X = env.int("TWO"), os.environ["PLAIN"]
    X = env("THREE")
X = env("FOUR")
"""


def test_a_prefix_is_part_of_the_names_inside(repository: MakeRepository) -> None:
    assert names(repository, PREFIXED) == {"FOUR": [6], "A_ONE": [2], "A_THREE": [5], "A_B_TWO": [4], "PLAIN": [4]}


@pytest.mark.parametrize(
    ("manager", "expected"),
    [
        ("env.prefixed('A_'), env.prefixed('B_')", ["A_B_NAME"]),
        ("open('f'), env.prefixed('A_')", ["A_NAME"]),
        ("env.prefixed(prefix)", []),
        ("other.prefixed('A_')", ["NAME"]),
        ("env.other('A_')", ["NAME"]),
    ],
)
def test_what_the_prefix_is(repository: MakeRepository, manager: str, expected: list[str]) -> None:
    assert list(names(repository, f"with {manager}:\n    X = env.str('NAME')\n")) == expected


def test_a_name_that_is_upper_case_only_with_its_prefix(repository: MakeRepository) -> None:
    assert names(repository, "with env.prefixed('A_'):\n    X = env('1')\n") == {"A_1": [2]}


def test_a_function_of_the_project_that_reads(repository: MakeRepository) -> None:
    files = {
        "app/tools.py": "import os\ndef required(name, kind=str):\n    return kind(os.environ[name])\n",
        "app/settings.py": "from app.tools import required\nX = required('NAME')\nY = other('OTHER')\n",
        "app/views.py": "X = required('NOT_SETTINGS')\n",
    }
    found = environment_mentions(repository(files), ".")
    assert {name: places[0].path for name, places in found.items()} == {"NAME": "app/settings.py"}


@pytest.mark.parametrize(
    ("path", "is_read"),
    [
        ("app/x.py", True),
        ("app/tests/x.py", False),
        ("app/test_x.py", False),
        ("app/migrations/0001.py", False),
        ("docs/conf.py", False),
        ("conftest.py", False),
        ("app/x.txt", False),
    ],
)
def test_files_that_the_server_runs(repository: MakeRepository, path: str, is_read: bool) -> None:
    assert bool(names(repository, "import os\nX = os.environ['NAME']\n", path)) is is_read


def test_a_file_that_is_no_python(repository: MakeRepository) -> None:
    assert names(repository, "import os\nX = os.environ['NAME'\n") == {}


def test_places_are_bounded(repository: MakeRepository) -> None:
    assert names(repository, "X = os.environ['NAME']\n" * 20) == {"NAME": list(range(1, MAX_EVIDENCE + 1))}


def test_only_below_the_project(repository: MakeRepository) -> None:
    files = {"backend/a.py": "os.environ['IN']\n", "other/b.py": "os.environ['OUT']\n"}
    assert list(environment_mentions(repository(files), "backend")) == ["IN"]
