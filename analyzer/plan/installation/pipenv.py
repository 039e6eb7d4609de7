"""Pipenv: `pipenv sync` from Pipfile.lock into the virtual environment of the image, which is active."""

from analyzer.model.evidence import Evidence
from analyzer.model.plan import PlanNote
from analyzer.plan.installation.request import Installation, Request, options, without_lock, words

VARIABLES = {"PIPENV_NOSPIN": "1", "PIPENV_VERBOSITY": "-1"}
"""No spinner in the log, and no notice that the environment is already active."""


def install_with_pipenv(request: Request) -> Installation:
    """`sync` takes the lock as it is; without one, the packages of the Pipfile."""
    install = request.install
    categories = options("--categories", [" ".join(("packages", *install.groups))] if install.groups else [])
    variables = dict(VARIABLES)
    if request.directory != ".":
        variables["PIPENV_PIPFILE"] = f"{request.directory_in_image}/Pipfile"
    notes: tuple[PlanNote, ...] = ()
    if install.lock is not None:
        commands = [words("pipenv", "sync", *categories)]
        rule = f"the dependencies come from {install.lock}, without dev-packages"
    else:
        commands = [words("pipenv", "install", "--skip-lock", *categories)]
        rule, notes = "the dependencies are the packages of the Pipfile", (without_lock(request, "pipenv"),)
    plan = request.plan("pipenv", commands, tools=request.tool("pipenv"), environment=variables)
    evidence = (Evidence(path=install.lock or install.manifests[0]),)
    return Installation(plan=plan, rule=rule, evidence=evidence, notes=notes)
