"""The evaluation of a settings module: what it requires, which files it loads, where names are written."""

import pytest

from analyzer.facts.django.evaluation import Program, evaluate_settings
from analyzer.facts.evaluator.values import all_env
from analyzer.model.evidence import Evidence
from tests.facts.conftest import MakeRepository
from tests.facts.evaluator.settings_text import evaluate, plain


def test_variables_are_found_one_after_the_other(repository: MakeRepository) -> None:
    text = "import os\nA = os.environ['A']\nB = os.environ['B'].split(',')\nC = int(os.environ['C'])\n"
    settings = evaluate(repository, text)
    assert list(settings.environment.required) == ["A", "B", "C"]
    assert [how.partition(":")[0] for how in settings.environment.required.values()] == ["KeyError"] * 3


def test_a_variable_that_another_makes_necessary(repository: MakeRepository) -> None:
    text = "import os\nif os.environ['KIND'] == 'x':\n    pass\nURL = os.environ.get('URL')\nPARTS = URL.split('/')\n"
    assert sorted(evaluate(repository, text).environment.required) == ["KIND", "URL"]


@pytest.mark.parametrize("text", ["os.environ.get('A', 'x')", "os.getenv('A')", "'A' in os.environ"])
def test_what_is_not_required(repository: MakeRepository, text: str) -> None:
    settings = evaluate(repository, f"import os\nA = {text}\n")
    assert (dict(settings.environment.required), list(settings.environment.reads)) == ({}, ["A"])


def test_an_empty_secret_key(repository: MakeRepository) -> None:
    settings = evaluate(repository, "import os\nSECRET_KEY = os.environ.get('KEY', '')\n")
    assert "SECRET_KEY" in settings.environment.required["KEY"]
    assert evaluate(repository, "import os\nSECRET_KEY = os.environ.get('KEY', 'x')\n").environment.required == {}
    assert evaluate(repository, "SECRET_KEY = ''\n").environment.required == {}


SERVICES = """import os
REDIS = os.environ.get("REDIS_URL", "none")
DEBUG = os.environ.get("DEBUG", "True") == "True"
LOCAL = "LOCAL_DATABASE_URL" in os.environ
OTHER = os.environ.get("COLOUR", "red")
"""


def test_with_the_service_variables_set(repository: MakeRepository) -> None:
    bare, configured = (evaluate(repository, SERVICES, configured=c) for c in (False, True))
    names = ("REDIS", "DEBUG", "LOCAL", "OTHER")
    assert [plain(bare, name) for name in names] == ["none", True, False, "red"]
    assert [plain(configured, name) for name in names[1:]] == [False, False, "red"]
    assert plain(configured, "REDIS") != "none"


def test_given_texts(repository: MakeRepository) -> None:
    repo = repository({"app/__init__.py": "", "app/settings.py": "import os\nA = os.environ['A'] + '!'\n"})
    program = Program(repo=repo, roots=(".",))
    settings = evaluate_settings(program, "app.settings", "app/settings.py", given={"A": "text"})
    assert (plain(settings, "A"), settings.environment.required) == ("text!", {})


def test_the_files_that_are_loaded(repository: MakeRepository) -> None:
    files = {"app/base.py": "A = 1\n", "app/unused.py": "B = 2\n"}
    settings = evaluate(repository, "from .base import *\n", files)
    assert settings.files == ("app/__init__.py", "app/base.py", "app/settings.py")
    assert (settings.module, settings.path) == ("app.settings", "app/settings.py")


def test_the_lines_of_a_name(repository: MakeRepository) -> None:
    files = {"app/base.py": "\nA = [1]\n"}
    settings = evaluate(repository, "from .base import *\nA += [2]\nA.append(3)\nB = 1\n", files)
    assert settings.evidence("A") == (
        Evidence(path="app/settings.py", line=3),
        Evidence(path="app/settings.py", line=2),
        Evidence(path="app/base.py", line=2),
    )
    assert settings.evidence("C") == ()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("A = 1\n", None),
        ("from lib import *\n", "names of lib"),
        ("A = (\n", "app/settings.py: is not Python: '(' was never closed"),
        ("raise ValueError\nA = 1\n", None),
    ],
)
def test_what_may_be_missing(repository: MakeRepository, text: str, why: str | None) -> None:
    assert evaluate(repository, text).incomplete == why


CLASSES = """from configurations import Configuration, values

class Base(Configuration):
    APPS = ["a"]
    lower = 1
    KEY = values.SecretValue()

    @property
    def BOTH(self):
        return self.APPS + ["b"]

class Production(Base):
    DEBUG = False

class Dev(Base):
    DEBUG = True
"""


@pytest.mark.parametrize(("chosen", "debug"), [("Production", False), ("Dev", True), (None, False)])
def test_a_class_of_settings(repository: MakeRepository, chosen: str | None, debug: bool) -> None:
    repo = repository({"app/__init__.py": "", "app/settings.py": CLASSES})
    written = {"DJANGO_CONFIGURATION": chosen} if chosen is not None else {}
    settings = evaluate_settings(Program(repo=repo, roots=(".",), written=written), "app.settings", "app/settings.py")
    assert (plain(settings, "DEBUG"), plain(settings, "BOTH")) == (debug, ("a", "b"))
    assert "lower" not in settings.namespace.values
    assert list(settings.environment.required) == ["DJANGO_KEY"]


def test_a_property_finds_values_whose_names_come_after_its_own(repository: MakeRepository) -> None:
    text = """from configurations import Configuration, values

class Prod(Configuration):
    POSTGRES_DB = values.Value(environ_prefix="")

    @property
    def DATABASES(self):
        return {"default": {"NAME": self.POSTGRES_DB}}
"""
    settings = evaluate(repository, text)
    assert all_env(settings.namespace.values["DATABASES"]) == {"POSTGRES_DB"}
    assert plain(settings, "DATABASES") == {"default": {"NAME": None}}


def test_a_module_that_the_image_build_puts_in_place(repository: MakeRepository) -> None:
    files = {"app/__init__.py": "", "app/settings.py": "from .local import *\n", "deploy/local.py": "A = 1\n"}
    program = Program(repo=repository(files), roots=(".",), placed={"app/local.py": "deploy/local.py"})
    assert program.finds("app.local") == "app/local.py"
    settings = evaluate_settings(program, "app.settings", "app/settings.py")
    assert plain(settings, "A") == 1
    assert settings.evidence("A") == (Evidence(path="deploy/local.py", line=1),)
    assert Program(repo=program.repo, roots=(".",)).finds("app.local") is None
