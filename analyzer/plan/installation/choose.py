"""The plan of the installation, by the package manager that the project uses."""

from collections.abc import Callable
from dataclasses import replace

from analyzer.model.evidence import Certainty, Evidence, Fact
from analyzer.model.facts import ProjectFacts
from analyzer.model.overrides import Overrides
from analyzer.model.plan import Alternative, Decision, InstallPlan, PlanNote
from analyzer.plan.decisions import decide, overridden
from analyzer.plan.installation.conda import install_conda_environment
from analyzer.plan.installation.pdm import install_with_pdm
from analyzer.plan.installation.pip import install_with_pip
from analyzer.plan.installation.pipenv import install_with_pipenv
from analyzer.plan.installation.poetry import install_with_poetry
from analyzer.plan.installation.request import Installation, Request
from analyzer.plan.installation.setuptools import install_project
from analyzer.plan.installation.uv import install_with_uv

OVERRIDE = "image.install_command"
_INSTALLERS: dict[str, Callable[[Request], Installation]] = {
    "pip": install_with_pip,
    "pipenv": install_with_pipenv,
    "poetry": install_with_poetry,
    "uv": install_with_uv,
    "pdm": install_with_pdm,
    "setuptools": install_project,
    "conda": install_conda_environment,
}


def plan_installation(
    facts: ProjectFacts, python: str, context: str, overrides: Overrides
) -> tuple[Decision[InstallPlan], tuple[PlanNote, ...]]:
    """The dependency layer, and what it cannot do."""
    request = Request(facts=facts, python=python, context=context, buildkit=bool(overrides.image.buildkit))
    answer = facts.dependencies.package_manager
    manager = answer.value if isinstance(answer, Fact) else None
    installer = _INSTALLERS.get(manager or "")
    found = installer(request) if installer is not None else _nothing(request, answer.evidence)
    others = [
        Alternative(value=name, reason=f"its files are there, too; {manager} is what production uses")
        for name in facts.dependencies.package_managers_found
        if name != manager
    ]
    sure = not isinstance(answer, Fact) or answer.certainty is not Certainty.CERTAIN
    evidence = (*found.evidence, *(answer.evidence if sure else ()))
    rule = found.rule
    programs = _programs(request, manager) if found.plan.project_commands or found.plan.needs_source else None
    if programs is not None and request.in_place:
        rule = (
            f"{rule}, and in place, as building a wheel of it starts {programs[0]}, which a Python image does not have"
        )
        evidence = (*evidence, *programs[1])
    decision = decide(found.plan, rule, *evidence, override=OVERRIDE, alternatives=others)
    command = overrides.image.install_command
    configured = None if command is None else replace(found.plan, commands=(command,), pip=True)
    decision = overridden(decision, configured, overrides, shown=" && ".join(found.plan.commands))
    notes = (*found.notes, *_notes(facts))
    if programs is None or request.in_place or command is not None:
        return decision, notes
    return decision, (*notes, _program_missing(*programs))


def _nothing(request: Request, evidence: tuple[Evidence, ...]) -> Installation:
    note = PlanNote(
        code="no-requirements",
        message="no file says which packages the project needs, so the image has none of them, not even Django",
        evidence=evidence,
        remedy="list what production needs in requirements.txt, or set image.install_command",
    )
    plan = request.plan("pip", ())
    return Installation(plan=plan, rule="no file asks for packages", evidence=evidence, notes=(note,))


def _notes(facts: ProjectFacts) -> list[PlanNote]:
    """What an image build in the common subset cannot do for a requirement."""
    notes = [
        PlanNote(
            code="package-index",
            message=f"packages come from {index.url}; if that index wants a password, the build has none to give",
            evidence=(index.evidence,),
            remedy="vendor its wheels, or build the image where the index can be reached and use it by name",
        )
        for index in facts.dependencies.indexes
    ]
    notes += [
        PlanNote(
            code="development-group-needed",
            message=f"production loads {place.note}, which only {group} brings, a group for something else: the image "
            "installs all of it",
            evidence=(Evidence(path=place.path, line=place.line),),
            remedy=f"move what production needs from {group} to the requirements of production",
        )
        for group, place in facts.dependencies.install.needed.items()
    ]
    private = [d for d in facts.dependencies.dependencies if d.group is None and _over_ssh(d.vcs)]
    if private:
        notes.append(
            PlanNote(
                code="private-repository",
                message=f"{private[0].name} comes from a repository over ssh, for which the build has no key",
                evidence=tuple(d.evidence for d in private[:3]),
                remedy="install it from an index, from an address without a login, or from a wheel in the repository",
            )
        )
    return notes


def _programs(request: Request, manager: str | None) -> tuple[str, tuple[Evidence, ...]] | None:
    """What the build of the project starts although the builder stage does not have it, by an installer that can also
    install in place; None for nothing."""
    package = request.install.package
    if package is None or not package.starts or manager not in ("pdm", "setuptools", "uv"):
        return None
    names = " and ".join(dict.fromkeys(one.name for one in package.starts))
    return names, tuple(Evidence(path=one.evidence.path, line=one.evidence.line) for one in package.starts)


def _program_missing(names: str, places: tuple[Evidence, ...]) -> PlanNote:
    return PlanNote(
        code="build-program-missing",
        message=f"the build of the project starts {names}, which the builder stage does not have: it fails, or "
        "lacks what that makes",
        evidence=places,
        remedy="start it in a command of its own, or add the Debian package that has it to image.build_packages",
    )


def _over_ssh(address: str | None) -> bool:
    return address is not None and (address.startswith("git@") or "ssh://" in address)
