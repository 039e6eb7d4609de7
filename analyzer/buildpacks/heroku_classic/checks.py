"""lib/checks.sh: what must not be in the source.

The checks of the stack and for a second Python buildpack do not look at files of the source.
"""

from analyzer.buildpacks.build_stops import BuildStops
from analyzer.buildpacks.heroku_classic.messages import MESSAGES
from analyzer.buildpacks.heroku_classic.release import Release
from analyzer.buildpacks.notes import Notes
from analyzer.model.evidence import Evidence
from analyzer.model.prediction import Step
from analyzer.snapshot.source_tree import SourceTree


def check_existing_python_dir(tree: SourceTree, release: Release, notes: Notes) -> None:
    """Stop at a file or folder .heroku/python."""
    if not tree.exists(".heroku/python"):
        return
    evidence = Evidence(path=".heroku/python", note="where the buildpack installs Python")
    notes.say(Step.CHECKS, "stops: .heroku/python is there", evidence, source=release.lines["existing_python_dir"])
    raise BuildStops(MESSAGES.failure("checks::existing-python-dir", evidence))


def check_existing_venv_dir(tree: SourceTree, release: Release, notes: Notes) -> None:
    """Warn of each virtual environment in the source, or stop at the first, by release."""
    for name in (".venv", "venv"):
        path = f"{name}/pyvenv.cfg"
        if not tree.is_file(path):
            continue
        evidence = Evidence(path=path, note="a virtual environment")
        source = release.lines["existing_venv_dir"]
        if "existing_venv_dir" in release.stops_at:
            notes.say(Step.CHECKS, f"stops: {name}/ is a virtual environment", evidence, source=source)
            raise BuildStops(MESSAGES.failure("checks::existing-venv-dir", evidence, name=name))
        notes.say(Step.CHECKS, f"warns that {name}/ is a virtual environment", evidence, source=source)
        notes.warn(MESSAGES.warning("checks::existing-venv-dir", evidence, name=name))
