"""Settings that nest more deeply than the stack allows: what they say is not told, the rest is."""

import pytest

from analyzer.facts.evaluator.signals import TOO_DEEP
from analyzer.model.evidence import Certainty, Fact, Unresolved
from analyzer.model.facts import Unknown
from analyzer.snapshot.documents import TOO_DEEP as TOO_DEEP_TO_PARSE
from tests.facts.conftest import MakeRepository
from tests.facts.project_text import MANAGE, observe, reason, told

DEPTH = 2_000
AROUND = "DEBUG = True\n{}\nROOT_URLCONF = 'app.urls'\n"


@pytest.mark.parametrize(
    "expression",
    [
        "+".join(["1"] * DEPTH),
        "+".join(["['a']"] * DEPTH),
        "**".join(["1"] * DEPTH),
        "-" * DEPTH + "1",
        "not " * DEPTH + "1",
        "dict" + "()" * DEPTH,
        "dict" + ".a" * DEPTH,
        "dict" + "[0]" * DEPTH,
        "[1" + " for _ in [1]" * DEPTH + "]",
        "1 if os.environ.get('A') else " * DEPTH + "1",
        "os.environ.get('A', " + "+".join(["'a'"] * DEPTH) + ")",
    ],
    ids=["sum", "lists", "power", "minus", "not", "calls", "attributes", "subscripts", "loops", "branches", "default"],
)
def test_an_expression_is_not_told_and_the_rest_is(repository: MakeRepository, expression: str) -> None:
    facts = observe(repository, "import os\n" + AROUND.format(f"INSTALLED_APPS = {expression}"))
    assert facts.django.installed_apps == Unresolved(
        reason=TOO_DEEP, evidence=facts.django.settings["INSTALLED_APPS"].evidence
    )
    assert [e.line for e in facts.django.installed_apps.evidence] == [3]
    assert facts.django.debug == Fact(value=True, evidence=facts.django.debug.evidence, certainty=Certainty.CERTAIN)
    assert told(facts.django.root_urlconf) == "app.urls"


def test_an_expression_of_ordinary_length_is_told(repository: MakeRepository) -> None:
    facts = observe(repository, AROUND.format("INSTALLED_APPS = " + "+".join(f"['a{n}']" for n in range(100))))
    assert told(facts.django.installed_apps) == tuple(f"a{n}" for n in range(100))


@pytest.mark.parametrize("text", ["(" * DEPTH + "1" + ")" * DEPTH, "'a'" + ".strip()" * 5 * DEPTH])
def test_a_file_that_the_parser_refuses_tells_nothing(repository: MakeRepository, text: str) -> None:
    facts = observe(repository, AROUND.format(f"INSTALLED_APPS = {text}"))
    assert "app/settings.py: " in reason(facts.django.installed_apps)
    assert isinstance(facts.django.debug, Unresolved)
    assert TOO_DEEP_TO_PARSE in reason(facts.django.debug) or "too many nested parentheses" in reason(
        facts.django.debug
    )


def test_nested_displays_are_told_to_some_depth(repository: MakeRepository) -> None:
    facts = observe(repository, "DATABASES = " + "{'default': " * 90 + "1" + "}" * 90 + "\nDEBUG = True\n")
    assert isinstance(facts.django.databases, Unresolved)
    part = facts.django.settings["DATABASES"].bare
    depth = 0
    while isinstance(part, dict):
        part, depth = part["default"], depth + 1
    assert (part, depth) == (Unknown(reason="limit: nesting"), 13)


@pytest.mark.parametrize(
    "text",
    [
        "X = []\nfor _ in range(2000):\n    X = [X]\nINSTALLED_APPS = X\n",
        "X = {}\nfor _ in range(2000):\n    X = {'default': X}\nINSTALLED_APPS = [X]\n",
        "INSTALLED_APPS = []\nINSTALLED_APPS.append(INSTALLED_APPS)\n",
        "X = ()\nfor _ in range(2000):\n    X = (X,)\nINSTALLED_APPS = {X: 1}\n",
    ],
)
def test_values_that_nest_without_end(repository: MakeRepository, text: str) -> None:
    facts = observe(repository, text + "ROOT_URLCONF = 'app.urls'\n")
    assert isinstance(facts.django.installed_apps, Unresolved)
    assert told(facts.django.root_urlconf) == "app.urls"


def test_a_statement_makes_unresolved_what_it_may_change(repository: MakeRepository) -> None:
    deep = "+".join(["['a']"] * DEPTH)
    text = (
        "import os\nINSTALLED_APPS = ['a']\nMIDDLEWARE = ['m']\nDATABASES = {'default': {}}\n"
        f"INSTALLED_APPS.extend({deep})\nMIDDLEWARE[0] = {deep}\n"
        f"DATABASES['default'].update({deep})\nos.environ.setdefault('A', {deep})\n"
        "ALLOWED_HOSTS = ['h']\nBASE = os.path.join('a', 'b')\n"
    )
    facts = observe(repository, text)
    settings = facts.django.settings
    assert settings["INSTALLED_APPS"].bare == settings["DATABASES"].bare == Unknown(reason=TOO_DEEP)
    assert settings["MIDDLEWARE"].bare == (Unknown(reason=TOO_DEEP),)
    assert facts.django.settings["BASE"].bare == "a/b"
    assert told(facts.django.allowed_hosts) == ("h",)


def test_a_long_chain_of_branches(repository: MakeRepository) -> None:
    branches = "".join(f"elif os.environ['A'] == '{n}':\n    ROOT_URLCONF = 'u{n}'\n" for n in range(DEPTH))
    facts = observe(
        repository, f"import os\nif os.environ['A'] == '':\n    ROOT_URLCONF = 'u'\n{branches}DEBUG = True\n"
    )
    assert isinstance(facts.django.root_urlconf, Unresolved)
    assert told(facts.django.debug) is True
    assert [v.name for v in facts.environment if v.required] == ["A"]


@pytest.mark.parametrize(
    ("function", "told_reason"),
    [
        ("return " + "+".join(["1"] * DEPTH), TOO_DEEP),
        ("return f(n + 1)", "RecursionError: limit: call depth"),
        ("return " + "1 + (" * 20 + "f(n + 1)" + ")" * 20, "computed from what the scan cannot tell"),
    ],
)
def test_what_a_function_returns(repository: MakeRepository, function: str, told_reason: str) -> None:
    facts = observe(repository, f"def f(n):\n    {function}\nX = f(1)\nDEBUG = True\n")
    assert facts.django.settings["X"].bare == Unknown(reason=told_reason)
    assert told(facts.django.debug) is True


def test_a_variable_is_not_required_because_an_expression_is_deep(repository: MakeRepository) -> None:
    facts = observe(
        repository, "import os\nA = os.environ.get('A')\nX = " + "+".join(["A"] * DEPTH) + "\nDEBUG = True\n"
    )
    assert [(v.name, v.required) for v in facts.environment] == [("A", False)]


@pytest.mark.parametrize(
    "text",
    ["class A0: pass\n" + "".join(f"class A{n + 1}(A{n}): pass\n" for n in range(300)) + "X = A300.b\n",
     "class A0: pass\nclass B0: pass\n"
     + "".join(f"class A{n + 1}(A{n}, B{n}): pass\nclass B{n + 1}(A{n}, B{n}): pass\n" for n in range(60))
     + "X = A60.b\n"],
    ids=["chain", "lattice"],
)  # fmt: skip
def test_long_lines_of_classes(repository: MakeRepository, text: str) -> None:
    facts = observe(repository, f"{text}DEBUG = True\n")
    unknown = facts.django.settings["X"].bare
    assert isinstance(unknown, Unknown)
    assert unknown.reason.startswith("AttributeError")
    assert told(facts.django.debug) is True


def test_other_files_of_the_project(repository: MakeRepository) -> None:
    deep = "+".join(["'a'"] * DEPTH)
    files = {
        "app/celery.py": f"from celery import Celery\napp = Celery('app', broker={deep})\n",
        "app/wsgi.py": f"X = {deep}\n{MANAGE}",
        "app/other.py": f"import os\nX = os.environ['LATER'] + {deep}\ndj_database_url{'.a' * DEPTH}.config()\n",
        "setup.py": f"from setuptools import setup\nsetup(name='app', install_requires={deep})\n",
    }
    facts = observe(repository, "DEBUG = True\n", files)
    assert told(facts.task_queue.app) == "app.celery:app"
    assert reason(facts.task_queue.broker).startswith("the broker's URL: ")
    assert told(facts.django.settings_modules.wsgi) == "app.settings"
    assert [v.name for v in facts.environment] == ["LATER"]
