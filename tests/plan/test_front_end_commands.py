"""Tailwind, Sass and django-compressor while the image is built."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from analyzer.model.evidence import Unresolved
from analyzer.model.facts import ProjectFacts
from analyzer.model.overrides import ImageOverrides, Overrides
from analyzer.model.plan import ImagePlan, ManagementCommand
from analyzer.plan.image import plan_image

Facts = Callable[..., ProjectFacts]
BASE = "from pathlib import Path\nBASE_DIR = Path(__file__).resolve().parent.parent\n"
REQUIREMENTS = "django==5.2.19\ngunicorn\nwhitenoise\n"
THEME = "INSTALLED_APPS += ['tailwind', 'theme']\nTAILWIND_APP_NAME = 'theme'\n"
PACKAGE = (
    '{"scripts": {"build": "postcss ./src/a.css -o ../static/css/a.css"}, "devDependencies": {"postcss-cli": "1"}}'
)
COMPRESSOR = "INSTALLED_APPS += ['compressor']\n"
S3 = "STORAGES = {'staticfiles': {'BACKEND': 'storages.backends.s3.S3Storage'}}\n"


def image(facts: ProjectFacts, **configured: Any) -> tuple[ImagePlan, set[str]]:
    plan, notes = plan_image(facts, Overrides(image=ImageOverrides(**configured)))
    return plan, {note.code for note in notes}


def ran(plan: ImagePlan) -> list[str]:
    """The commands, in their order in the image."""
    before, after = plan.front_end_commands(collected=True), plan.front_end_commands(collected=False)
    return [one.value.command for one in (*before, plan.collectstatic, *after) if one.value is not None]


def command(value: ManagementCommand | None) -> ManagementCommand:
    assert value is not None
    return value


COLLECTSTATIC = "python manage.py collectstatic --noinput"
TAILWIND = "python manage.py tailwind build"


def test_a_project_without_these_apps_runs_none(facts: Facts) -> None:
    plan, _ = image(facts({"requirements.txt": f"{REQUIREMENTS}django-compressor\nlibsass\n"}))
    assert ran(plan) == [COLLECTSTATIC]
    assert (plan.tailwind.override, plan.compilescss.override, plan.compress.override) == (
        "image.tailwind",
        "image.compilescss",
        "image.compress",
    )


def test_tailwind_with_a_program_of_its_own(facts: Facts) -> None:
    files = {"requirements.txt": f"{REQUIREMENTS}django-tailwind-cli\n"}
    plan, codes = image(facts(files, f"{BASE}INSTALLED_APPS += ['django_tailwind_cli']\n"))
    assert ran(plan) == [TAILWIND, COLLECTSTATIC]
    found = command(plan.tailwind.value)
    assert found.leftovers == ("/app/.django_tailwind_cli",)
    assert set(found.variables) == {"DJANGO_SETTINGS_MODULE", "SECRET_KEY"}
    assert plan.tailwind.evidence[0].path == "shop/settings.py"
    assert codes.isdisjoint({"assets-not-built", "tailwind-program-missing"})


@pytest.mark.parametrize(
    "setting", ["TAILWIND_CLI_AUTOMATIC_DOWNLOAD = False", "TAILWIND_CLI_USE_SYSTEM_BINARY = True"]
)
def test_a_program_that_is_not_downloaded_is_not_there(facts: Facts, setting: str) -> None:
    plan, codes = image(facts(settings=f"INSTALLED_APPS += ['django_tailwind_cli']\n{setting}\n"))
    assert ran(plan) == [COLLECTSTATIC]
    assert "tailwind-program-missing" in codes
    plan, codes = image(facts(settings=f"INSTALLED_APPS += ['django_tailwind_cli']\n{setting}\n"), tailwind=True)
    assert ran(plan) == [TAILWIND, COLLECTSTATIC]
    assert "tailwind-program-missing" not in codes


def test_the_program_stays_where_the_settings_put_it(facts: Facts) -> None:
    settings = f"{BASE}INSTALLED_APPS += ['django_tailwind_cli']\nTAILWIND_CLI_PATH = '/opt/tailwind'\n"
    assert command(image(facts(settings=settings))[0].tailwind.value).leftovers == ()


def test_a_theme_with_npm_is_built_by_the_stage_of_the_front_end(facts: Facts) -> None:
    files = {
        "requirements.txt": f"{REQUIREMENTS}django-tailwind\n",
        "theme/static_src/package.json": PACKAGE,
        "theme/__init__.py": "",
    }
    plan, _ = image(facts(files, THEME))
    assert ran(plan) == [COLLECTSTATIC]
    assert plan.assets.value is not None
    assert plan.assets.value.directory == "theme/static_src"
    assert "the stage of the front end" in plan.tailwind.rule


def test_a_theme_without_npm_is_built_by_the_command(facts: Facts) -> None:
    files = {"requirements.txt": f"{REQUIREMENTS}django-tailwind\n", "theme/__init__.py": ""}
    assert ran(image(facts(files, THEME))[0]) == [TAILWIND, COLLECTSTATIC]
    files["theme/static_src/package.json"] = PACKAGE
    standalone = image(facts(files, f"{THEME}TAILWIND_USE_STANDALONE_BINARY = True\n"))[0]
    assert ran(standalone) == [TAILWIND, COLLECTSTATIC]
    assert len(standalone.tailwind.evidence) == 2


def test_sass_is_compiled_before_it_is_collected(facts: Facts) -> None:
    files = {"requirements.txt": f"{REQUIREMENTS}django-sass-processor\nlibsass\ndjango-compressor\n"}
    plan, codes = image(facts(files, "INSTALLED_APPS += ['sass_processor.apps.SassProcessorConfig']\n"))
    assert ran(plan) == ["python manage.py compilescss", COLLECTSTATIC]
    assert "sass-not-compiled" not in codes


def test_sass_without_its_compiler_is_said(facts: Facts) -> None:
    files = {"requirements.txt": f"{REQUIREMENTS}django-sass-processor\ndjango-compressor\n"}
    plan, codes = image(facts(files, "INSTALLED_APPS += ['sass_processor']\n"))
    assert ran(plan) == [COLLECTSTATIC]
    assert "needs libsass, which" in plan.compilescss.rule
    assert "sass-not-compiled" in codes


def test_compress_reads_collected_files(facts: Facts) -> None:
    plan, codes = image(facts(settings=f"{COMPRESSOR}COMPRESS_OFFLINE = True\n"))
    assert ran(plan) == [COLLECTSTATIC, "python manage.py compress"]
    assert codes.isdisjoint({"compress-in-requests", "compress-left-out", "compress-not-known"})


def test_compress_is_first_where_collectstatic_takes_its_results(facts: Facts) -> None:
    settings = f"{COMPRESSOR}COMPRESS_OFFLINE = True\nCOMPRESS_ROOT = 'assets'\n"
    assert ran(image(facts(settings=settings))[0]) == ["python manage.py compress", COLLECTSTATIC]
    same = f"{COMPRESSOR}COMPRESS_OFFLINE = True\nCOMPRESS_ROOT = STATIC_ROOT\n"
    assert ran(image(facts(settings=same))[0]) == [COLLECTSTATIC, "python manage.py compress"]


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ("", "compress-in-requests"),
        ("COMPRESS_OFFLINE = False\n", "compress-in-requests"),
        ("import socket\nCOMPRESS_OFFLINE = socket.has_ipv6\n", "compress-not-known"),
        (f"COMPRESS_OFFLINE = True\n{S3}", "compress-left-out"),
        ("COMPRESS_ENABLED = False\n", None),
    ],
)
def test_where_compress_does_not_run(facts: Facts, settings: str, code: str | None) -> None:
    plan, codes = image(facts(settings=COMPRESSOR + settings))
    assert plan.compress.value is None
    assert {one for one in codes if one.startswith("compress-")} == ({code} if code else set())


def test_a_note_about_an_app_stands_at_the_app(facts: Facts) -> None:
    plain, _ = image(facts(settings="INSTALLED_APPS += ['compressor', 'rest_framework']\n"))
    lower, _ = image(facts(settings="INSTALLED_APPS += [\n    'rest_framework',\n    'compressor',\n]\n"))
    assert lower.compress.evidence[0].line == plain.compress.evidence[0].line + 2


def test_the_configuration_decides(facts: Facts) -> None:
    settings = f"{COMPRESSOR}COMPRESS_OFFLINE = True\n"
    plan, _ = image(facts(settings=settings), compress=False)
    assert (plan.compress.value, plan.compress.rule) == (None, "the configuration says so")
    plan, codes = image(facts(settings=COMPRESSOR), compress=True, compilescss=True)
    assert ran(plan) == ["python manage.py compilescss", COLLECTSTATIC, "python manage.py compress"]
    assert "compress-in-requests" not in codes


def test_unknown_settings_run_nothing(facts: Facts) -> None:
    apps = "INSTALLED_APPS += ['compressor', 'sass_processor', 'tailwind', 'django_tailwind_cli']\n"
    found = facts(settings=f"{apps}COMPRESS_OFFLINE = True\n")
    unknown = replace(found.django.image_settings, module=Unresolved(reason="computed"))
    plan, _ = image(replace(found, django=replace(found.django, image_settings=unknown)))
    assert ran(plan) == []
    assert "settings of production are not known" in plan.tailwind.rule
    assert "settings of production are not known" in plan.compilescss.rule
