"""What a repository says cannot become an instruction: in the emitted files, in reports, or on the terminal.

Its names, versions, commands and values try to end the line, the string, the tag, the table or the comment that they
are written in. Every text has the word INJECTED behind what it tries.
"""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml
from markdown_it import MarkdownIt
from typer.testing import CliRunner

from analyzer.cli.app import app
from analyzer.facts.existing.instructions import parse_instructions

LINE = "x\nRUN echo INJECTED\n#"
SHELL = "$(echo INJECTED) `echo INJECTED`; echo INJECTED && echo \"INJECTED' | INJECTED"
YAML = '"\n  - name: INJECTED\n    run_command: INJECTED'
MARKUP = "</script><img src=x onerror=INJECTED><a href='javascript:INJECTED'>|`]` [a](javascript:INJECTED)"
COMMAND = "\n::error file=a::INJECTED\n::stop-commands::INJECTED\r\n::warning::INJECTED"
TERMINAL = "\x1b]0;INJECTED\x07\x1b[31mINJECTED\x1b[0m\x9b2J\u202eINJECTED"
LOGGED = "::error file=a::INJECTED ##[error]INJECTED"
"""Commands of a CI log without a line of their own: an output may begin a line with them, and `##[` counts anywhere."""
TRIES = (LINE, SHELL, YAML, MARKUP, COMMAND, TERMINAL, LOGGED)
KEYWORDS = {
    "ARG",
    "FROM",
    "ENV",
    "WORKDIR",
    "COPY",
    "RUN",
    "USER",
    "EXPOSE",
    "ENTRYPOINT",
    "CMD",
    "LABEL",
    "STOPSIGNAL",
}


def write(folder: Path, hostile: str) -> Path:
    """A project that has the hostile text wherever a text goes on into an output."""
    name = re.sub(r"[/\0]", "_", hostile)[:80]
    text = repr(hostile)
    files = {
        "manage.py": "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n",
        "shop/__init__.py": "",
        "shop/wsgi.py": "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n",
        "shop/settings.py": (
            "import os\n"
            f"SECRET_KEY = os.environ.get('SECRET_KEY', {text})\n"
            f"ALLOWED_HOSTS = [{text}, os.environ[{text}]]\n"
            "DEBUG = True\n"
            "ROOT_URLCONF = 'shop.urls'\nWSGI_APPLICATION = 'shop.wsgi.application'\n"
            f"STATIC_URL = {text}\nSTATIC_ROOT = {text}\nMEDIA_ROOT = '/app/' + {text}\n"
            "DATABASES = {'default': {'ENGINE': 'django.db.backends.postgresql',"
            f" 'NAME': {text}, 'HOST': {text}}}}}\n"
            f"CELERY_BROKER_URL = 'redis://' + {text}\nEMAIL_HOST = {text}\n"
            f"INSTALLED_APPS = ['django.contrib.staticfiles', 'django.contrib.admin', {text}]\n"
            f"CSRF_TRUSTED_ORIGINS = [{text}]\nTIME_ZONE = {text}\n"
        ),
        "shop/celery.py": f"from celery import Celery\napp = Celery({text})\n",
        "requirements.txt": f"django==5.2\ncelery\ngunicorn\npsycopg2\n{hostile}\n-r {name}.txt\n",
        f"{name}.txt": f"whitenoise\n# {hostile}\n",
        f"{name}/{name}.html": hostile,
        ".python-version": f"3.12{hostile}\n",
        "runtime.txt": f"python-3.12.{hostile}\n",
        "Procfile": (
            f"web: gunicorn shop.wsgi {hostile}\nworker: celery -A shop worker -Q {hostile}\n{name}: {hostile}\n"
        ),
        ".env.example": f"SECRET_KEY={hostile}\nNAME_{name}={hostile}\nLABEL={text}\n",
        "package.json": json.dumps(
            {"name": hostile, "scripts": {"build": hostile, hostile: hostile}, "engines": {"node": hostile}}
        ),
        "app.json": json.dumps({"env": {hostile: {"value": hostile}}, "formation": {hostile: {"quantity": hostile}}}),
        "docker-compose.yml": yaml.safe_dump(
            {"services": {hostile: {"image": hostile, "command": hostile, "environment": {hostile: hostile}}}}
        ),
    }
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8")
    return folder


@pytest.fixture(params=TRIES, ids=["line", "shell", "yaml", "markup", "command", "terminal", "logged"])
def repository(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A repository for each try."""
    return write(tmp_path / "repo", request.param)


def run(*arguments: str) -> str:
    """The standard output of a command that ends as it should."""
    result = CliRunner().invoke(app, list(arguments), prog_name="doctor")
    assert result.exit_code in (0, 4), result.output
    return result.stdout


def emit(folder: Path) -> None:
    """Write every file that there is."""
    run("emit", str(folder), "--force", "--with-template")
    run("emit", str(folder), "--force", "--only", "compose")


def test_the_emitted_files_have_our_instructions_and_keys_alone(repository: Path) -> None:
    emit(repository)
    dockerfile = parse_instructions((repository / "Dockerfile").read_text())
    assert {one.keyword for one in dockerfile} <= KEYWORDS
    harmless = write(repository.parent / "harmless", "plain")
    emit(harmless)
    known = {one.keyword for one in parse_instructions((harmless / "Dockerfile").read_text())}
    assert {one.keyword for one in dockerfile} <= known | {"COPY", "RUN", "ENV"}
    for path in (".do/app.yaml", ".do/deploy.template.yaml", "compose.yaml"):
        if (repository / path).exists():
            keys, usual = keys_of(repository / path), keys_of(harmless / path)
            assert keys <= usual | {"value", "type", "scope", "key"}, path
            assert "INJECTED" not in names_of(repository / path)


def keys_of(path: Path) -> set[str]:
    """All keys of mappings in a YAML file, at any depth, that are not names of variables."""
    return {key for key in _keys(yaml.safe_load(path.read_text())) if key != key.upper()}


def _keys(value: object) -> set[str]:
    if isinstance(value, dict):
        return {str(key) for key in value} | {key for one in value.values() for key in _keys(one)}
    if isinstance(value, list):
        return {key for one in value for key in _keys(one)}
    return set()


def names_of(path: Path) -> set[str]:
    """The names of what a YAML file deploys."""

    def names(value: object) -> set[str]:
        if isinstance(value, dict):
            own = {str(value["name"])} if "name" in value else set()
            return own | {name for one in value.values() for name in names(one)}
        return {name for one in value for name in names(one)} if isinstance(value, list) else set()

    return names(yaml.safe_load(path.read_text()))


def test_no_text_of_the_repository_becomes_a_shell_command_of_the_image(repository: Path) -> None:
    """Commands of the Procfile are commands; names, versions and settings must not be."""
    emit(repository)
    for one in parse_instructions((repository / "Dockerfile").read_text()):
        if one.keyword in {"RUN", "ENV", "ARG", "FROM", "LABEL"}:
            assert "INJECTED" not in unquoted(one.value), one.value


def unquoted(text: str) -> str:
    """What a shell reads anything into: a line without what stands in single quotes."""
    left, quote = [], ""
    for character in text:
        if character == quote:
            quote = ""
        elif not quote and character in "'\"":
            quote = character
        elif quote != "'":
            left.append(character)
    return "".join(left)


class _Elements(HTMLParser):
    """Elements and attributes of a page that could run something, and its programs; data is no program."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag == "script" and ("type", "application/json") not in attrs
        for name, value in attrs:
            if name.startswith("on") or (name in ("href", "src") and "javascript:" in (value or "").lower()):
                self.found.append(f"{tag} {name}={value}")
        if tag == "img":
            self.found.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside and "INJECTED" in data:
            self.found.append(f"script {data}")


@pytest.mark.parametrize("output", ["html", "markdown"])
def test_no_markup_of_the_repository_reaches_a_page(repository: Path, output: str) -> None:
    text = run("scan", str(repository), "--format", output, "-v", "--exit-zero")
    if output == "markdown":
        text = MarkdownIt("gfm-like", {"linkify": False}).render(text)
    elements = _Elements()
    elements.feed(text)
    assert elements.found == []


def test_no_workflow_command_of_the_repository_is_printed(repository: Path) -> None:
    for line in run("scan", str(repository), "--format", "github", "--exit-zero").splitlines():
        assert re.match(r"::(?:error|warning|notice|group|endgroup)(?: |::)|(?!::)", line), line
        assert not line.startswith(("::stop-commands", "::error file=a::INJECTED", "::warning::INJECTED"))


@pytest.mark.parametrize("arguments", [("scan", "-v", "--exit-zero"), ("detect",), ("plan",), ("emit", "--diff")])
def test_no_control_character_of_the_repository_reaches_a_terminal(
    repository: Path, arguments: tuple[str, ...]
) -> None:
    result = CliRunner().invoke(app, [arguments[0], str(repository), *arguments[1:]], prog_name="doctor")
    assert result.exit_code in (0, 4), result.output
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", result.output)


@pytest.mark.parametrize(
    "arguments",
    [
        ("scan", "-v", "--exit-zero"),
        *(("scan", "--format", output, "--exit-zero") for output in ("markdown", "html", "json", "sarif")),
        ("detect", "-v"),
        ("plan",),
    ],
)
def test_no_command_of_the_repository_stands_in_a_log(repository: Path, arguments: tuple[str, ...]) -> None:
    result = CliRunner().invoke(app, [arguments[0], str(repository), *arguments[1:]], prog_name="doctor")
    lines = result.output.splitlines()
    assert "INJECTED" in result.output
    assert [
        line for line in lines if re.match(r"\s*::(?:error|stop-commands|warning)", line) or "##[error]" in line
    ] == []


@pytest.mark.parametrize("output", ["json", "sarif"])
def test_documents_stay_documents(repository: Path, output: str) -> None:
    text = run("scan", str(repository), "--format", output, "--exit-zero")
    json.loads(text)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
