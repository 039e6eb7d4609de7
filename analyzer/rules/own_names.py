"""Commands are written for the project `shop` of the examples; a finding has them with the project's own names."""

from dataclasses import replace
from shlex import quote

from analyzer.model.evidence import Fact
from analyzer.model.facts import TaskQueueFacts
from analyzer.model.finding import Failed, RuleInfo, commands_of
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.rules.base import Context

_OPTION = lazy_pattern(r"(?m)^CELERY_([A-Z_]+)(?= = )")
"""A line that sets an option of Celery in settings that it reads with the usual namespace."""
_BELOW = lazy_pattern(r'BASE_DIR / "(\w+)"')
_OS = lazy_pattern(r"(?m)^[A-Z][\w\[\]\"']* = .*\bos\.(environ|path)\b")
"""A line of settings that uses the module."""


def with_own_names(ctx: Context, rule: RuleInfo, outcome: Failed) -> Failed:
    """The problems, their commands naming the project's manage.py, WSGI module, Celery application and its options."""
    names = _names(ctx)
    problems = []
    for problem in outcome.problems:
        commands = commands_of(problem, rule)
        fitted = tuple(_options(ctx.facts.task_queue, _fitted(command, names)) for command in commands)
        fitted = _with_imports(ctx, tuple(_path(ctx, command) for command in fitted))
        problems.append(problem if fitted == commands else replace(problem, commands=fitted))
    return Failed(problems=tuple(problems))


def _path(ctx: Context, command: str) -> str:
    """Folders as the settings can write them: BASE_DIR of old projects is text, and some have none."""
    at_hand = ctx.facts.django.at_hand
    if "BASE_DIR /" in at_hand:
        return command
    if "BASE_DIR" in at_hand:
        return _BELOW.sub(r'os.path.join(BASE_DIR, "\1")', command)
    return _BELOW.sub(r'Path(__file__).resolve().parent.parent / "\1"', command)


def _with_imports(ctx: Context, commands: tuple[str, ...]) -> tuple[str, ...]:
    """Before the lines of settings, the modules that they use and the settings do not import."""
    text = "\n".join(commands)
    needed = []
    if _OS.search(text) and "os" not in ctx.facts.django.at_hand and "import os" not in commands:
        needed.append("import os")
    if "Path(__file__)" in text:
        needed.append("from pathlib import Path")
    at = next((place for place, one in enumerate(commands) if _OS.search(one) or "Path(__file__)" in one), 0)
    return (*commands[:at], *needed, *commands[at:])


def _fitted(command: str, names: dict[str, str]) -> str:
    for example, own in names.items():
        command = command.replace(example, own)
    return command


def _options(queue: TaskQueueFacts, command: str) -> str:
    """Options as the application takes them: with its namespace, or set on the application, which needs none."""
    app = queue.app
    if queue.namespace == "CELERY" or not isinstance(app, Fact) or not app.value:
        return command
    name = app.value.rpartition(":")[2]
    lines = (f"{queue.namespace}_{{}}" if queue.namespace else f"{name}.conf.{{}}").format
    return _OPTION.sub(lambda found: lines(found[1] if queue.namespace else found[1].lower()), command)


def _names(ctx: Context) -> dict[str, str]:
    """How the example says it -> how the project does."""
    found = {}
    folder = ctx.facts.repository.django_dir or "."
    if folder != ".":
        found["manage.py "] = f"{quote(f'{folder}/manage.py')} "
    wsgi, app = ctx.facts.django.wsgi_application, ctx.facts.task_queue.app
    if isinstance(wsgi, Fact) and wsgi.value:
        found["gunicorn shop.wsgi "] = f"gunicorn {wsgi.value.rpartition('.')[0]} "
    if isinstance(app, Fact) and app.value:
        # Celery looks for the module `celery` of a package itself (celery/app/utils.py, find_app).
        found["celery -A shop "] = f"celery -A {app.value.removesuffix('.celery:app')} "
    return found
