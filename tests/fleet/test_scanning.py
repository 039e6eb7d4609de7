"""Repositories, scanned in processes of their own: what is kept of each, and when it is scanned again."""

import os
import shutil
from pathlib import Path

import pytest

from analyzer.fleet.repositories import find_repositories
from analyzer.fleet.scanning import ScanOptions, check_options, scan_each
from analyzer.model.errors import UsageError
from analyzer.model.fleet import BuildpackOutcome, FleetEntry, ScanOutcome
from analyzer.pipeline import TOOL
from analyzer.render.document.fleet import entry_from, entry_line
from tests.rules.examples import lay_out

LONG = 100
PLAIN = ScanOptions()


@pytest.fixture
def fleet(tmp_path: Path) -> Path:
    """A project with a blocker, one that is in order, and a folder that is none."""
    folder = tmp_path / "fleet"
    lay_out(folder / "shop", {"shop/settings.py": 'from shop.defaults import *\n\nALLOWED_HOSTS = ["shop.example"]\n'})
    lay_out(folder / "well", {})
    (folder / "notes").mkdir()
    (folder / "notes" / "README").write_text("nothing to run\n")
    return folder


def scan(
    fleet: Path, known: dict[str, FleetEntry] | None = None, options: ScanOptions = PLAIN
) -> tuple[dict[str, FleetEntry], set[str]]:
    """The entries by name, and the names of those that are new."""
    known = known or {}
    found = list(scan_each(find_repositories(fleet), known, options, jobs=2, seconds=LONG))
    return {entry.repository: entry for entry, _ in found}, {entry.repository for entry, is_new in found if is_new}


def test_what_is_kept(fleet: Path) -> None:
    entries, new = scan(fleet)
    assert new == set(entries) == {"notes", "shop", "well"}
    assert entries["notes"].outcome is ScanOutcome.NO_PROJECT
    assert entries["notes"].reason == "in 1 file, 0 of them Python"
    shop, well = entries["shop"], entries["well"]
    assert shop.outcome is well.outcome is ScanOutcome.SCANNED
    assert [(one.rule, one.severity, one.count, one.path, one.line) for one in shop.findings] == [
        ("allowed-hosts-fixed", "blocker", 1, "shop/settings.py", 3)
    ]
    assert well.findings == ()
    assert shop.score is not None
    assert well.score is not None
    assert shop.score < well.score
    assert "web" in well.components
    assert well.cents > 0
    assert {one.buildpack for one in well.buildpacks} >= {"heroku-classic-v322", "paketo"}
    assert BuildpackOutcome.STARTS in {one.outcome for one in well.buildpacks}
    for entry in entries.values():
        assert entry_from(entry_line(entry, TOOL).encode()) == entry


def test_what_did_not_change_is_not_scanned_again(fleet: Path) -> None:
    entries, _ = scan(fleet)
    again, new = scan(fleet, entries)
    assert (again, new) == (entries, set())
    (fleet / "well" / "shop" / "new.py").write_text("")
    again, new = scan(fleet, entries)
    assert new == {"well"}
    assert again["well"].key != entries["well"].key
    assert scan(fleet, again)[1] == set()


def test_another_configuration_is_another_answer(fleet: Path, tmp_path: Path) -> None:
    entries, _ = scan(fleet)
    assert scan(fleet, entries, ScanOptions(no_config=True))[1] == set(entries)
    file = tmp_path / "ours.toml"
    file.write_text('[audit]\nskip = ["allowed-hosts-fixed"]\n')
    skipped, new = scan(fleet, entries, ScanOptions(config=file))
    assert new == set(entries)
    assert skipped["shop"].findings == ()
    file.write_text("[audit]\nskip = []\n")
    again, new = scan(fleet, skipped, ScanOptions(config=file))
    assert new == set(entries)
    assert again["shop"].findings == entries["shop"].findings


def test_a_configuration_that_nobody_can_follow(tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text("[audits]\n")
    with pytest.raises(UsageError, match="audits"):
        check_options(ScanOptions(config=tmp_path / "ours.toml"))
    check_options(ScanOptions())


def test_what_cannot_be_scanned_says_why_and_is_tried_again(fleet: Path, tmp_path: Path) -> None:
    (fleet / "shop" / "doctor.toml").write_text('colour = "red"\n')
    (tmp_path / "list").write_text("fleet/shop\nfleet/well\nfleet/gone\n")
    entries, _ = scan(tmp_path / "list")
    shop, gone = entries["fleet/shop"], entries["fleet/gone"]
    assert shop.outcome is gone.outcome is ScanOutcome.REFUSED
    assert "colour" in shop.reason
    assert gone.reason == "there is no such folder"
    assert entries["fleet/well"].outcome is ScanOutcome.SCANNED
    (fleet / "shop" / "doctor.toml").unlink()
    shutil.copytree(fleet / "well", fleet / "gone")
    again, new = scan(tmp_path / "list", entries)
    assert new == {"fleet/shop", "fleet/gone"}
    assert {entry.outcome for entry in again.values()} == {ScanOutcome.SCANNED}


@pytest.mark.parametrize("outcome", [ScanOutcome.CRASHED, ScanOutcome.TIMED_OUT])
def test_what_crashed_is_scanned_again_only_where_that_is_asked_for(fleet: Path, outcome: ScanOutcome) -> None:
    entries, _ = scan(fleet)
    crashed = FleetEntry(repository="shop", key=entries["shop"].key, outcome=outcome, reason="once")
    known = {**entries, "shop": crashed}
    again, new = scan(fleet, known)
    assert (again, new) == (known, set())
    again, new = scan(fleet, known, ScanOptions(retry=True))
    assert (again, new) == (entries, {"shop"})


def test_a_configuration_that_is_gone(fleet: Path) -> None:
    entries, _ = scan(fleet, options=ScanOptions(config=fleet / "gone.toml"))
    assert {entry.outcome for entry in entries.values()} == {ScanOutcome.REFUSED}


def test_a_scan_without_the_right_to_read(fleet: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    (fleet / "shop").chmod(0)
    try:
        entries, _ = scan(fleet)
    finally:
        (fleet / "shop").chmod(0o755)
    assert entries["well"].outcome is ScanOutcome.SCANNED
    assert entries["shop"].outcome is not ScanOutcome.SCANNED
