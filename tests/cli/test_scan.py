"""`doctor scan` as its users meet it: which findings count, baseline, ignores, exit codes."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from analyzer.cli.app import app
from tests.rules.examples import lay_out

FIXED_HOSTS = 'from shop.defaults import *\n\nALLOWED_HOSTS = ["shop.example"]\n'
LOCAL_CACHE = 'CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}\n'


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DOCTOR_FORMAT", "DOCTOR_FAIL_ON", "DOCTOR_BASELINE", "DOCTOR_EXIT_ZERO", "SOURCE_DATE_EPOCH"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a blocker in line 3 of its settings, and advice in line 4."""
    folder = tmp_path / "shop"
    lay_out(folder, {"shop/settings.py": FIXED_HOSTS + LOCAL_CACHE})
    return folder


def scan(*arguments: str | Path, env: Mapping[str, str] | None = None) -> Result:
    return CliRunner().invoke(app, ["scan", *map(str, arguments)], env=env, prog_name="doctor")


def document(*arguments: str | Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(scan(*arguments, "-f", "json", "--exit-zero").stdout)
    return found


def rules(*arguments: str | Path) -> list[str]:
    return [one["rule"] for one in document(*arguments)["findings"]]


# --- exit codes -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((), 1),
        (("--fail-on", "blocker"), 1),
        (("--fail-on", "never"), 0),
        (("--exit-zero",), 0),
        (("--skip", "allowed-hosts-fixed"), 0),
        (("--skip", "allowed-hosts-fixed", "--fail-on", "advice"), 1),
        (("--skip", "health", "--skip", "sessions", "--fail-on", "advice"), 0),
        (("--only", "sessions"), 0),
        (("--only", "sessions", "--fail-on", "advice"), 1),
        (("--only", "sessions", "--fail-on", "risk"), 0),
        (("-q",), 1),
        (("-f", "json"), 1),
        (("-f", "sarif"), 1),
    ],
)
def test_exit_code(project: Path, arguments: tuple[str, ...], code: int) -> None:
    assert scan(project, *arguments).exit_code == code


def test_exit_code_by_the_environment_and_the_configuration(project: Path) -> None:
    assert scan(project, env={"DOCTOR_FAIL_ON": "never"}).exit_code == 0
    (project / "doctor.toml").write_text('[audit]\nfail_on = "never"\n')
    assert scan(project).exit_code == 0
    assert scan(project, "--fail-on", "blocker").exit_code == 1
    assert scan(project, "--no-config").exit_code == 1


def test_nothing_found(tmp_path: Path) -> None:
    lay_out(tmp_path, {})
    assert scan(tmp_path, "--fail-on", "advice").exit_code == 0


# --- which rules ----------------------------------------------------------------------------------------------------


def test_which_rules_are_applied(project: Path) -> None:
    assert rules(project) == ["allowed-hosts-fixed", "local-memory-cache"]
    assert rules(project, "--only", "sessions") == ["local-memory-cache"]
    assert rules(project, "--skip", "local-memory-cache") == ["allowed-hosts-fixed"]
    assert rules(project, "--min-severity", "risk") == ["allowed-hosts-fixed"]
    (project / "doctor.toml").write_text('[audit]\nskip = ["sessions"]\n')
    assert rules(project) == ["allowed-hosts-fixed"]
    assert rules(project, "--skip", "health") == []


@pytest.mark.parametrize("option", ["--only", "--skip"])
def test_a_rule_that_there_is_not(project: Path, option: str) -> None:
    result = scan(project, option, "allowed-host-fixed")
    assert result.exit_code == 2
    assert "did you mean allowed-hosts-fixed?" in result.stderr


# --- ignores --------------------------------------------------------------------------------------------------------


def ignore(project: Path, entry: str) -> None:
    (project / "doctor.toml").write_text(f"[[ignore]]\n{entry}\n")


def test_an_entry_of_the_configuration(project: Path) -> None:
    ignore(project, 'rule = "allowed-hosts-fixed"\nreason = "behind a proxy"')
    assert scan(project).exit_code == 0
    found = document(project)
    assert [one["rule"] for one in found["findings"]] == ["local-memory-cache"]
    assert [one["ignored"]["reason"] for one in found["outcomes"]["ignored"]] == ["behind a proxy"]
    assert scan(project, "--no-ignores").exit_code == 1


def test_an_entry_whose_day_is_over(project: Path) -> None:
    ignore(project, 'rule = "allowed-hosts-fixed"\nreason = "for a while"\nuntil = 2020-01-01')
    assert scan(project).exit_code == 1
    assert "2020-01-01" in scan(project).stdout


def test_an_entry_of_no_use_is_named(project: Path) -> None:
    ignore(project, 'rule = "allowed-hosts-fixed"\nreason = "old"\npath = "other.py"')
    assert "doctor.toml:2" in scan(project, "--show", "ignored").stdout


def test_an_entry_for_no_rule(project: Path) -> None:
    ignore(project, 'rule = "allowed-host-fixed"\nreason = "behind a proxy"')
    result = scan(project)
    assert result.exit_code == 2
    assert "did you mean allowed-hosts-fixed?" in result.stderr


def test_a_comment(project: Path) -> None:
    text = FIXED_HOSTS.replace("]\n", "]  # doctor: ignore[allowed-hosts-fixed] behind a proxy\n")
    (project / "shop" / "settings.py").write_text(text)
    assert scan(project).exit_code == 0
    assert scan(project, "--no-ignores").exit_code == 1


# --- baseline -------------------------------------------------------------------------------------------------------


def test_only_new_findings_count(project: Path, tmp_path: Path) -> None:
    known = tmp_path / "known.json"
    written = scan(project, "--write-baseline", known)
    assert written.exit_code == 0
    assert "2 findings are known" in written.stderr
    assert scan(project, "--baseline", known).exit_code == 0
    settings = project / "shop" / "settings.py"
    settings.write_text(f"# One line more.\n{settings.read_text()}")
    assert scan(project, "--baseline", known).exit_code == 0
    assert [one["known"] for one in document(project, "--baseline", known)["findings"]] == [True, True]
    settings.write_text(settings.read_text().replace("shop.example", "other.example"))
    assert scan(project, "--baseline", known).exit_code == 1


def test_the_baseline_of_the_configuration_is_relative_to_the_project(project: Path) -> None:
    scan(project, "--write-baseline", project / "known.json")
    (project / "doctor.toml").write_text('[audit]\nbaseline = "known.json"\n')
    assert scan(project).exit_code == 0
    assert scan(project, "--write-baseline", project / "known.json").exit_code == 0
    assert scan(project).exit_code == 0


def test_a_file_of_the_user_is_no_place_for_a_baseline(project: Path) -> None:
    before = (project / "shop" / "settings.py").read_text()
    result = scan(project, "--write-baseline", project / "shop" / "settings.py")
    assert result.exit_code == 2
    assert (project / "shop" / "settings.py").read_text() == before


def test_no_baseline(project: Path, tmp_path: Path) -> None:
    result = scan(project, "--baseline", tmp_path / "absent.json")
    assert result.exit_code == 2
    assert "absent.json" in result.stderr


# --- formats --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", ["txt", "md", "html", "json", "sarif", "patch"])
def test_a_second_run_replaces_its_own_report(project: Path, tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"report.{suffix}"
    assert scan(project, "-o", file, "--exit-zero").exit_code == 0
    first = file.read_bytes()
    assert first
    assert scan(project, "-o", file, "--exit-zero").exit_code == 0
    assert file.read_bytes() == first


@pytest.mark.parametrize("format_", ["terminal", "markdown", "html", "json", "sarif", "github", "patch"])
def test_every_format_on_standard_output(project: Path, format_: str) -> None:
    result = scan(project, "-f", format_, "--exit-zero")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "allowed-hosts-fixed" in result.stdout or (format_ == "patch" and "ALLOWED_HOSTS" in result.stdout)


def test_the_date_of_the_html_report_is_the_sources(project: Path) -> None:
    html = scan(project, "-f", "html", env={"SOURCE_DATE_EPOCH": "1764201600"}).stdout
    assert "2025-11-27" in html
    assert "2025-11-27" not in scan(project, "-f", "html").stdout
