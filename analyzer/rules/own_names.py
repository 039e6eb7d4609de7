"""Commands are written for the project `shop` of the examples; a finding has them with the project's own names."""

from dataclasses import replace
from shlex import quote

from analyzer.model.evidence import Fact
from analyzer.model.finding import Failed, RuleInfo
from analyzer.rules.base import Context


def with_own_names(ctx: Context, rule: RuleInfo, outcome: Failed) -> Failed:
    """The problems, their commands naming the project's manage.py, WSGI module and Celery application where known."""
    names = _names(ctx)
    problems = []
    for problem in outcome.problems:
        commands = rule.commands if problem.commands is None else problem.commands
        fitted = tuple(_fitted(command, names) for command in commands)
        problems.append(problem if fitted == commands else replace(problem, commands=fitted))
    return Failed(problems=tuple(problems))


def _fitted(command: str, names: dict[str, str]) -> str:
    for example, own in names.items():
        command = command.replace(example, own)
    return command


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
