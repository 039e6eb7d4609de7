"""Commands that findings have for a project: they name its own files, and do to these what they should."""

import subprocess
from pathlib import Path

import pytest

from tests.rules.examples import PROJECT, findings_of, report_of

LOCAL = (
    "from shop.defaults import *\n\n"
    'CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}\n'
)


def run(folder: Path, commands: tuple[str, ...]) -> None:
    """Run shell commands in a folder."""
    for command in commands:
        subprocess.run(["sh", "-c", command], cwd=folder, check=True, capture_output=True)


def test_a_requirement_is_added_behind_a_line_without_an_end(tmp_path: Path) -> None:
    report = report_of(tmp_path, {"requirements.txt": "django==5.2.8", "Procfile": None})
    (found,) = findings_of(report, "no-web-server")
    run(tmp_path, found.commands)
    lines = (tmp_path / "requirements.txt").read_text().split()
    assert lines[0] == "django==5.2.8"
    assert lines[1].startswith("gunicorn==")


def test_a_file_in_utf_16_is_written_anew_first(tmp_path: Path) -> None:
    report = report_of(tmp_path, {"requirements.txt": "\ufeffdjango==5.2.8\n", "Procfile": None})
    (found,) = findings_of(report, "no-web-server")
    run(tmp_path, found.commands)
    assert (tmp_path / "requirements.txt").read_text(encoding="utf-8").split()[0] == "django==5.2.8"


def test_folders_are_the_projects_own(tmp_path: Path) -> None:
    settings = 'from shop.defaults import *\n\nSTATIC_ROOT = BASE_DIR / "public"\nMEDIA_ROOT = BASE_DIR / "sent"\n'
    files = {
        "shop/settings.py": settings,
        "public/admin/base.css": "a {}\n",
        "sent/cat.png": "x",
        ".gitignore": "*.pyc",
    }
    report = report_of(tmp_path, files)
    subprocess.run(["git", "init", "-q", "."], cwd=tmp_path, check=True)
    subprocess.run(["git", "add", "-A"], cwd=tmp_path, check=True)
    for rule in ("collected-files-committed", "uploads-committed"):
        (found,) = findings_of(report, rule)
        run(tmp_path, found.commands)
    status = subprocess.run(["git", "ls-files"], cwd=tmp_path, check=True, capture_output=True, text=True)
    assert not [path for path in status.stdout.split() if path.startswith(("public/", "sent/"))]
    assert (tmp_path / ".gitignore").read_text().split() == ["*.pyc", "public/", "sent/"]


def test_an_old_django_gets_a_backend_that_it_has(tmp_path: Path) -> None:
    new = report_of(tmp_path / "new", {"shop/settings.py": LOCAL})
    requirements = "django==3.2.25\ngunicorn==23.0.0\nwhitenoise==6.2.0\ndj-database-url==2.0.0\n"
    old = report_of(tmp_path / "old", {"shop/settings.py": LOCAL, "requirements.txt": requirements})
    (of_new,), (of_old,) = findings_of(new, "local-memory-cache"), findings_of(old, "local-memory-cache")
    assert "django.core.cache.backends.redis.RedisCache" in of_new.commands[-1]
    assert "django_redis.cache.RedisCache" in of_old.commands[-1]
    assert "django-redis >> requirements.txt" in of_old.commands[0]
    assert "doctor emit adds it" in of_old.remediation


def test_a_procfile_leads_into_the_projects_folder(tmp_path: Path) -> None:
    files: dict[str, str | None] = {"Procfile": None, "manage.py": None, "requirements.txt": None}
    moved = {"manage.py", "requirements.txt"}
    for name in moved:
        files[f"site/{name}"] = (PROJECT / name).read_text()
    for path in (PROJECT / "shop").rglob("*.py"):
        files[str(path.relative_to(PROJECT))] = None
        files[f"site/{path.relative_to(PROJECT)}"] = path.read_text()
    files["requirements.txt"] = "-r site/requirements.txt\n"
    (found,) = findings_of(report_of(tmp_path, files), "start-command-missing")
    assert found.commands[-1] == "web: gunicorn shop.wsgi --chdir site --bind 0.0.0.0:$PORT"


def test_management_commands_name_the_projects_file(tmp_path: Path) -> None:
    files: dict[str, str | None] = {"manage.py": None, "site/manage.py": (PROJECT / "manage.py").read_text()}
    for path in (PROJECT / "shop").rglob("*.py"):
        files[str(path.relative_to(PROJECT))] = None
        files[f"site/{path.relative_to(PROJECT)}"] = path.read_text()
    files["requirements.txt"] = "django==4.2.16\ngunicorn==23.0.0\n"
    (found,) = findings_of(report_of(tmp_path, files), "django-version-ended")
    assert found.commands[0] == "python -W error::DeprecationWarning site/manage.py test"


def test_the_variable_of_debug_is_the_projects_own(tmp_path: Path) -> None:
    settings = 'import os\n\nfrom shop.defaults import *\n\nDEBUG = bool(os.environ.get("SHOP_DEBUG", False))\n'
    (found,) = findings_of(report_of(tmp_path, {"shop/settings.py": settings}), "debug-is-text")
    assert found.commands == ('DEBUG = os.environ.get("SHOP_DEBUG", "").lower() in ("1", "true", "yes")',)


def test_tools_of_development_move_as_they_are_asked_for(tmp_path: Path) -> None:
    packages = "django==5.2.8\ngunicorn==23.0.0\npytest==8.4.2\n"
    of_pip = report_of(tmp_path / "pip", {"requirements.txt": packages})
    (found,) = findings_of(of_pip, "development-packages-installed")
    assert found.commands == ("# requirements-dev.txt", "-r requirements.txt", "pytest==8.4.2")
    project = '[project]\nname = "shop"\nversion = "1"\ndependencies = [\n  "django==5.2.8",\n  "pytest==8.4.2",\n]\n'
    of_project = report_of(tmp_path / "project", {"requirements.txt": None, "pyproject.toml": project})
    (found,) = findings_of(of_project, "development-packages-installed")
    assert found.commands == ("# pyproject.toml", "[dependency-groups]", 'dev = ["pytest==8.4.2"]')


def test_a_timeout_is_changed_where_it_stands(tmp_path: Path) -> None:
    files = {
        "Procfile": "web: gunicorn shop.wsgi --config server.py --bind 0.0.0.0:$PORT --workers 2\n",
        "server.py": "timeout = 120\n",
    }
    (found,) = findings_of(report_of(tmp_path, files), "worker-timeout-beyond-edge")
    assert found.commands == ("# server.py", "timeout = 60")


def test_a_renamed_column_has_a_remedy_of_its_own(tmp_path: Path) -> None:
    head = "from django.db import migrations, models\n\n\nclass Migration(migrations.Migration):\n"
    fields = '[("id", models.AutoField(primary_key=True)), ("title", models.CharField(max_length=9))]'
    first = f'{head}    dependencies = []\n    operations = [migrations.CreateModel("Product", {fields})]\n'
    second = (
        f'{head}    dependencies = [("shop", "0001_initial")]\n    operations = [\n'
        '        migrations.RenameField("product", "title", "name"),\n    ]\n'
    )
    files = {
        "shop/models.py": "from django.db import models\n\n\nclass Product(models.Model):\n"
        "    name = models.CharField(max_length=9)\n",
        "shop/migrations/__init__.py": "",
        "shop/migrations/0001_initial.py": first,
        "shop/migrations/0002_name.py": second,
    }
    (found,) = findings_of(report_of(tmp_path, files), "migration-breaks-old-version")
    assert "db_column" in found.remediation


def test_a_requirement_of_a_project_without_a_package_manager_of_its_own(tmp_path: Path) -> None:
    project = '[project]\nname = "shop"\nversion = "1"\ndependencies = ["django==5.2.8"]\n'
    files = {"shop/settings.py": LOCAL, "requirements.txt": None, "pyproject.toml": project}
    (found,) = findings_of(report_of(tmp_path, files), "local-memory-cache")
    assert found.commands[:2] == ("# pyproject.toml, dependencies of [project]", '"redis",')


def test_a_requirement_with_releases_is_the_same_package(tmp_path: Path) -> None:
    settings = 'from shop.defaults import *\n\nDATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3"}}\n'
    (found,) = findings_of(report_of(tmp_path, {"shop/settings.py": settings}), "sqlite-on-ephemeral-disk")
    assert not any(">> requirements.txt" in one for one in found.commands)


def test_a_requirement_goes_where_a_compiled_file_is_made_from(tmp_path: Path) -> None:
    files = {"shop/settings.py": LOCAL, "requirements.txt": "django==5.2.8\n", "requirements.in": "django\n"}
    (found,) = findings_of(report_of(tmp_path, files), "local-memory-cache")
    assert found.commands[0].endswith("redis >> requirements.in")
    assert found.commands[1] == "pip-compile requirements.in"


@pytest.mark.parametrize(("names", "commands"), [(["SHOP_SECRET"], 1), (["SHOP_SECRET", "SHOP_SECRET_FILE"], 0)])
def test_a_key_in_one_of_two_variables_has_no_line(tmp_path: Path, names: list[str], commands: int) -> None:
    read = '"u8w-n3v9t-2yq4h7-0x6kz-5jd1c"'
    for name in names:
        read = f'os.environ.get("{name}", {read})'
    settings = f"import os\n\nfrom shop.defaults import *\n\nSECRET_KEY = {read}\n"
    (found,) = findings_of(report_of(tmp_path, {"shop/settings.py": settings}), "secret-key-default")
    assert len(found.commands) == commands


@pytest.mark.parametrize(("group", "first"), [("test", "# pyproject.toml, into test"), (None, "# pyproject.toml")])
def test_tools_go_where_developers_have_theirs(tmp_path: Path, group: str | None, first: str) -> None:
    project = '[project]\nname = "shop"\nversion = "1"\ndependencies = ["django==5.2.8", "pytest==8.4.2"]\n'
    extras = f'\n[project.optional-dependencies]\n{group} = ["tox==4.18.0"]\n' if group else ""
    report = report_of(tmp_path, {"requirements.txt": None, "pyproject.toml": project + extras})
    (found,) = findings_of(report, "development-packages-installed")
    assert found.commands[0] == first
