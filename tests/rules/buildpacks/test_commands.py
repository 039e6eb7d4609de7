"""Remedies and commands that fit the project."""

from pathlib import Path

import pytest

from analyzer.model.evidence import RepoPath
from tests.rules.examples import PROJECT, findings_of, report_of

GOOD = "django==5.2.8\ngunicorn==23.0.0\n"
OLD = "django==3.2.25\ngunicorn==20.1.0\n"
PIPFILE = '[packages]\ndjango = "*"\ngunicorn = "*"\n\n[requires]\npython_version = "3.13"\n'
LOCK = (
    '{"_meta": {"hash": {"sha256": "0"}, "pipfile-spec": 6, "requires": {"python_version": "3.13"}, "sources": []},\n'
    ' "default": {"django": {"version": "==5.2.8"}, "gunicorn": {"version": "==23.0.0"}}, "develop": {}}\n'
)


def test_only_the_release_line_that_is_a_job_is_said_to_be_one(tmp_path: Path) -> None:
    procfile = (
        "release: python manage.py makemigrations\nrelease: python manage.py migrate\n"
        "web: gunicorn shop.wsgi --bind 0.0.0.0:$PORT\n"
    )
    found = findings_of(report_of(tmp_path, {"Procfile": procfile}), "release-command-ignored")
    assert {one.evidence[0].line: "has the command as a job" in one.remediation for one in found} == {1: False, 2: True}
    assert {one.evidence[0].line: one.commands for one in found} == {1: (), 2: ("doctor emit",)}


def test_a_release_script_is_the_job_that_runs_its_commands(tmp_path: Path) -> None:
    files = {
        "Procfile": "release: bin/release.sh\nweb: gunicorn shop.wsgi --bind 0.0.0.0:$PORT\n",
        "bin/release.sh": "#!/bin/sh\npython manage.py migrate\n",
    }
    (finding,) = findings_of(report_of(tmp_path, files), "release-command-ignored")
    assert "has the command as a job" in finding.remediation


@pytest.mark.parametrize(
    ("files", "commands"),
    [
        (
            {"requirements.txt": None, "requirements/base.txt": GOOD},
            ("printf '%s\\n' '-r requirements/base.txt' > requirements.txt",),
        ),
        (
            {
                "requirements.txt": None,
                "requirements/production.txt": GOOD,
                "Pipfile": PIPFILE,
                "Pipfile.lock": LOCK,
                "Dockerfile": "FROM python:3.13\nCOPY . .\nRUN pip install -r requirements/production.txt\n",
            },
            (
                "printf '%s\\n' '-r requirements/production.txt' > requirements.txt",
                "git rm Pipfile Pipfile.lock",
            ),
        ),
        ({"requirements.txt": None, "Pipfile": PIPFILE, "Pipfile.lock": LOCK}, ("doctor emit",)),
    ],
)
def test_the_missing_file_is_made_of_what_is_there(
    tmp_path: Path, files: dict[RepoPath, str | None], commands: tuple[str, ...]
) -> None:
    (finding,) = findings_of(report_of(tmp_path, files), "no-package-manager-file")
    assert finding.commands == commands


@pytest.mark.parametrize(
    ("files", "commands"),
    [
        ({}, ("doctor emit",)),
        ({"requirements.txt": None}, ("pipenv lock", "git add Pipfile.lock")),
        ({"requirements.txt": None, ".gitignore": "Pipfile.lock\n"}, ("pipenv lock", "git add -f Pipfile.lock")),
    ],
)
def test_a_lock_file_is_made_where_nothing_else_is_installed_from(
    tmp_path: Path, files: dict[RepoPath, str | None], commands: tuple[str, ...]
) -> None:
    (finding,) = findings_of(report_of(tmp_path, {"Pipfile": PIPFILE, **files}), "pipfile-without-lock")
    assert finding.commands == commands


@pytest.mark.parametrize(
    ("ignored", "added"), [(".python-version\n", True), (".python-version\n!.python-version\n", False)]
)
def test_a_version_file_that_git_ignores_is_added_all_the_same(tmp_path: Path, ignored: str, added: bool) -> None:
    files = {"runtime.txt": "python-3.13\n", ".python-version": None, ".gitignore": ignored}
    (finding,) = findings_of(report_of(tmp_path, files), "version-file-refused")
    assert ("git add -f .python-version" in finding.commands) == added
    assert finding.commands[0] == "echo 3.13 > .python-version"


@pytest.mark.parametrize(("python", "django", "first"), [("3.8", OLD, True), ("3.13.0", GOOD, False)])
def test_a_python_that_is_refused_is_held_back_by_django(tmp_path: Path, python: str, django: str, first: bool) -> None:
    report = report_of(tmp_path, {"requirements.txt": django, ".python-version": f"{python}\n"})
    found = [one.remediation for one in findings_of(report, "python-refused")]
    assert ["a newer Django first" in one for one in found] == ([True] if first else [])


def test_no_procfile_for_a_root_that_installs_something_else(tmp_path: Path) -> None:
    files: dict[RepoPath, str | None] = {"Procfile": None, "manage.py": None, "requirements.txt": None}
    for name in ("manage.py", "requirements.txt"):
        files[f"site/{name}"] = (PROJECT / name).read_text()
    for path in (PROJECT / "shop").rglob("*.py"):
        files[str(path.relative_to(PROJECT))] = None
        files[f"site/{path.relative_to(PROJECT)}"] = path.read_text()
    files["pyproject.toml"] = '[project]\nname = "tools"\nversion = "1.0"\ndependencies = ["jinja2==3.1.6"]\n'
    (finding,) = findings_of(report_of(tmp_path, files), "start-command-missing")
    assert finding.commands == ("doctor emit",)


def test_a_python_that_has_ended_is_pinned_in_no_file(tmp_path: Path) -> None:
    files = {"requirements.txt": OLD, "runtime.txt": "python-3.8.3\n", ".python-version": None}
    report = report_of(tmp_path, files)
    (finding,) = findings_of(report, "version-file-refused")
    assert finding.commands == ("git rm runtime.txt",)
    assert "still supported" in finding.remediation


def test_builders_have_no_python_for_a_django_whose_pythons_have_ended(tmp_path: Path) -> None:
    files = {"requirements.txt": OLD, ".python-version": None}
    (finding,) = findings_of(report_of(tmp_path, files), "default-python-unfit")
    assert finding.commands == ("doctor emit",)
    assert "a newer Django first" in finding.remediation


def test_a_procfile_starts_what_is_installed(tmp_path: Path) -> None:
    files = {"Procfile": None, "requirements.txt": "django==5.2.8\n"}
    (finding,) = findings_of(report_of(tmp_path, files), "start-command-missing")
    assert finding.commands[-1] == "web: gunicorn shop.wsgi --bind 0.0.0.0:$PORT"
    assert "gunicorn >> requirements.txt" in finding.commands[0]


def test_a_procfile_of_a_manager_with_a_command(tmp_path: Path) -> None:
    pipfile = PIPFILE.replace('gunicorn = "*"\n', "")
    lock = LOCK.replace(', "gunicorn": {"version": "==23.0.0"}', "")
    files = {"Procfile": None, "requirements.txt": None, "Pipfile": pipfile, "Pipfile.lock": lock}
    (finding,) = findings_of(report_of(tmp_path, files), "start-command-missing")
    assert finding.commands[0] == "pipenv install gunicorn"


def test_nothing_installed_stands_at_the_file_with_the_requirements(tmp_path: Path) -> None:
    pyproject = '[dependency-groups]\nmain = [\n    "django==5.2.8",\n    "gunicorn==23.0.0",\n]\n'
    files = {"requirements.txt": None, "pyproject.toml": pyproject}
    found = findings_of(report_of(tmp_path, files), "nothing-installed")
    assert [(one.evidence[0].path, one.evidence[0].line) for one in found] == [("pyproject.toml", 1)]


def test_a_template_is_rendered_first(tmp_path: Path) -> None:
    folder = "{{cookiecutter.slug}}"
    files: dict[str, str | None] = {"Procfile": None, "manage.py": None}
    files[f"{folder}/manage.py"] = (PROJECT / "manage.py").read_text()
    for path in (PROJECT / "shop").rglob("*.py"):
        files[str(path.relative_to(PROJECT))] = None
        files[f"{folder}/{path.relative_to(PROJECT)}"] = path.read_text()
    (found,) = findings_of(report_of(tmp_path, files), "start-command-missing")
    assert "Render the template first" in found.remediation
    assert found.commands == ()


@pytest.mark.parametrize("has_version", [True, False])
def test_the_python_of_a_lock_file_that_goes_is_kept(tmp_path: Path, has_version: bool) -> None:
    files: dict[str, str | None] = {
        "requirements/production.txt": GOOD,
        "requirements.txt": None,
        "Pipfile": PIPFILE,
        "Pipfile.lock": LOCK,
        "Dockerfile": "FROM python:3.13\nRUN pip install -r requirements/production.txt\nCMD gunicorn shop.wsgi\n",
        ".python-version": "3.13\n" if has_version else None,
    }
    (found,) = findings_of(report_of(tmp_path, files), "no-package-manager-file")
    assert ("echo 3.13 > .python-version" in found.commands) is not has_version


@pytest.mark.parametrize("inside", [True, False])
def test_the_lock_file_of_another_project_at_the_root(tmp_path: Path, inside: bool) -> None:
    folder = "site/" if inside else ""
    root = '[project]\nname = "maker"\nversion = "1"\nrequires-python = ">=3.12"\ndependencies = ["django==5.2.8"]\n'
    lock = (
        'version = 1\nrequires-python = ">=3.12"\n\n[[package]]\nname = "maker"\nversion = "1"\n'
        'source = { virtual = "." }\ndependencies = [{ name = "django" }]\n\n[[package]]\nname = "django"\n'
        'version = "5.2.8"\nsource = { registry = "simple" }\n'
    )
    files: dict[str, str | None] = {"pyproject.toml": root, "uv.lock": lock, ".python-version": None}
    files["requirements.txt"] = None
    if inside:
        files["manage.py"] = None
        for path in (PROJECT / "shop").rglob("*.py"):
            files[str(path.relative_to(PROJECT))] = None
            files[f"{folder}{path.relative_to(PROJECT)}"] = path.read_text()
        files[f"{folder}manage.py"] = (PROJECT / "manage.py").read_text()
        files[f"{folder}requirements.txt"] = GOOD
    assert len(findings_of(report_of(tmp_path, files), "uv-without-version-file")) == (not inside)
