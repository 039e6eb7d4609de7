"""What a Procfile could say for a project that has none."""

from analyzer.buildpacks.source import Source
from analyzer.model.evidence import Fact
from analyzer.model.facts import ProjectFacts

_SERVERS = (("gunicorn", "gunicorn{chdir}"), ("uvicorn", "uvicorn{app_dir} --host 0.0.0.0 --port $PORT"))
"""For the WSGI and for the ASGI application."""


def web_line(source: Source) -> str:
    """A line that serves the project, for people: gunicorn for its WSGI application, uvicorn where there is only ASGI.

    It says so where the server is not among the packages that are installed.
    """
    facts = source.facts
    if facts is None:
        return "`web: gunicorn PROJECT.wsgi`"
    package, command = _server(facts)
    missing = "" if facts.dependencies.has(package) else f" (with {package} among the dependencies)"
    return f"`web: {command}`{missing}"


def _server(facts: ProjectFacts) -> tuple[str, str]:
    """The package, and the command that finds the project's modules from the root."""
    folder = facts.repository.django_dir
    inside = "" if folder in (None, ".") else folder
    chdir, app_dir = (f" --chdir {inside}", f" --app-dir {inside}") if inside else ("", "")
    answers = (facts.django.wsgi_application, facts.django.asgi_application)
    for answer, (package, server) in zip(answers, _SERVERS, strict=True):
        if isinstance(answer, Fact) and answer.value is not None:
            module, _, name = answer.value.rpartition(".")
            return package, f"{server.format(chdir=chdir, app_dir=app_dir)} {module}:{name}"
    return "gunicorn", f"gunicorn{chdir} PROJECT.wsgi"
