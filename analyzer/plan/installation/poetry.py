"""Poetry: `poetry install` from poetry.lock into the virtual environment of the image, which is active."""

from analyzer.model.evidence import Evidence
from analyzer.plan.installation.request import Installation, Request, options, without_lock, words
from analyzer.plan.python_table import order

VARIABLES = {"POETRY_NO_INTERACTION": "1", "POETRY_VIRTUALENVS_CREATE": "false"}
GROUPS = (3, 7)
"""The oldest Python with a Poetry that knows groups (1.2)."""


def install_with_poetry(request: Request) -> Installation:
    """The main group and those of production; the project itself only where Django has to find it installed."""
    install = request.install
    directory = options("--directory", [request.directory] if request.directory != "." else [])
    extras = options("--extras", [" ".join(install.extras)] if install.extras else [])
    old = order(request.python) < GROUPS
    only = ["--no-dev"] if old else ["--only", ",".join(("main", *install.groups))]
    commands = [words("poetry", "install", "--no-ansi", *directory, *only, *extras, "--no-root")]
    package = install.package
    after: list[str] = []
    manifest = install.lock or install.manifests[0]
    rule = f"the dependencies come from {manifest}, without those of development"
    evidence = [Evidence(path=manifest)]
    if package is not None and package.apart is not None:
        root = ["--no-dev"] if old else ["--only-root"]
        after.append(words("poetry", "install", "--no-ansi", *directory, *root))
        rule += "; then the project is installed, as its modules are apart from manage.py"
        evidence.append(package.apart)
    plan = request.plan("poetry", commands, tools=request.tool("poetry"), environment=VARIABLES, project_commands=after)
    notes = () if install.lock is not None else (without_lock(request, "poetry"),)
    return Installation(plan=plan, rule=rule, evidence=tuple(evidence), notes=notes)
