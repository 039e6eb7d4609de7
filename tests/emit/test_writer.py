"""Everything that can be written is written; nothing that somebody else wrote is lost."""

import stat
from collections.abc import Sequence
from pathlib import Path

from analyzer.emit.diff import differences, unified_diff
from analyzer.emit.ownership import decide, with_header
from analyzer.emit.writer import write
from analyzer.model.artifact import Action, Artifact, WriteAction
from analyzer.model.evidence import RepoPath
from analyzer.model.plan import Decision

DIGEST = "f" * 64
SIZE = Decision(value="small", rule="the smallest", override="components.web.size")
SPEC = Artifact(name="app-spec", path=".do/app.yaml", body="name: shop\nsize: small\ncount: 1\n", decisions={2: SIZE})


def as_it_is(path: RepoPath, lines: Sequence[str]) -> Sequence[str]:
    return lines


def decided(root: Path, artifact: Artifact = SPEC) -> WriteAction:
    return decide(root, artifact, version="1.0.0", plan_digest=DIGEST)


def test_writes_twice_and_changes_once(tmp_path: Path) -> None:
    assert write(tmp_path, [decided(tmp_path)], force=False, side_by_side=False) == ()
    file = tmp_path / ".do" / "app.yaml"
    assert file.read_text() == with_header(SPEC, version="1.0.0", plan_digest=DIGEST)
    before = file.stat()
    assert write(tmp_path, [decided(tmp_path)], force=False, side_by_side=False) == ()
    after = file.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert [path.name for path in file.parent.iterdir()] == ["app.yaml"]


def test_an_edit_survives_and_can_be_compared(tmp_path: Path) -> None:
    write(tmp_path, [decided(tmp_path)], force=False, side_by_side=False)
    file = tmp_path / ".do" / "app.yaml"
    edited = file.read_text().replace("small", "large")
    file.write_text(edited)
    action = decided(tmp_path)
    assert action.action is Action.EDITED
    assert write(tmp_path, [action], force=False, side_by_side=True) == (action,)
    assert file.read_text() == edited
    assert (tmp_path / ".do" / "app.yaml.doctor-new").read_text() == action.content
    (difference,) = differences(action, as_it_is)
    assert (difference.line, difference.text, difference.decision) == (4, "size: large", SIZE)
    assert unified_diff(action, as_it_is).splitlines()[:2] == ["--- a/.do/app.yaml", "+++ b/.do/app.yaml"]
    assert "-size: large\n+size: small\n" in unified_diff(action, as_it_is)


def test_force_overwrites_and_keeps_the_mode(tmp_path: Path) -> None:
    file = tmp_path / "Dockerfile"
    file.write_text("FROM other\n")
    file.chmod(0o640)
    artifact = Artifact(name="dockerfile", path="Dockerfile", body="FROM a\n")
    action = decided(tmp_path, artifact)
    assert action.action is Action.FOREIGN
    assert write(tmp_path, [action], force=True, side_by_side=False) == ()
    assert file.read_text() == action.content
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


def test_a_new_file_is_a_diff_from_nothing(tmp_path: Path) -> None:
    action = decided(tmp_path)
    assert unified_diff(action, as_it_is).startswith("--- /dev/null\n+++ b/.do/app.yaml\n@@ -0,0 +1,5 @@\n")
    assert differences(action, as_it_is)[0].line == 1


def test_a_line_that_was_removed_or_added_is_found(tmp_path: Path) -> None:
    write(tmp_path, [decided(tmp_path)], force=False, side_by_side=False)
    file = tmp_path / ".do" / "app.yaml"
    whole = file.read_text()
    file.write_text(whole.replace("size: small\n", ""))
    (removed,) = differences(decided(tmp_path), as_it_is)
    assert (removed.line, removed.text, removed.decision) == (4, "", SIZE)
    file.write_text(whole + "more: 1")
    (added,) = differences(decided(tmp_path), as_it_is)
    assert (added.line, added.text, added.decision) == (6, "more: 1", None)
    assert "\\ No newline at end of file\n" in unified_diff(decided(tmp_path), as_it_is)
