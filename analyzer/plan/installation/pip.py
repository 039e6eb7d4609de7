"""pip: requirements files with what they include, dependency groups, a lock file of PEP 751."""

from analyzer.model.evidence import Evidence
from analyzer.plan.installation.request import Installation, Request, options, words
from analyzer.plan.installation.uv import VARIABLES as UV
from analyzer.plan.python_table import order

OLDEST_GOOD_PIP = (3, 9)
"""The Python whose own pip, which a virtual environment gets, takes the wheels of today."""


def install_with_pip(request: Request) -> Installation:
    """`pip install -r …` with exactly the files that production reads."""
    install = request.install
    evidence = tuple(Evidence(path=path) for path in (*install.requirements, *install.constraints))
    if not install.requirements and install.lock is not None:
        lock = request.relative([install.lock])[0]
        plan = request.plan(
            "pip", [words("uv", "pip", "install", "-r", lock)], by="uv", tools=request.tool("uv"), environment=UV
        )
        rule = f"the dependencies come from {install.lock}, a lock file of PEP 751, which uv reads"
        return Installation(plan=plan, rule=rule, evidence=(Evidence(path=install.lock),))
    if not install.requirements and install.groups:
        return _groups(request)
    given = [
        *options("-r", request.relative(install.requirements)),
        *options("-c", request.relative(install.constraints)),
    ]
    hashes = ["--require-hashes"] if install.hashes else []
    commands = [request.pip(*hashes, *given)] if given else []
    if order(request.python) < OLDEST_GOOD_PIP:
        commands.insert(0, request.pip(*request.tool("pip")))
    named = " and ".join(install.requirements)
    rule = (
        f"the dependencies come from {named}, which is what production reads" if named else "nothing asks for packages"
    )
    if request.needs_source:
        rule += "; a requirement is a folder of the project, so the source has to be there first"
    return Installation(plan=request.plan("pip", commands), rule=rule, evidence=evidence)


def _groups(request: Request) -> Installation:
    """Groups of pyproject.toml, which the pip of older Pythons does not know."""
    manifest = next(path for path in request.install.manifests if path.endswith("pyproject.toml"))
    path = request.relative([manifest])[0]
    given = options("--group", [f"{path}:{group}" for group in request.install.groups])
    commands = [request.pip(*request.tool("pip")), request.pip(*given)]
    rule = f"the dependencies are groups of {manifest}, which the pip of older Pythons does not know"
    plan = request.plan("pip", commands, unpinned=f"The versions are those of {manifest}.")
    return Installation(plan=plan, rule=rule, evidence=(Evidence(path=manifest),))
