"""Whatever a repository holds, a scan of it ends, in little memory, and the report names what was too much.

`scan` of tests/safety/hostile.py sees to the end, the memory and the exit code. The bounds themselves are tested beside
the modules that have them.
"""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.safety.hostile import SETTINGS, doctor, scan, write

LARGE = "larger than 5,000,000 bytes"
LONG = "commands of more than 131,072 characters"
READERS = ("Dockerfile", "package.json", "Procfile", ".env", "shop/models.py")


def told(tmp_path: Path, files: Mapping[str, str | bytes]) -> dict[str, str]:
    """What the report names of a repository, apart from the project that each has."""
    return scan(write(tmp_path / "repo", files)).skipped


def test_files_of_two_gigabytes_and_settings_of_one_long_line(tmp_path: Path) -> None:
    root = write(tmp_path / "repo", {"shop/settings.py": SETTINGS + "X = '" + "a" * 50_000_000 + "'\n"})
    for name in READERS:
        with (root / name).open("wb") as file:
            file.truncate(2 << 30)
    done = scan(root)
    assert done.skipped == dict.fromkeys(("shop/settings.py", *READERS), LARGE)
    assert "shop/settings.py: cannot be read" in done.out


def test_one_character_that_makes_all_others_wide(tmp_path: Path) -> None:
    wide = "\U0001f600" + " gunicorn shop.wsgi" * 250_000
    skipped = told(tmp_path, {"Procfile": f"web: {wide}\n", "package.json": json.dumps({"scripts": {"build": wide}})})
    assert skipped == {"Procfile": f"{LARGE} as a text", "package.json": LONG}


def test_a_command_that_is_longer_than_any_shell_takes(tmp_path: Path) -> None:
    done = scan(write(tmp_path / "repo", {"Procfile": "web: gunicorn shop.wsgi" + " --reload" * 550_000}))
    assert done.skipped == {"Procfile": LONG}
    assert len(done.out) < 1_000_000


def test_more_files_than_the_limit(tmp_path: Path) -> None:
    files = {f"d{number % 100}/f{number}.py": "" for number in range(3_000)}
    skipped = told(tmp_path, {**files, "doctor.toml": "[limits]\nfiles = 500\n"})
    assert skipped == {".": "files beyond the first 500"}


def test_more_bytes_than_the_limit(tmp_path: Path) -> None:
    files = {f"shop/f{number}.py": "# env\n" * 1_000 for number in range(100)}
    skipped = told(tmp_path, {**files, "doctor.toml": "[limits]\ntotal_bytes = 100000\n"})
    assert "beyond 100,000 bytes of all files together" in set(skipped.values())


DEEP = 5_000
DEEPLY = {
    "brackets": "(" * DEEP + ")" * DEEP,
    "lists": "[" * DEEP + "]" * DEEP,
    "sums": "1" + "+1" * DEEP,
    "minus": "-" * DEEP + "1",
    "not": "not " * DEEP + "1",
    "powers": "1" + "**1" * DEEP,
    "attributes": "a" + ".a" * DEEP,
    "calls": "a" + "()" * DEEP,
    "subscripts": "a" + "[0]" * DEEP,
    "branches": "1 if a else " * DEEP + "1",
    "lambdas": "lambda a, b: " * DEEP + "1",
    "strings": 'f"{' * DEEP + "1" + '}"' * DEEP,
}


def test_what_nests_deeply_never_meets_a_parser_that_it_ends(tmp_path: Path) -> None:
    newer = "type Newer[T] = int\ndef f[T](a): ...\nimport os\nos.environ['SEEN']\n"
    files = {f"shop/{name}.py": f"{newer}X = {text}\n" for name, text in DEEPLY.items()}
    files |= {
        "shop/indented.py": newer + "".join(f"{' ' * depth}if a:\n" for depth in range(1_000)) + " " * 1_000 + "pass\n",
        "shop/settings.py": f"{newer}{SETTINGS}MIDDLEWARE = {DEEPLY['sums']}\n",
        "package.json": "[" * 400_000,
        "app.json": '{"env": ' * 100_000,
        "pyproject.toml": "a = " + "[" * 250_000,
        "poetry.lock": "a = " + "{b = " * 200_000,
        "docker-compose.yml": "{a: " * 5_000,
        ".do/app.yaml": "- " * 300_000,
    }
    skipped = told(tmp_path, files)
    too_deep = {name for name, reason in skipped.items() if reason == "nests too deeply to be parsed"}
    assert {"app.json", "package.json", "pyproject.toml"} <= too_deep


def test_aliases_that_multiply(tmp_path: Path) -> None:
    sequence = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 30)
    )
    mapping = "a0: &a0 {k: v}\n" + "".join(f"a{n}: &a{n} {{<<: *a{n - 1}, k{n}: v}}\n" for n in range(1, 3_000))
    circle = "services: &a\n  web: *a\n"
    skipped = told(tmp_path, {"docker-compose.yml": sequence, ".do/app.yaml": mapping, "render.yaml": circle})
    many = "is too much to read: more than 200,000 nodes, counting what aliases repeat"
    assert skipped == {
        "docker-compose.yml": many,
        ".do/app.yaml": many,
        "render.yaml": "is too much to read: a node that contains itself",
    }


def test_huge_numbers(tmp_path: Path) -> None:
    digits = "9" * 200_000
    files = {
        "package.json": f'{{"engines": {{"node": {digits}}}}}',
        "app.json": '{"formation": {"web": {"quantity": 1e999999999}}, "env": {"A": {"value": -1e-999999999}}}',
        "Pipfile.lock": f'{{"_meta": {{"pipfile-spec": {digits}}}}}',
        "pyproject.toml": f"[project]\nname = 'shop'\nversion = {digits}\n",
        "poetry.lock": f"a = 0x{'f' * 200_000}\nb = 1e999999999\n",
        ".python-version": digits,
        "runtime.txt": f"python-{digits}",
        "docker-compose.yml": f"services:\n  web:\n    command: gunicorn --workers {digits}\n"
        f"    deploy: {{replicas: {digits}}}\n",
        "Procfile": f"web: gunicorn --workers {digits} --timeout 1e999 shop.wsgi\n",
        "shop/settings.py": f"{SETTINGS}CONN_MAX_AGE = 10 ** 10 ** 10\nX = 1 << 10 ** 9\n"
        "Y = 1e999\nZ = int('9' * 10_000)\n"
        "DATABASES = {'default': {'CONN_MAX_AGE': 9 ** 9 ** 9, 'PORT': 2 ** 100_000}}\n"
        "STATIC_URL = '%099999999d' % 1\n",
    }
    root = write(tmp_path / "repo", files)
    assert doctor(tmp_path, "scan", root, "--exit-zero").code == doctor(tmp_path, "detect", root).code == 0


LINES = 200_000
LOCKS = {
    "requirements.txt": {"requirements.txt": "django==5.2.7\n" + "".join(f"p{n}==1.{n}\n" for n in range(LINES))},
    "Pipfile.lock": {
        "requirements.txt": "",
        "Pipfile": '[packages]\ndjango = "*"\n',
        "Pipfile.lock": json.dumps(
            {"_meta": {}, "default": {f"p{n}": {"version": "==1", "index": "a"} for n in range(LINES // 4)}}, indent=1
        ),
    },
    "poetry.lock": {
        "requirements.txt": "",
        "pyproject.toml": '[tool.poetry.dependencies]\ndjango = "*"\n',
        "poetry.lock": "".join(f'[[package]]\nname="p{n}"\nversion="1"\n' for n in range(LINES // 3 - 10_000)),
        "package.json": '{"scripts": {"build": "vite build"}, "dependencies": {"vite": "7"}}',
        "package-lock.json": json.dumps(
            {"packages": {f"node_modules/p{n}": {"version": "1"} for n in range(LINES // 3)}}, indent=0
        ),
    },
}


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_files_of_many_lines(tmp_path: Path, lock: str) -> None:
    assert LOCKS[lock][lock].count("\n") > 150_000
    done = scan(write(tmp_path / "repo", LOCKS[lock]))
    assert len(done.facts["dependencies"]) <= 5_000
    assert done.facts["django_version"]["value"] is not None
    assert lock == "poetry.lock" or any("beyond the first 5,000" in reason for reason in done.skipped.values())


ENDLESS = {
    "loop": "while True:\n    X = 1\n" * 100,
    "calls": "def f(n):\n    return n if n < 2 else f(n - 1) + f(n - 2)\nX = f(40)\n",
    "required": "import os\n"
    + "".join(f"A{n} = os.environ['NAME_{n}']\nif A{n} == 'x':\n    raise ValueError(A{n})\n" for n in range(30))
    + "for a in range(4_000):\n    for b in range(4_000):\n        X = [a, b]\n",
}


@pytest.mark.parametrize("settings", ENDLESS)
def test_settings_without_end(tmp_path: Path, settings: str) -> None:
    done = scan(
        write(tmp_path / "repo", {"shop/settings.py": f"{SETTINGS}DEBUG = True\n{ENDLESS[settings]}LATE = 1\n"})
    )
    assert "limit: evaluation steps" in done.out


def test_settings_that_recurse(tmp_path: Path) -> None:
    text = "def f(n):\n    return g(n) + g(n)\ndef g(n):\n    return f(n) + f(n)\nSTATIC_URL = f(1)\nDEBUG = True\n"
    done = scan(write(tmp_path / "repo", {"shop/settings.py": SETTINGS + text}))
    assert "limit: call depth" in json.dumps(done.facts["static"])
    assert done.facts["debug"]["value"] is True


def test_circles(tmp_path: Path) -> None:
    urls = (
        "from django.urls import include, path\n"
        "urlpatterns = [path('a', include('shop.{}')), path('b', include('shop.{}'))]\n"
    )
    script = "./a.sh\n./b.sh\n" * 200
    files = {
        "shop/settings.py": f"{SETTINGS}DEBUG = True\nfrom shop.a import *\nfrom split_settings.tools import include\n"
        "include('settings.py', 'a.py', '*.py')\n",
        "shop/a.py": "from shop.b import *\nfrom shop.settings import *\nimport shop.a\n",
        "shop/b.py": "from shop.a import *\nfrom . import settings\n",
        "shop/urls.py": urls.format("urls", "other"),
        "shop/other.py": urls.format("urls", "other"),
        "requirements.txt": "-r a.txt\n-c requirements.txt\ndjango\n",
        "a.txt": "-r requirements.txt\n-r b.txt\n-r a.txt\n",
        "b.txt": "-r a.txt\n-c b.txt\n-e .\n",
        "docker-compose.yml": "include: [docker-compose.yml]\nservices:\n  web:\n"
        "    extends: {file: docker-compose.yml, service: web}\n",
        "package.json": '{"scripts": {"build": "npm run a && npm run a", "a": "npm run build && npm run a"}}',
        "Procfile": "web: ./a.sh\n",
        "a.sh": script,
        "b.sh": script,
        "Makefile": "A = $(B)$(B)\nB = $(A)$(A)\nrun: run\n\t$(MAKE) run $(A)\n",
        ".env": "A=${B}${B}\nB=${A}${A}\n",
        "pyproject.toml": '[project]\nname = "shop"\noptional-dependencies = {a = ["shop[b]"], b = ["shop[a]"]}\n'
        '[dependency-groups]\nc = [{include-group = "d"}]\nd = [{include-group = "c"}]\n',
    }
    done = scan(write(tmp_path / "repo", files))
    assert done.facts["debug"]["value"] is True
    assert done.facts["django_version"]["value"] == ""


def test_more_names_than_anybody_has(tmp_path: Path) -> None:
    numbers = range(600)
    text = (
        "import os\nDATABASES = {"
        + ",\n".join(
            f"'d{n}': {{'ENGINE': 'django.db.backends.postgresql', 'HOST': os.environ.get('D{n}', 'd')}}"
            for n in numbers
        )
        + "}\nCACHES = {"
        + ",\n".join(f"'c{n}': {{'LOCATION': os.environ.get('C{n}', 'redis://c/{n}')}}" for n in numbers)
        + "}\n"
    )
    done = scan(write(tmp_path / "repo", {"shop/settings.py": SETTINGS + text}))
    assert {one["reason"] for one in json.loads(done.out)["repository"]["skipped"]} == {
        "entries of DATABASES beyond the first 100",
        "entries of CACHES beyond the first 100",
        "environment variables beyond the first 1,000",
    }


def test_python_that_fills_the_memory(tmp_path: Path) -> None:
    names = "import os\nos.environ['SEEN']\nX = [" + "a, " * 15_000 + "]\n"
    files = {f"shop/f{number}.py": names for number in range(100)}
    settings = SETTINGS + "X = [" + "a, " * 1_000_000 + "]\n"
    skipped = told(tmp_path, {**files, "shop/settings.py": settings})
    assert skipped["shop/settings.py"].startswith("has more than 60,000 operators")
    assert "beyond the Python that is parsed in one scan" in set(skipped.values())
