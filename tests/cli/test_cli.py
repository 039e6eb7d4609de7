"""The command as its users meet it: streams, exit codes, messages."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner, Result

from analyzer import __version__
from analyzer.cli.app import app

MANAGE = 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n'
SETTINGS = (
    'DEBUG = False\nSECRET_KEY = "x"\nROOT_URLCONF = "shop.urls"\nINSTALLED_APPS = ["shop"]\n'
    'import os\nALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "").split(",")\n'
)


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("DOCTOR_")] + ["FORCE_COLOR", "NO_COLOR"]:
        monkeypatch.delenv(name, raising=False)


def make_project(folder: Path) -> Path:
    (folder / "shop").mkdir(parents=True)
    (folder / "manage.py").write_text(MANAGE)
    (folder / "shop" / "__init__.py").write_text("")
    (folder / "shop" / "settings.py").write_text(SETTINGS)
    (folder / "shop" / "urls.py").write_text("urlpatterns = []\n")
    (folder / "requirements.txt").write_text("django==5.0.6\n")
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path / "my shop")


def run(*arguments: str | Path, env: Mapping[str, str] | None = None) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments], env=env, prog_name="doctor")


def run_process(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "analyzer", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, timeout=60, check=False, env={**os.environ, **environment})


# --- scan -----------------------------------------------------------------------------------------------------------


def test_the_report_goes_to_standard_output_and_nothing_to_standard_error(project: Path) -> None:
    result = run("scan", project)
    assert result.exit_code == 0
    assert result.stdout.startswith(f"doctor {__version__}  my shop/  Django 5.0.6")
    assert "shop/settings.py:2" in result.stdout
    assert "shop/settings.py:3" in run("scan", project, "--show", "facts").stdout
    assert result.stderr == ""


def test_without_a_command_the_folder_one_is_in_is_scanned(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)
    assert run().stdout == run("scan", ".").stdout
    assert run("-q").stdout == run("scan", "-q").stdout
    assert json.loads(run("--format=json").stdout)["tool"]["name"] == "doctor"


def test_a_folder_is_no_command(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)
    result = run("shop")
    assert result.exit_code == 2
    assert "doctor scan shop" in result.stderr


def test_the_json_report_is_valid_and_names_no_path_of_this_machine(project: Path) -> None:
    result = run("scan", project, "--format", "json")
    document = json.loads(result.stdout)
    Draft202012Validator(json.loads(run("schema", "report").stdout)).validate(document)
    assert document["repository"]["django_dir"] == "."
    assert document["facts"]["root_urlconf"]["value"] == "shop.urls"
    assert [component["kind"] for component in document["plan"]["components"]][:1] == ["service"]
    assert "my shop" not in result.stdout
    assert result.stdout == run("scan", project, "-f", "json").stdout


def test_quiet_prints_the_summary_only(project: Path) -> None:
    full, quiet = run("scan", project).stdout, run("scan", project, "--quiet").stdout
    assert quiet.count("\n") == 1
    assert " passed, " in quiet
    assert " ".join(quiet.split()) in " ".join(full.split())


def test_verbose_tells_the_time_of_each_stage_on_standard_error(project: Path) -> None:
    result = run("scan", project, "-v")
    assert [line.split(":")[0] for line in result.stderr.splitlines()] == [
        "read the repository",
        "collect the facts",
        "predict the buildpacks",
        "plan the deployment",
        "apply the rules",
        "assemble the audit",
        "render the report",
    ]
    assert run("scan", project, "-v").stdout == result.stdout


def test_colour_is_off_without_a_terminal_and_on_where_asked_for(project: Path) -> None:
    assert "\x1b" not in run("scan", project).stdout
    assert "\x1b[1m" in run("scan", project, "--color", "always").stdout
    assert "\x1b[1m" in run("scan", project, env={"FORCE_COLOR": "1"}).stdout
    assert "\x1b" not in run("scan", project, "--color=never", env={"FORCE_COLOR": "1"}).stdout


def test_nothing_is_written_to_the_repository(project: Path) -> None:
    before = sorted((p, p.stat().st_mtime_ns) for p in project.rglob("*"))
    run("scan", project)
    assert sorted((p, p.stat().st_mtime_ns) for p in project.rglob("*")) == before


# --- output files ---------------------------------------------------------------------------------------------------


def test_output_files_instead_of_standard_output(project: Path, tmp_path: Path) -> None:
    text, document = tmp_path / "report.txt", tmp_path / "report.json"
    result = run("scan", project, "-o", text, "-o", document)
    assert (result.exit_code, result.stdout) == (0, "")
    assert text.read_text() == run("scan", project).stdout
    assert document.read_text() == run("scan", project, "-f", "json").stdout


def test_a_second_run_replaces_its_own_report(project: Path, tmp_path: Path) -> None:
    for name in ("report.txt", "report.json"):
        first = run("scan", project, "-o", tmp_path / name)
        assert run("scan", project, "-o", tmp_path / name).exit_code == first.exit_code == 0


def test_a_file_of_the_user_is_left_alone(project: Path) -> None:
    mine = project / "package.json"
    mine.write_text("{}")
    result = run("scan", project, "-o", mine)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--force" in result.stderr
    assert mine.read_text() == "{}"
    assert run("scan", project, "-o", mine, "--force").exit_code == 0
    assert mine.read_text() != "{}"


def test_a_name_that_tells_no_format_needs_one(project: Path, tmp_path: Path) -> None:
    result = run("scan", project, "-o", tmp_path / "report")
    assert result.exit_code == 2
    assert ".txt, .md, .html, .json, .sarif, .patch; add --format" in result.stderr
    assert run("scan", project, "-o", tmp_path / "report", "-f", "json").exit_code == 0
    assert json.loads((tmp_path / "report").read_text())["schema_version"] == 1


def test_refused_output_is_told_before_the_work(tmp_path: Path) -> None:
    result = run("scan", tmp_path, "-o", tmp_path / "missing" / "report.txt")
    assert result.exit_code == 2
    assert "there is no folder" in result.stderr


# --- what cannot be scanned -----------------------------------------------------------------------------------------


def test_no_django_project(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("nothing here\n")
    result = run("scan", tmp_path)
    assert (result.exit_code, result.stdout) == (3, "")
    assert f"no Django project in {tmp_path}" in result.stderr
    assert "looked for: " in result.stderr
    assert "manage.py" in result.stderr
    assert run("scan", tmp_path, "--format", "json").exit_code == 3
    assert run("scan", tmp_path, "--exit-zero").exit_code == 0


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("gone", "there is no folder {path}"),
        ("file.txt", "{path} is a file; give the folder of a repository: doctor scan {parent}"),
        ("dangling", "there is no folder {path}"),
    ],
)
def test_a_path_that_is_no_folder(tmp_path: Path, path: str, message: str) -> None:
    (tmp_path / "file.txt").write_text("")
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    result = run("scan", tmp_path / path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message.format(path=tmp_path / path, parent=tmp_path) in result.stderr


def test_an_empty_path_is_not_the_current_folder() -> None:
    result = run("scan", "")
    assert result.exit_code == 2
    assert "PATH is empty" in result.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_folder_that_may_not_be_read(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0)
    result = run("scan", closed)
    assert result.exit_code == 2
    assert f"cannot read the folder {closed}: Permission denied" in result.stderr


# --- options and configuration --------------------------------------------------------------------------------------


@pytest.fixture
def two_projects(tmp_path: Path) -> Path:
    make_project(tmp_path / "both" / "first")
    make_project(tmp_path / "both" / "second")
    return tmp_path / "both"


def django_dir(*arguments: str | Path, env: Mapping[str, str] | None = None) -> object:
    result = run("scan", "--format", "json", *arguments, env=env)
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)["repository"]["django_dir"]


def test_flag_goes_before_environment_before_file_before_default(two_projects: Path) -> None:
    (two_projects / "third").mkdir()
    default = django_dir(two_projects)
    other = "first" if default == "second" else "second"
    (two_projects / "doctor.toml").write_text(f'root_dir = "{other}"\n')
    assert django_dir(two_projects) == other
    assert django_dir(two_projects, "--no-config") == default
    assert django_dir(two_projects, env={"DOCTOR_ROOT_DIR": str(default)}) == default
    assert django_dir(two_projects, "--root-dir", other, env={"DOCTOR_ROOT_DIR": str(default)}) == other
    assert django_dir(two_projects, "--root-dir", f"./{other}/") == other


def test_a_configuration_may_be_named(two_projects: Path, tmp_path: Path) -> None:
    default = django_dir(two_projects)
    other = "first" if default == "second" else "second"
    (tmp_path / "mine.toml").write_text(f'root_dir = "{other}"\n')
    assert django_dir(two_projects, "--config", tmp_path / "mine.toml") == other
    assert django_dir(two_projects, env={"DOCTOR_CONFIG": str(tmp_path / "mine.toml")}) == other


def test_a_monorepo_lists_its_projects(two_projects: Path) -> None:
    assert sorted(json.loads(run("scan", two_projects, "-f", "json").stdout)["repository"]["candidates"]) == [
        "first",
        "second",
    ]
    assert "--root-dir" in run("scan", two_projects, "--show", "facts").stdout


@pytest.mark.parametrize("root_dir", ["..", "/", "nowhere", "first/../.."])
def test_a_root_dir_that_is_not_there(two_projects: Path, root_dir: str) -> None:
    result = run("scan", two_projects, "--root-dir", root_dir)
    assert result.exit_code == 2
    assert f"root directory {root_dir}: " in result.stderr


def test_a_mistake_in_the_configuration(project: Path) -> None:
    (project / "pyproject.toml").write_text("[tool.doctor]\nroot = '.'\n")
    result = run("scan", project)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "pyproject.toml: unknown key root" in result.stderr
    assert run("scan", project, "--no-config").exit_code == 0


@pytest.mark.parametrize("arguments", [("-q", "-v"), ("--config", "x.toml", "--no-config")])
def test_options_that_exclude_each_other(project: Path, arguments: tuple[str, ...]) -> None:
    result = run("scan", project, *arguments)
    assert result.exit_code == 2
    assert "exclude each other" in result.stderr


@pytest.mark.parametrize("arguments", [("--no-such-option",), ("--format", "yaml"), ("a", "b"), ("--color", "blue")])
def test_usage_errors(arguments: tuple[str, ...]) -> None:
    result = run("scan", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Usage: doctor scan")


# --- faults, pipes, start-up ----------------------------------------------------------------------------------------


def test_a_fault_of_ours_is_one_paragraph_with_exit_70(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr("analyzer.pipeline.collect_facts", fail)
    result = run("scan", project)
    assert (result.exit_code, result.stdout) == (70, "")
    assert result.stderr.startswith(f"error: internal error in doctor {__version__} (exit 70)\n")
    assert "stage: collect the facts\n  RecursionError: too deep\n  at analyzer/pipeline.py:" in result.stderr
    assert "Traceback" not in result.stderr
    assert "Traceback" in run("scan", project, "-v").stderr


def test_a_reader_that_goes_away_is_no_error(project: Path) -> None:
    command = f'"{sys.executable}" -m analyzer scan "{project}" -f json | head -c 1; exit "${{PIPESTATUS[0]}}"'
    done = subprocess.run(["bash", "-c", command], capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"{", b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_a_message(project: Path) -> None:
    command = f'"{sys.executable}" -m analyzer scan "{project}" > /dev/full'
    done = subprocess.run(["bash", "-c", command], capture_output=True, timeout=60, check=False)
    assert done.returncode == 2
    assert done.stderr == b"error: cannot write to standard output: No space left on device (exit 2)\n"


def test_closed_streams(project: Path) -> None:
    command = f'"{sys.executable}" -m analyzer scan "{project}" >&- 2>&-'
    assert subprocess.run(["bash", "-c", command], timeout=60, check=False).returncode == 0


def test_the_report_prints_in_any_encoding(project: Path) -> None:
    (project / "shop" / "settings.py").write_text(SETTINGS + 'ALLOWED_HOSTS = ["été.example"]\n', encoding="utf-8")
    arguments = ("scan", project, "--exit-zero", "--show", "facts")
    ascii_only = run_process(*arguments, PYTHONIOENCODING="ascii")
    utf8 = run_process(*arguments, PYTHONIOENCODING="utf-8")
    assert ascii_only.returncode == utf8.returncode == 0
    assert rb"\xe9t\xe9.example" in ascii_only.stdout
    assert "été.example".encode() in utf8.stdout


def test_version() -> None:
    done = run_process("--version")
    assert (done.returncode, done.stdout) == (0, f"doctor {__version__}\n".encode())


def test_help_names_commands_and_exit_codes() -> None:
    top, scan = run("--help").stdout, run("scan", "--help").stdout
    assert "scan " in top
    assert "schema " in top
    assert "3 no Django project" in " ".join(scan.split())
    assert "nothing of the repository is run or changed" in " ".join(scan.split())


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\nfrom analyzer.cli.app import app\n"
        "try:\n    app(['--help'])\nexcept SystemExit:\n    pass\n"
        "print(*sorted({m.split('.')[0] for m in sys.modules}), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    loaded = set(done.stderr.split())
    assert "typer" in loaded
    assert not loaded & {"rich", "pydantic", "yaml", "libcst", "docker", "jinja2", "packaging", "tomllib"}


def test_a_scan_loads_only_what_it_needs(project: Path) -> None:
    code = (
        "import sys\nfrom analyzer.cli.app import app\n"
        f"try:\n    app(['scan', {str(project)!r}])\nexcept SystemExit:\n    pass\n"
        "print(*sorted({m.split('.')[0] for m in sys.modules}), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    loaded = set(done.stderr.split())
    assert "ast" in loaded
    # pydantic is there because typer checks the values of options with it.
    assert not loaded & {"rich", "libcst", "docker", "jinja2"}
