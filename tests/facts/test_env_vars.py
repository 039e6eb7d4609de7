"""The list of variables that a project reads."""

import pytest

from analyzer.model.evidence import Evidence
from analyzer.model.facts import EnvironmentVariable
from tests.facts.conftest import MakeRepository
from tests.facts.project_text import observe

ENVIRONS = "from environs import Env\nenv = Env()\n"


def variables(
    repository: MakeRepository, settings: str, files: dict[str, str] | None = None
) -> dict[str, EnvironmentVariable]:
    """The variables by name."""
    return {v.name: v for v in observe(repository, settings, files).environment}


def test_a_required_one(repository: MakeRepository) -> None:
    found = variables(repository, "import os\nX = os.environ['NAME']\nINSTALLED_APPS = []\n")
    assert found == {
        "NAME": EnvironmentVariable(
            name="NAME",
            required=True,
            secret=False,
            kind="text",
            default=None,
            phases=("build", "run"),
            evidence=(
                Evidence(path="app/settings.py", line=2, note="os.environ"),
                Evidence(path="app/settings.py", line=2),
            ),
            named_elsewhere=False,
        )
    }


@pytest.mark.parametrize(
    ("read", "kind", "default"),
    [
        ("env.bool('NAME', default=True)", "bool", "True"),
        ("env.int('NAME', 3)", "int", "3"),
        ("env.list('NAME', default=['a', 'b'])", "list", "a,b"),
        ("os.environ.get('NAME', 'x')", "text", "x"),
        ("os.environ.get('NAME')", "text", None),
        ("os.environ.get('NAME', 'https://user:pass@h')", "text", None),
        ("os.environ.get('NAME', 'https://user@h')", "text", "https://user@h"),
        ("os.environ.get('NAME', 'false')", "bool", "false"),
        ("os.environ.get('NAME', '-12')", "int", "-12"),
    ],
)
def test_an_optional_one(repository: MakeRepository, read: str, kind: str, default: str | None) -> None:
    found = variables(repository, f"import os\n{ENVIRONS}X = {read}\n")["NAME"]
    assert (found.required, found.kind, found.default) == (False, kind, default)


def test_a_secret_never_shows_its_default(repository: MakeRepository) -> None:
    text = "import os\nA = os.environ.get('API_KEY', 'hush')\nB = os.environ.get('COLOUR', 'red')\n"
    found = variables(repository, text)
    assert (found["API_KEY"].secret, found["API_KEY"].default) == (True, None)
    assert (found["COLOUR"].secret, found["COLOUR"].default) == (False, "red")


def test_nor_does_a_variable_whose_default_looks_like_a_secret(repository: MakeRepository) -> None:
    key = "sk_" + "live_0123456789abcdef"
    found = variables(repository, f"import os\nA = os.environ.get('SHOP', '{key}')\n")
    assert (found["SHOP"].secret, found["SHOP"].default) == (False, None)


@pytest.mark.parametrize(
    ("name", "is_listed"), [("HOME", False), ("PATH", False), ("DJANGO_SETTINGS_MODULE", False), ("TZ", True)]
)
def test_what_every_process_has(repository: MakeRepository, name: str, is_listed: bool) -> None:
    assert (name in variables(repository, f"import os\nX = os.environ.get('{name}', 'x')\n")) is is_listed


def test_what_every_process_has_is_listed_where_it_is_required(repository: MakeRepository) -> None:
    assert variables(repository, "import os\nX = os.environ['HOSTNAME']\n")["HOSTNAME"].required


def test_what_only_other_code_reads_is_not_needed_for_the_build(repository: MakeRepository) -> None:
    files = {"app/views.py": "import os\n\nX = os.environ['LATER']\n"}
    found = variables(repository, "import os\nX = os.environ.get('NOW')\n", files)
    assert (found["NOW"].phases, found["LATER"].phases) == (("build", "run"), ("run",))
    assert (found["LATER"].required, found["LATER"].evidence) == (False, (Evidence(path="app/views.py", line=3),))


def test_what_the_module_of_celery_reads(repository: MakeRepository) -> None:
    celery = "import os\nfrom celery import Celery\napp = Celery('app', broker=os.environ['WORKERS_BROKER'])\n"
    found = variables(repository, "DEBUG = True\n", {"app/celery.py": celery})["WORKERS_BROKER"]
    assert (found.required, found.phases) == (True, ("run",))
    assert variables(repository, "DEBUG = True\n", {"app/celery.py": "X = 1\n"}) == {}


PREFIXED = f"""{ENVIRONS}with env.prefixed("TICKETS_"):
    HOSTS = env.list("HOSTS")
    with env.prefixed("MAIL_"):
        PORT = env.int("PORT", default=25)
OTHER = env("OTHER")
"""


def test_names_with_a_prefix_are_listed_with_it_alone(repository: MakeRepository) -> None:
    found = variables(repository, PREFIXED)
    assert {name: (v.kind, v.required) for name, v in found.items()} == {
        "OTHER": ("text", True),
        "TICKETS_HOSTS": ("list", True),
        "TICKETS_MAIL_PORT": ("int", False),
    }


def test_names_with_a_prefix_on_a_branch_that_is_not_taken(repository: MakeRepository) -> None:
    text = f"{ENVIRONS}if False:\n    with env.prefixed('A_'):\n        X = env('NAME')\nY = env('NAME', 'y')\n"
    assert sorted(variables(repository, text)) == ["A_NAME", "NAME"]


def test_the_same_name_without_the_prefix_where_it_is_read_so(repository: MakeRepository) -> None:
    text = f"{ENVIRONS}with env.prefixed('A_'):\n    X = env('NAME')\nY = env('NAME')\n"
    assert sorted(variables(repository, text)) == ["A_NAME", "NAME"]


@pytest.mark.parametrize(
    ("reads", "name"),
    [
        ("import dj_database_url\nX = dj_database_url.config(env=dj_database_url.DEFAULT_ENV)\n", "DATABASE_URL"),
        ("import django_cache_url\nX = django_cache_url.config(django_cache_url.DEFAULT_ENV)\n", "CACHE_URL"),
        ("import dj_email_url as mail\nX = mail.config(env=mail.DEFAULT_ENV)\n", "EMAIL_URL"),
        ("import environ\nenv = environ.Env()\nX = env.db(environ.Env.DEFAULT_DATABASE_ENV)\n", "DATABASE_URL"),
        ("import environ\nenv = environ.Env()\nX = env(environ.Env.DEFAULT_CACHE_ENV)\n", "CACHE_URL"),
    ],
)
def test_names_that_the_libraries_give(repository: MakeRepository, reads: str, name: str) -> None:
    assert list(variables(repository, reads)) == [name]


def test_a_name_that_nothing_gives(repository: MakeRepository) -> None:
    text = "import dj_database_url, other\nDATABASES = {'default': dj_database_url.config(env=other.DEFAULT_ENV)}\n"
    assert variables(repository, text) == {}


def test_a_required_one_stands_where_it_has_no_default(repository: MakeRepository) -> None:
    text = f"{ENVIRONS}A = env.str('SHOP_NAME', 'x')\nB = env.str('SHOP_NAME')\nINSTALLED_APPS = []\n"
    assert variables(repository, text)["SHOP_NAME"].evidence[0].line == 4


@pytest.mark.parametrize(
    ("path", "text", "named"),
    [
        (".env.example", "SHOP_KEY=\n", True),
        ("README.md", "Set `SHOP_KEY` first.\n", True),
        ("compose.yaml", "environment: [SHOP_KEY=x]\n", True),
        (".envs/.test/.django", "SHOP_KEY=x\n", True),
        (".envs/.production/.django.template", "SHOP_KEY=x\n", True),
        ("shop.py", "SHOP_KEY = 1\n", False),
        ("README.md", "Set it first.\n", False),
    ],
)
def test_whether_a_file_beside_the_code_names_it(repository: MakeRepository, path: str, text: str, named: bool) -> None:
    settings = "import os\nX = os.environ['SHOP_KEY']\nINSTALLED_APPS = []\n"
    assert variables(repository, settings, {path: text})["SHOP_KEY"].named_elsewhere is named
