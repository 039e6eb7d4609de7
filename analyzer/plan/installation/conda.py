"""Conda environments: their Python packages by pip; conda itself is not carried over."""

from dataclasses import replace

from analyzer.model.evidence import Evidence
from analyzer.model.facts import Dependency
from analyzer.model.plan import PlanNote
from analyzer.plan.installation.request import Installation, Request
from analyzer.plan.requirement_text import requirement_text
from analyzer.plan.tables import table


def install_conda_environment(request: Request) -> Installation:
    """pip installs what the environment lists; what are no Python packages is named in a note."""
    install, dependencies = request.install, request.facts.dependencies
    file = install.manifests[0]
    found = [d for d in dependencies.dependencies if d.group is None and d.direct and d.evidence.path == file]
    foreign = [d for d in found if d.name in install.conda and _is_foreign(d.name)]
    names = table("conda_packages")["pip_names"]
    wanted = [
        requirement_text(replace(d, name=names.get(d.name, d.name)) if d.name in install.conda else d)
        for d in found
        if d not in foreign
    ]
    unpinned = "" if all(_has_version(text) for text in wanted) else f"{file} gives some of them no version."
    plan = request.plan("conda", [request.pip(*wanted)] if wanted else [], by="pip", unpinned=unpinned)
    rule = f"the dependencies are the Python packages of {file}, under conda's names and versions, by pip"
    return Installation(
        plan=plan, rule=rule, evidence=(Evidence(path=file),), notes=tuple(_notes(file, found, foreign, install.conda))
    )


def _has_version(requirement: str) -> bool:
    return any(character in requirement for character in "=<>~@")


def _is_foreign(name: str) -> bool:
    data = table("conda_packages")
    return name in data["names"] or name.startswith(tuple(data["beginnings"]))


def _notes(file: str, found: list[Dependency], foreign: list[Dependency], of_conda: tuple[str, ...]) -> list[PlanNote]:
    carried = [d for d in found if d.name in of_conda and d not in foreign]
    notes = []
    if carried:
        notes.append(
            PlanNote(
                code="conda-packages-by-pip",
                message=f"{len(carried)} packages of conda are installed by pip, whose index may lack a version",
                evidence=tuple(d.evidence for d in carried[:3]),
                remedy="write a requirements file or a lock file of what production needs",
            )
        )
    if foreign:
        names = ", ".join(d.name for d in foreign)
        notes.append(
            PlanNote(
                code="conda-packages-left-out",
                message=f"conda installs what pip cannot: {names}",
                evidence=tuple(d.evidence for d in foreign[:3]),
                remedy="where the project needs one at run time, add its Debian package to image.system_packages",
            )
        )
    if not found:
        notes.append(
            PlanNote(
                code="no-requirements",
                message=f"{file} lists no Python packages",
                evidence=(Evidence(path=file),),
                remedy="list what production needs in a requirements file",
            )
        )
    return notes
