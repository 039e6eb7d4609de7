"""The application that a server loads: its module and name, and whether it speaks WSGI or ASGI."""

from analyzer.model.evidence import Answer, Evidence, Fact
from analyzer.model.facts import ProjectFacts
from analyzer.model.quick_dataclass import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """`module:name`, as every server takes it."""

    text: str
    interface: str
    """wsgi | asgi"""
    evidence: tuple[Evidence, ...]


def asgi_need(facts: ProjectFacts) -> tuple[Evidence, ...] | None:
    """The lines because of which the project needs ASGI: Channels, or a channel layer; None where WSGI will do."""
    apps = facts.django.installed_apps
    if isinstance(apps, Fact) and {"channels", "daphne"} & {app.partition(".")[0] for app in apps.value}:
        return apps.evidence
    layers = facts.django.channel_layers
    if isinstance(layers, Fact) and layers.value:
        return layers.evidence
    return None


def application(facts: ProjectFacts, interface: str) -> Target:
    """The project's own application; where no module has one, Django's, which reads DJANGO_SETTINGS_MODULE."""
    django = facts.django
    answer = django.asgi_application if interface == "asgi" else django.wsgi_application
    dotted = _value(answer)
    if dotted is not None:
        module, _, name = dotted.rpartition(".")
        return Target(text=f"{module}:{name}", interface=interface, evidence=answer.evidence)
    text = f"django.core.{interface}:get_{interface}_application()"
    return Target(text=text, interface=interface, evidence=answer.evidence)


def has_application(facts: ProjectFacts, interface: str) -> bool:
    """Whether a module of the project makes such an application."""
    return _value(facts.django.asgi_application if interface == "asgi" else facts.django.wsgi_application) is not None


def is_there(facts: ProjectFacts, text: str) -> bool:
    """Whether the module of `module:name` or `module` is found from the folder of manage.py."""
    module = text.partition(":")[0]
    folder = facts.repository.django_dir or "."
    path = module.replace(".", "/")
    prefix = "" if folder == "." else f"{folder}/"
    paths = facts.repository.paths
    return any(name in paths for name in (f"{prefix}{path}.py", f"{prefix}{path}/__init__.py"))


def interface_of(facts: ProjectFacts, text: str) -> str | None:
    """wsgi or asgi, by what the project's settings call the module, else by its name."""
    module = text.partition(":")[0]
    for interface in ("wsgi", "asgi"):
        known = _value(facts.django.asgi_application if interface == "asgi" else facts.django.wsgi_application)
        if known is not None and known.rpartition(".")[0] == module:
            return interface
    last = module.rpartition(".")[2]
    return "asgi" if "asgi" in last else "wsgi" if "wsgi" in last else None


def _value(answer: Answer[str | None]) -> str | None:
    return answer.value if isinstance(answer, Fact) else None
