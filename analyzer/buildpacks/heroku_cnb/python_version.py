"""src/python_version.rs: which Python is asked for, and which release that is."""

from analyzer.buildpacks.build_stops import BuildStops
from analyzer.buildpacks.dependencies import fitting_python
from analyzer.buildpacks.heroku_cnb.messages import MESSAGES, table
from analyzer.buildpacks.heroku_cnb.python_version_file import RequestedPython, parse
from analyzer.buildpacks.notes import Notes, absent
from analyzer.buildpacks.source import Source
from analyzer.model.evidence import Evidence
from analyzer.model.prediction import Step


def read_requested_python_version(source: Source, manager: str, notes: Notes) -> RequestedPython:
    """The version of .python-version, else the default, which uv may not use. Raises BuildStops."""
    tree, default = source.tree, table()["python"]["default"]
    if tree.exists("runtime.txt"):
        remedy = "delete runtime.txt"
        if not tree.is_file(".python-version"):
            remedy += f" and write the version, such as {default}, into .python-version"
        evidence = Evidence(path="runtime.txt")
        raise BuildStops(MESSAGES.failure("The runtime.txt file isn't supported", evidence, remedy=remedy))
    if tree.is_file(".python-version"):
        requested = parse(tree.read(".python-version") or b"")
        text = f".python-version asks for {requested.version}"
    elif manager == "uv":
        fitting, because = fitting_python(source, default, table()["python"]["latest"])
        title = "No Python version was specified"
        raise BuildStops(MESSAGES.failure(title, absent(".python-version"), *because, fitting=fitting))
    else:
        numbers = tuple(int(part) for part in default.split("."))
        requested = RequestedPython(numbers=numbers, origin="default", evidence=absent(".python-version"))
        text = "none is asked for: every build takes the default of the buildpack's release"
    mode = "E7" if requested.origin == "default" else None
    notes.say(Step.PYTHON, text, requested.evidence, source=table()["lines"]["requested"], mode=mode)
    return requested


def resolve_python_version(requested: RequestedPython, notes: Notes) -> str:
    """The release of Python, N.N.N. Raises BuildStops for one that is not supported."""
    python, (major, minor) = table()["python"], requested.numbers[:2]
    oldest, newest, short = python["oldest_minor"], python["newest_minor"], f"{major}.{minor}"
    if (major, minor) < (3, oldest):
        title = "The requested Python version has reached end-of-life"
        raise BuildStops(MESSAGES.failure(title, requested.evidence, minor=short, oldest=oldest))
    if (major, minor) > (3, newest):
        title = "The requested Python version isn't recognised"
        raise BuildStops(MESSAGES.failure(title, requested.evidence, minor=short, newest=newest))
    resolved: str = requested.version if len(requested.numbers) > 2 else python["latest"][short]
    notes.say(Step.PYTHON, f"Python {resolved}", requested.evidence, source=table()["lines"]["resolve"])
    if len(requested.numbers) > 2 and resolved not in python["latest"].values():
        text = f"there may be no archive of exactly {resolved}; then the build stops when it is downloaded"
        notes.say(Step.PYTHON, text, requested.evidence, source="src/layers/python.rs 71-108")
    if short in python["ending"]:
        title, until = f"Support for Python {short} is deprecated", python["ending"][short]
        notes.warn(MESSAGES.warning(title, requested.evidence, until=until))
    return resolved
