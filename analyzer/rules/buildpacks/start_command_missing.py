"""Without a Procfile buildpacks guess what to start, or start nothing."""

from dataclasses import replace
from shlex import quote

from analyzer.model.finding import Area, Category, Effort, Failed, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import (
    Context,
    Rule,
    add_missing,
    bad,
    good,
    is_template,
    known,
    not_applicable,
    passed,
    rendered_first,
    with_commands,
)

_IMAGES = ("Dockerfile", "docker-compose")
"""Sources of a web process that runs in such an image."""

_MOVE = "Move to the Dockerfile that doctor emit writes: what buildpacks install at the root does not run the project."
_EMIT = ("doctor emit",)


def check(ctx: Context) -> RuleOutcome:
    """A Procfile that is not understood is a finding of its own, of which these would be the echo.

    A project with an image of its own is started by that, and no buildpack builds it.
    """
    if ctx.facts.dockerfile is not None or (ctx.web is not None and ctx.web.source in _IMAGES):
        return not_applicable("the project has an image of its own, which says what to start")
    if ctx.predicted("B17") is not None:
        return not_applicable("the Procfile is there, and is not understood")
    found = ctx.predicted("A2", "A3", "A4", "B15", once=True)
    if found is None:
        return passed("every buildpack that takes the folder is told what to start")
    if is_template(ctx):
        return rendered_first(found)
    if not _installs_here(ctx):
        return Failed(problems=tuple(replace(one, remediation=_MOVE, commands=_EMIT) for one in found.problems))
    return with_commands(found, *_commands(ctx))


def _installs_here(ctx: Context) -> bool:
    """Whether buildpacks install what production does: they read the root, whose requirements.txt may include it."""
    manifests = ctx.facts.dependencies.install.manifests
    at_root = any("/" not in path for path in manifests) or "requirements.txt" in ctx.facts.repository.paths
    return at_root or not manifests


def _commands(ctx: Context) -> tuple[str, ...]:
    """The Procfile, and what it starts where the project does not install that yet; none where no command can add it.

    The Procfile stands at the root, from which the modules of a project in a folder cannot be imported.
    """
    if not known(ctx.facts.django.wsgi_application):
        return ()
    added = add_missing(ctx, "gunicorn")
    if not added and not ctx.facts.dependencies.has("gunicorn"):
        return ()
    folder = ctx.facts.repository.django_dir or "."
    into = "" if folder == "." else f"--chdir {quote(folder)} "
    return (*added, "# Procfile", f"web: gunicorn shop.wsgi {into}--bind 0.0.0.0:$PORT")


rule = Rule(
    info=RuleInfo(
        id="start-command-missing",
        title="Buildpacks are not told what to start",
        severity=Severity.ADVICE,
        category=Category.BUILDPACKS,
        area=Area.BOOT,
        effort=Effort.MINUTES,
        rationale=(
            "Without a Procfile, Paketo starts the interactive interpreter, which ends at once. Google's "
            "buildpacks stop the build, or start a guess: `app:app`, or the only script of pyproject.toml. "
            "None of them looks for manage.py or wsgi.py. The Dockerfile names the web server and the WSGI or "
            "ASGI application."
        ),
        remediation=(
            "Move to the Dockerfile that doctor emit writes. As long as buildpacks build the app, add a Procfile."
        ),
        commands=(
            "# Procfile",
            "web: gunicorn shop.wsgi --bind 0.0.0.0:$PORT",
        ),
        references=(
            "https://devcenter.heroku.com/articles/procfile",
            "https://paketo.io/docs/howto/python/",
            "https://github.com/GoogleCloudPlatform/buildpacks/issues/92",
        ),
        bad=(bad({"Procfile": None}, line=6, path="manage.py"),),
        good=(good({"Procfile": "web: gunicorn shop.wsgi --bind 0.0.0.0:$PORT\n"}),),
        modes=(
            "A2",
            "A3",
            "A4",
            "B15",
        ),
    ),
    check=check,
)
