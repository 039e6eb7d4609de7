"""What a Procfile could say for a project that has none."""

from analyzer.buildpacks.source import Source
from analyzer.model.evidence import Fact


def suggested_command(source: Source) -> str:
    """A command that serves the project: gunicorn for its WSGI application, uvicorn where there is only ASGI."""
    django = source.facts.django if source.facts is not None else None
    for answer, server in (
        (django.wsgi_application if django is not None else None, "gunicorn"),
        (django.asgi_application if django is not None else None, "uvicorn --host 0.0.0.0 --port $PORT"),
    ):
        if isinstance(answer, Fact) and answer.value is not None:
            module, _, name = answer.value.rpartition(".")
            return f"{server} {module}:{name}"
    return "gunicorn PROJECT.wsgi"
