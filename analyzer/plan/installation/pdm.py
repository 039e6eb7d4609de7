"""PDM: `pdm sync` from pdm.lock into the virtual environment of the image, which is active."""

from analyzer.model.evidence import Evidence
from analyzer.plan.installation.request import Installation, Request, options, without_lock, words

VARIABLES = {"PDM_CHECK_UPDATE": "false", "PDM_USE_VENV": "true"}


def install_with_pdm(request: Request) -> Installation:
    """The production dependencies; the project itself only where Django has to find it installed."""
    install = request.install
    directory = options("--project", [request.directory] if request.directory != "." else [])
    groups = options("--group", (*install.extras, *install.groups))
    start = ["pdm", "sync"] if install.lock is not None else ["pdm", "install"]
    common = [*start, *directory, "--prod", *groups, *([] if request.in_place else ["--no-editable"])]
    commands = [words(*common, "--no-self")]
    package = install.package
    manifest = install.lock or install.manifests[0]
    rule, evidence, after = (
        f"the dependencies come from {manifest}, without those of development",
        [Evidence(path=manifest)],
        [],
    )
    if package is not None and package.apart is not None:
        after.append(words(*common))
        rule += "; then the project is installed, as its modules are apart from manage.py"
        evidence.append(package.apart)
    plan = request.plan("pdm", commands, tools=request.tool("pdm"), environment=VARIABLES, project_commands=after)
    notes = () if install.lock is not None else (without_lock(request, "pdm"),)
    return Installation(plan=plan, rule=rule, evidence=tuple(evidence), notes=notes)
