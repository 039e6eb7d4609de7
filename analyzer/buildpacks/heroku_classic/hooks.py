"""lib/hooks.sh: bin/pre_compile and bin/post_compile."""

from analyzer.buildpacks.heroku_classic.messages import MESSAGES
from analyzer.buildpacks.heroku_classic.release import Release
from analyzer.buildpacks.notes import Notes
from analyzer.model.evidence import Evidence
from analyzer.model.prediction import Step
from analyzer.snapshot.source_tree import SourceTree

_WHEN = {
    "pre_compile": "before Python is installed",
    "post_compile": "after collectstatic, which therefore does not see what it makes",
}


def run_hook(name: str, tree: SourceTree, release: Release, notes: Notes) -> None:
    """Say whether the hook runs. What it does is not known; one with Windows line endings has no interpreter."""
    path = f"bin/{name}"
    if not tree.is_file(path):
        return
    evidence = Evidence(path=path)
    notes.say(
        Step.HOOKS,
        f"runs {path} in this folder with the config vars, {_WHEN[name]}; if it fails, the build fails",
        evidence,
        source=release.lines["hooks"],
        mode="C9" if name == "post_compile" else None,
    )
    first_line = (tree.read(path) or b"").partition(b"\n")[0]
    if first_line.startswith(b"#!") and first_line.endswith(b"\r"):
        notes.fail(MESSAGES.failure(f"hooks::{name}", evidence))
