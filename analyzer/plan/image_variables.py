"""Variables of the image: what a buildpack sets without a word, and what names the settings."""

from collections.abc import Iterator

from analyzer.model.evidence import Evidence, Fact, RepoPath
from analyzer.model.facts import ProjectFacts
from analyzer.model.overrides import Overrides
from analyzer.model.plan import Decision, ImageVariable
from analyzer.plan.decisions import CONFIGURED, decide
from analyzer.plan.image_places import in_image, is_inside
from analyzer.plan.installation.request import VENV
from analyzer.plan.tables import table

OVERRIDE = "image.environment"


def plan_variables(
    facts: ProjectFacts, overrides: Overrides, context: RepoPath, port: int, debian: str, *, trusts: bool
) -> Decision[tuple[ImageVariable, ...]]:
    """Plain values only: a secret never is one of them.

    Args:
        trusts: whether the web server reads FORWARDED_ALLOW_IPS.
    """
    configured = overrides.image.environment
    found = [v for v in _variables(facts, context, port, debian, trusts) if v.name not in configured]
    for name, value in sorted(configured.items()):
        line = overrides.place(f"{OVERRIDE}.{name}")
        found.append(ImageVariable(name=name, value=value, because=CONFIGURED, evidence=(line,)))
    evidence = (e for variable in found for e in variable.evidence)
    return decide(tuple(found), "what the buildpack set silently is written down", *evidence, override=OVERRIDE)


def _variables(facts: ProjectFacts, context: RepoPath, port: int, debian: str, trusts: bool) -> Iterator[ImageVariable]:
    settings = facts.django.settings_modules.production
    for name, value in facts.django.entry_variables.items():
        because = "the settings of production" if name == "DJANGO_SETTINGS_MODULE" else "their class"
        evidence = settings.evidence[:1]
        if (switch := facts.django.production_switch) is not None and name == switch.variable:
            because, evidence = "without it the settings are not those of production", switch.evidence
        yield ImageVariable(name=name, value=value, because=because, evidence=evidence)
    debug = facts.django.image_settings.debug
    for name, value in facts.django.image_settings.debug_off.items():
        yield ImageVariable(name=name, value=value, because="turns DEBUG off", evidence=debug.evidence[:1])
    yield from library_paths(facts, debian)
    if trusts:
        yield ImageVariable(
            name="FORWARDED_ALLOW_IPS", value="*", because="the platform's proxy is the only peer of the server"
        )
    named = next((one for one in facts.server_settings if "VIRTUAL_ENV" in str(one.value)), None)
    if named is not None:
        because = f"{named.evidence.path} asks for it"
        yield ImageVariable(name="VIRTUAL_ENV", value=VENV, because=because, evidence=(named.evidence,))
    yield ImageVariable(name="HOME", value="/tmp", because="programs that keep a file at home can write it")
    yield ImageVariable(name="LANG", value="C.UTF-8", because="text is UTF-8, whichever base image")
    yield ImageVariable(name="PORT", value=str(port), because="where the platform sets none")
    yield _python_path(facts, context)
    yield ImageVariable(
        name="PYTHONDONTWRITEBYTECODE", value="1", because="the user cannot write beside the source, so it is not tried"
    )
    yield ImageVariable(name="PYTHONUNBUFFERED", value="1", because="log lines appear at once and survive a kill")


def library_paths(facts: ProjectFacts, debian: str) -> list[ImageVariable]:
    """Variables of the settings that say where a library of the system is."""
    read = {variable.name: variable for variable in facts.environment}
    return [
        ImageVariable(
            name=row["name"], value=row[debian], because=row["because"], evidence=read[row["name"]].evidence[:1]
        )
        for row in table("debian_libraries")["variable"]
        if row["name"] in read and debian in row
    ]


def _python_path(facts: ProjectFacts, context: RepoPath) -> ImageVariable:
    """The folder of manage.py, and those that the settings modules are imported from."""
    folders = [facts.repository.django_dir or "."]
    evidence: list[Evidence] = []
    answer = facts.django.image_settings.module
    module = answer.value if isinstance(answer, Fact) else None
    for path in facts.django.settings_modules.files if module else ():
        stem = path.removesuffix(".py").removesuffix("/__init__")
        tail = (module or "").replace(".", "/")
        if stem == tail or stem.endswith(f"/{tail}"):
            root = stem.removesuffix(tail).rstrip("/") or "."
            if root not in folders and is_inside(root, context):
                folders.append(root)
                evidence.append(Evidence(path=path, note=f"{module} is imported from {root}"))
    value = ":".join(in_image(folder, context) for folder in folders)
    return ImageVariable(
        name="PYTHONPATH", value=value, because="every program finds the project's modules", evidence=tuple(evidence)
    )
