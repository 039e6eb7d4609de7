"""bin/steps/collectstatic: whether it runs, with which manage.py, and what it meets."""

from collections.abc import Callable
from pathlib import Path

import pytest

from analyzer.buildpacks.heroku_classic.compile import predict_newest, predict_v322
from analyzer.buildpacks.source import Source
from analyzer.model.prediction import BuildpackPrediction, Outcome, PredictedCollectstatic, Step


def outcome(prediction: BuildpackPrediction) -> PredictedCollectstatic:
    assert prediction.collectstatic is not None
    return prediction.collectstatic


def modes(prediction: BuildpackPrediction) -> set[str | None]:
    return {s.mode for s in prediction.statements if s.step is Step.COLLECTSTATIC}


@pytest.mark.parametrize(
    ("paths", "chosen"),
    [
        (["a/manage.py", "manage.py"], "manage.py"),
        (["a/b/manage.py", "z/manage.py"], "z/manage.py"),
        (["zeta/manage.py", "alpha/manage.py"], "alpha/manage.py"),
        (["Backend/manage.py", "app/manage.py"], "app/manage.py"),
        (["app/manage.py", "app2/manage.py"], "app2/manage.py"),
        (["App/manage.py", "app/manage.py"], "app/manage.py"),
        (["node_modules/x/manage.py"], "node_modules/x/manage.py"),
        (["a/b/c/manage.py"], None),
        (["Manage.py"], None),
    ],
)
def test_choice_of_manage_py(source: Callable[..., Source], paths: list[str], chosen: str | None) -> None:
    given = source({"requirements.txt": "", **dict.fromkeys(paths, "")})
    assert outcome(predict_v322(given)).manage_py == chosen


def test_links_and_folders_do_not_count(source: Callable[..., Source]) -> None:
    files = {"manage.py": Path("real/m.py"), "real/m.py": "", "a": Path("b"), "b/manage.py": None}
    prediction = predict_newest(source({"requirements.txt": "", **files}))
    assert outcome(prediction).outcome is Outcome.SKIPPED
    assert outcome(prediction).manage_py is None
    assert modes(prediction) == {"C6"}


def test_without_any_manage_py_nothing_is_overlooked(source: Callable[..., Source]) -> None:
    assert modes(predict_newest(source({"requirements.txt": ""}))) == {None}


@pytest.mark.parametrize("value", ["1", "true", " ", "00"])
def test_disabled_by_variable(project: Callable[..., Source], value: str) -> None:
    predicted = outcome(predict_v322(project({}, DISABLE_COLLECTSTATIC=value)))
    assert predicted.outcome is Outcome.SKIPPED
    assert predicted.manage_py == "manage.py"


@pytest.mark.parametrize("value", ["", "0"])
def test_not_disabled_by_variable(project: Callable[..., Source], value: str) -> None:
    assert outcome(predict_v322(project({}, DISABLE_COLLECTSTATIC=value))).outcome is Outcome.RUNS


APP_SPEC = """\
services:
- name: web
  envs:
  - {key: OTHER, value: "1"}
  - key: DISABLE_COLLECTSTATIC
    value: "VALUE"
    scope: SCOPE
"""


@pytest.mark.parametrize(
    ("value", "scope", "result"),
    [
        ("1", "BUILD_TIME", Outcome.SKIPPED),
        ("1", "RUN_AND_BUILD_TIME", Outcome.SKIPPED),
        ("1", "RUN_TIME", Outcome.RUNS),
        ("0", "BUILD_TIME", Outcome.RUNS),
    ],
)
def test_disabled_by_the_app_spec(project: Callable[..., Source], value: str, scope: str, result: Outcome) -> None:
    given = project({".do/app.yaml": APP_SPEC.replace("VALUE", value).replace("SCOPE", scope)})
    assert outcome(predict_v322(given)).outcome is result
    assert outcome(predict_newest(given)).outcome is Outcome.RUNS


def test_disabled_by_app_json(project: Callable[..., Source]) -> None:
    given = project({"app.json": '{"env": {\n  "DISABLE_COLLECTSTATIC": {"value": "1"}\n}}\n'})
    predicted = outcome(predict_newest(given))
    assert predicted.outcome is Outcome.SKIPPED
    assert [(e.path, e.line) for e in predicted.evidence] == [("app.json", 2)]
    assert outcome(predict_v322(given)).outcome is Outcome.RUNS


def test_the_platform_overrides_app_json(project: Callable[..., Source]) -> None:
    given = project({"app.json": '{"env": {"DISABLE_COLLECTSTATIC": "1"}}'}, DISABLE_COLLECTSTATIC="0")
    assert outcome(predict_newest(given)).outcome is Outcome.RUNS


def test_disabled_by_file(project: Callable[..., Source]) -> None:
    prediction = predict_v322(project({".heroku/collectstatic_disabled": ""}))
    assert outcome(prediction).outcome is Outcome.SKIPPED
    assert "collectstatic::disabled-file" in [w.id for w in prediction.warnings]


def test_unknown_without_facts(source: Callable[..., Source]) -> None:
    predicted = outcome(predict_v322(source({"requirements.txt": "django", "manage.py": ""})))
    assert predicted.outcome is Outcome.UNKNOWN
    assert predicted.manage_py == "manage.py"


def test_runs(project: Callable[..., Source]) -> None:
    prediction = predict_newest(project({}))
    assert outcome(prediction).outcome is Outcome.RUNS
    assert prediction.failures == ()


SECRET = (
    'import os\nINSTALLED_APPS = ["django.contrib.staticfiles"]\nSTATIC_ROOT = "x"\nSECRET_KEY = os.environ["KEY"]\n'
)


def test_a_required_variable_fails_it(project: Callable[..., Source]) -> None:
    prediction = predict_newest(project({"site_settings.py": SECRET}))
    assert outcome(prediction).outcome is Outcome.FAILS
    failure = prediction.failures[0]
    assert (failure.id, failure.mode) == ("collectstatic-other", "C1")
    assert (failure.evidence[0].path, failure.evidence[0].line) == ("site_settings.py", 4)
    assert failure.log.startswith("KeyError: 'KEY' … ")
    assert failure.fix.startswith("set KEY for the build, or give it a default")
    assert prediction.error is None


def test_all_variables_that_are_missing_are_told_at_once(project: Callable[..., Source]) -> None:
    given = project({"site_settings.py": SECRET + "A = os.environ['A']\nB = os.environ['B']\n"}, A="set")
    failure = predict_newest(given).failures[0]
    assert failure.message.endswith("without the variables KEY and B")
    assert failure.fix.startswith("set KEY and B for the build, or give them defaults")
    assert [e.line for e in failure.evidence] == [4, 6]


def test_settings_that_refuse_to_load_without_a_file_fail_it(project: Callable[..., Source]) -> None:
    settings = (
        "import os\nif not os.path.exists(os.path.join(os.path.dirname(__file__), 'conf.ini')):\n"
        "    raise ValueError('conf.ini is missing')\n" + SETTINGS
    )
    failure = predict_newest(project({"site_settings.py": settings})).failures[0]
    assert (failure.mode, failure.evidence[0].line) == ("C2", 3)
    assert failure.log.startswith("ValueError: conf.ini is missing")
    there = project({"site_settings.py": settings, "conf.ini": ""})
    assert outcome(predict_newest(there)).outcome is Outcome.RUNS


def test_a_config_var_satisfies_it(project: Callable[..., Source]) -> None:
    assert outcome(predict_newest(project({"site_settings.py": SECRET}, KEY="x"))).outcome is Outcome.RUNS


def test_an_attribute_of_nothing_fails_it(project: Callable[..., Source]) -> None:
    settings = SECRET.replace('os.environ["KEY"]', '"x"') + 'ALLOWED_HOSTS = os.environ.get("HOSTS").split(",")\n'
    failure = predict_newest(project({"site_settings.py": settings})).failures[0]
    assert (failure.id, failure.mode, failure.evidence[0].line) == ("collectstatic-other", "C2", 5)


def test_a_missing_static_root_fails_it(project: Callable[..., Source]) -> None:
    settings = 'INSTALLED_APPS = ["django.contrib.staticfiles"]\nSECRET_KEY = "x"\n'
    failure = predict_newest(project({"site_settings.py": settings})).failures[0]
    assert (failure.id, failure.mode) == ("collectstatic-improper-configuration", "C3")


@pytest.mark.parametrize(
    ("base", "line"),
    [
        ("import os\nBASE_DIR = os.path.dirname(__file__)\n", 'STATIC_ROOT = os.path.join(BASE_DIR, "staticfiles")'),
        ("from pathlib import Path\nBASE_DIR = Path(__file__).parent\n", 'STATIC_ROOT = BASE_DIR / "staticfiles"'),
        ("", 'STATIC_ROOT = "staticfiles"'),
    ],
)
def test_the_line_for_a_missing_static_root_works_in_the_settings(
    project: Callable[..., Source], base: str, line: str
) -> None:
    settings = base + 'INSTALLED_APPS = ["django.contrib.staticfiles"]\nSECRET_KEY = "x"\n'
    failure = predict_newest(project({"site_settings.py": settings})).failures[0]
    assert failure.fix == f"add the line `{line}` to the settings"


def test_a_storage_elsewhere_needs_no_static_root(project: Callable[..., Source]) -> None:
    settings = (
        'INSTALLED_APPS = ["django.contrib.staticfiles"]\nSECRET_KEY = "x"\n'
        'STORAGES = {"staticfiles": {"BACKEND": "storages.backends.s3.S3Storage"}}\n'
    )
    requirements = "Django==5.2.7\ndjango-storages==1.14\n"
    given = project({"site_settings.py": settings, "requirements.txt": requirements})
    assert outcome(predict_newest(given)).outcome is Outcome.RUNS


def test_an_app_of_the_development_group_fails_it(project: Callable[..., Source]) -> None:
    settings = 'INSTALLED_APPS = ["django.contrib.staticfiles", "debug_toolbar"]\nSECRET_KEY = "x"\nSTATIC_ROOT = "x"\n'
    files = {"site_settings.py": settings, "requirements-dev.txt": "-r requirements.txt\ndjango-debug-toolbar==6.0\n"}
    failure = predict_newest(project(files)).failures[0]
    assert (failure.id, failure.mode) == ("collectstatic-other", "C4")
    assert "debug_toolbar" in failure.log


def test_without_the_app_there_is_no_such_command(project: Callable[..., Source]) -> None:
    failure = predict_newest(project({"site_settings.py": 'SECRET_KEY = "x"\nINSTALLED_APPS = []\n'})).failures[0]
    assert failure.id == "collectstatic-other"
    assert "Unknown command" in failure.log


def test_an_empty_secret_key_matters_to_old_django_only(project: Callable[..., Source]) -> None:
    settings = SECRET.replace('os.environ["KEY"]', 'os.environ.get("KEY", "")')
    old = project({"site_settings.py": settings, "requirements.txt": "Django==3.1.14\n", ".python-version": "3.11"})
    assert outcome(predict_newest(old)).outcome is Outcome.FAILS


def test_an_empty_secret_key_does_not_matter_to_new_django(project: Callable[..., Source]) -> None:
    settings = SECRET.replace('os.environ["KEY"]', 'os.environ.get("KEY", "")')
    assert outcome(predict_newest(project({"site_settings.py": settings}))).outcome is Outcome.RUNS


def test_other_settings_by_variable_are_not_judged(project: Callable[..., Source]) -> None:
    given = project({"site_settings.py": SECRET}, DJANGO_SETTINGS_MODULE="other")
    assert outcome(predict_newest(given)).outcome is Outcome.UNKNOWN


def test_another_manage_py_is_picked_up(project: Callable[..., Source]) -> None:
    prediction = predict_newest(project({"manage.py": None, "a/manage.py": "", "app/web/manage.py": MANAGE, **WEB}))
    assert outcome(prediction).manage_py == "a/manage.py"
    assert outcome(prediction).outcome is Outcome.UNKNOWN
    assert "C5" in modes(prediction)


MANAGE = (
    "import os, sys\nfrom django.core.management import execute_from_command_line\n"
    'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\nexecute_from_command_line(sys.argv)\n'
)
SETTINGS = 'INSTALLED_APPS = ["django.contrib.staticfiles"]\nSECRET_KEY = "x"\nSTATIC_ROOT = "x"\n'
WEB = {"app/web/shop/__init__.py": "", "app/web/shop/settings.py": SETTINGS}


def test_a_strict_storage_is_a_risk(project: Callable[..., Source]) -> None:
    storage = 'STORAGES = {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}\n'
    settings = SETTINGS + storage
    given = project({"site_settings.py": settings, "requirements.txt": "Django==5.2.7\nwhitenoise==6.9\n"})
    assert "C7" in modes(predict_newest(given))


@pytest.mark.parametrize(
    ("django", "python", "fails"),
    [("Django==4.0.3", "3.13", True), ("Django>=3.2,<4.0", "3.13", True), ("Django==4.1", "3.13", False),
     ("Django==4.0.3", "3.12", False), ("Django>=3.2", "3.13", False)],
)  # fmt: skip
def test_old_django_on_new_python(project: Callable[..., Source], django: str, python: str, fails: bool) -> None:
    prediction = predict_v322(project({"requirements.txt": django, ".python-version": python}))
    assert ("B11" in [f.mode for f in prediction.failures]) is fails
    assert (outcome(prediction).outcome is Outcome.FAILS) is fails


@pytest.mark.parametrize(
    ("django", "log", "fix"),
    [
        ("4.0.10", "No module named 'cgi'", "ask for Python 3.12, "),
        ("3.1.14", "No module named 'distutils'", "ask for Python 3.11, "),
        (
            "1.11.29",
            "No module named 'django.utils.six.moves'",
            "upgrade Django to 2.2 or newer, and ask for Python 3.11",
        ),
    ],
)
def test_how_old_django_fails_and_what_it_starts_on(
    project: Callable[..., Source], django: str, log: str, fix: str
) -> None:
    failure = predict_v322(project({"requirements.txt": f"Django=={django}", ".python-version": "3.13"})).failures[0]
    assert log in failure.log
    assert failure.fix.startswith(fix)


def test_old_django_fails_at_the_start_where_collectstatic_is_disabled(project: Callable[..., Source]) -> None:
    prediction = predict_v322(project({"requirements.txt": "Django==4.0.3\n"}, DISABLE_COLLECTSTATIC="1"))
    assert [(f.id, f.step) for f in prediction.failures] == [("boot::django-too-old", Step.BOOT)]


def test_new_django_on_old_python_is_not_installed(project: Callable[..., Source]) -> None:
    prediction = predict_v322(project({"requirements.txt": "Django==6.0\n", ".python-version": "3.11"}))
    assert [(f.id, f.mode) for f in prediction.failures] == [("install-dependencies::pip", "B12")]
