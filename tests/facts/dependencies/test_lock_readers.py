"""Lock files of every manager."""

import json

import pytest

from analyzer.facts.dependencies.activation import Activation
from analyzer.facts.dependencies.lock_readers import read_lock
from analyzer.facts.dependencies.lockfiles import Lock, LockedPackage
from tests.facts.conftest import MakeRepository

NOTHING = Activation()

UV = """\
version = 1
requires-python = ">=3.12"

[[package]]
name = "django"
version = "4.2.7"
source = { registry = "https://example.org/simple" }
dependencies = [
    { name = "asgiref" },
    { name = "sqlparse", marker = "sys_platform == 'win32'" },
]
sdist = { url = "https://example.org/django.tar.gz", hash = "sha256:00", size = 1 }
wheels = [
    { url = "https://example.org/django.whl", hash = "sha256:11", size = 2 },
]

[package.optional-dependencies]
argon2 = [
    { name = "argon2-cffi" },
]

[[package]]
name = "Auth_Lib"
version = "1.0"
source = { git = "https://t0ken@example.org/auth.git?rev=v1#abc" }

[[package]]
name = "shop"
version = "0.1"
source = { virtual = "." }
dependencies = [
    { name = "django", extra = ["argon2"] },
]

[package.optional-dependencies]
s3 = [
    { name = "boto3" },
]
all = [
    { name = "shop", extra = ["s3"] },
]

[package.dev-dependencies]
dev = [
    { name = "pytest" },
]
"""


def test_uv(repository: MakeRepository) -> None:
    lock = read_lock(repository({"uv.lock": UV}), "uv.lock", Activation(extras=frozenset({"all"})))
    assert lock is not None
    assert lock.packages == (
        LockedPackage(
            name="django",
            version="4.2.7",
            line=4,
            requires=(("asgiref", ()), ("sqlparse", ())),
            extras={"argon2": (("argon2-cffi", ()),)},
        ),
        LockedPackage(name="auth-lib", version="1.0", line=22, vcs="https://example.org/auth.git#abc"),
    )
    assert set(lock.roots) == {
        (None, ("django", ("argon2",))),
        ("s3", ("boto3", ())),
        (None, ("shop", ("s3",))),
        (None, ("boto3", ())),
        ("dev", ("pytest", ())),
    }
    assert [(i.url, i.extra, i.evidence.line) for i in lock.indexes] == [("https://example.org/simple", True, 4)]
    assert lock.problems == ()


POETRY = """\
[[package]]
name = "Django"
version = "4.2.7"
optional = false
python-versions = ">=3.8"
groups = ["main", "dev"]
markers = "python_version >= '3.8'"
files = [
    {file = "Django.whl", hash = "sha256:00"},
]

[package.dependencies]
asgiref = ">=3.6"
argon2-cffi = {version = ">=19", optional = true, markers = "extra == 'argon2'"}
redis = [
    {version = ">=4", extras = ["hiredis"], markers = "x"},
    {version = ">=3", markers = "y"},
]

[package.extras]
argon2 = ["argon2-cffi (>=19.1.0)"]

[[package]]
name = "old"
version = "1.0"
category = "dev"
optional = true
[package.source]
type = "git"
url = "https://u:p@example.org/old.git"

[extras]
pg = ["psycopg2", "psycopg-pool (>=3)"]

[metadata]
lock-version = "2.1"
"""


def test_poetry(repository: MakeRepository) -> None:
    lock = read_lock(repository({"poetry.lock": POETRY}), "poetry.lock", Activation(extras=frozenset({"pg"})))
    assert lock is not None
    assert lock.packages == (
        LockedPackage(
            name="django",
            version="4.2.7",
            line=1,
            marker="python_version >= '3.8'",
            requires=(("asgiref", ()), ("redis", ("hiredis",)), ("redis", ())),
            extras={"argon2": (("argon2-cffi", ()),)},
            groups=("main", "dev"),
        ),
        LockedPackage(
            name="old", version="1.0", line=23, vcs="https://example.org/old.git", groups=("dev",), optional=True
        ),
    )
    assert lock.roots == ((None, ("psycopg2", ())), (None, ("psycopg-pool", ())))


@pytest.mark.parametrize(
    ("taken", "groups"), [({"sso"}, ("all", "main")), (set(), ("all", "sso")), ({"all", "sso"}, ("main", "main"))]
)
def test_the_marker_of_poetry_that_names_extras(
    repository: MakeRepository, taken: set[str], groups: tuple[str, ...]
) -> None:
    text = """[[package]]
name = "saml"
version = "1"
optional = true
groups = ["main"]
markers = "extra == \\"all\\" or extra == \\"sso\\""
"""
    lock = read_lock(repository({"poetry.lock": text}), "poetry.lock", Activation(extras=frozenset(taken)))
    assert lock is not None
    assert lock.packages == (LockedPackage(name="saml", version="1", line=1, groups=groups, of_extra=True),)


PDM = """\
[metadata]
groups = ["default", "dev"]

[[package]]
name = "django"
version = "4.2.7"
groups = ["default"]
marker = "python_version > '3'"
dependencies = [
    "asgiref<4,>=3.6.0",
    "redis[hiredis]>=4; sys_platform == 'linux'",
]
files = [
    {file = "django.whl", hash = "sha256:00"},
]

[[package]]
name = "lib"
version = "0.1"
path = "./lib"
"""


def test_pdm(repository: MakeRepository) -> None:
    lock = read_lock(repository({"pdm.lock": PDM}), "pdm.lock", NOTHING)
    assert lock is not None
    assert lock.packages == (
        LockedPackage(
            name="django",
            version="4.2.7",
            line=4,
            marker="python_version > '3'",
            requires=(("asgiref", ()), ("redis", ("hiredis",))),
            groups=("default",),
        ),
        LockedPackage(name="lib", version="0.1", line=17, vcs="./lib"),
    )


PYLOCK = """\
lock-version = "1.0"
default-groups = ["web"]

[[packages]]
name = "django"
version = "4.2.7"
marker = "python_version > '3'"
wheels = [
    {name = "django.whl", url = "https://example.org/django.whl", hashes = {sha256 = "00"}},
]
[[packages]]
name = "boto3"
version = "1.34"
marker = "'s3' in extras"
[[packages]]
name = "pytest"
marker = "'dev' in dependency_groups"
[[packages]]
name = "uvicorn"
marker = "'web' in dependency_groups or 'dev' in dependency_groups"
[[packages]]
name = "auth"
vcs = {type = "git", url = "https://t0ken@example.org/auth.git"}
"""


def test_pylock(repository: MakeRepository) -> None:
    lock = read_lock(repository({"pylock.prod.toml": PYLOCK}), "pylock.prod.toml", NOTHING)
    assert lock is not None
    assert [(p.name, p.version, p.line, p.marker, p.groups) for p in lock.packages] == [
        ("django", "4.2.7", 4, "python_version > '3'", ("main",)),
        ("boto3", "1.34", 11, None, ("s3",)),
        ("pytest", None, 15, None, ("dev",)),
        ("uvicorn", None, 18, None, ("main", "dev")),
        ("auth", None, 21, None, ("main",)),
    ]
    assert lock.packages[-1].vcs == "https://example.org/auth.git"


def test_pipfile_lock(repository: MakeRepository) -> None:
    data = {
        "_meta": {"requires": {"python_version": "3.12"}},
        "default": {"django": {"version": "==4.2.7", "markers": "python_version > '3'", "hashes": ["sha256:00"]}},
        "develop": {"Old_Lib": {"git": "https://t0ken@example.org/old.git", "ref": "abc"}},
        "web": {"uvicorn": {"version": "==0.30"}},
    }
    lock = read_lock(repository({"Pipfile.lock": json.dumps(data, indent=4)}), "Pipfile.lock", NOTHING)
    assert lock is not None
    assert [(p.name, p.version, p.line, p.marker, p.vcs, p.groups) for p in lock.packages] == [
        ("django", "4.2.7", 8, "python_version > '3'", None, ("default",)),
        ("old-lib", None, 17, None, "https://example.org/old.git", ("dev",)),
        ("uvicorn", "0.30", 23, None, None, ("web",)),
    ]


@pytest.mark.parametrize("name", ["uv.lock", "poetry.lock", "pdm.lock", "pylock.toml", "Pipfile.lock"])
def test_broken_odd_and_missing_locks(repository: MakeRepository, name: str) -> None:
    assert read_lock(repository({"x": ""}), name, NOTHING) is None
    broken = read_lock(repository({name: "[[package]]\nname = \n"}), name, NOTHING)
    assert broken is not None
    assert (broken.path, broken.packages, len(broken.problems)) == (name, (), 1)
    shapes = (
        ["{}", '{"default": 1, "develop": {"a": 2, "b": []}}']
        if name == "Pipfile.lock"
        else [
            "",
            "package = 1\npackages = 2\nextras = 3",
            "[[package]]\nname = 1\n[[packages]]\nversion = 2",
            '[[package]]\nname = "a"\nversion = 1\nsource = 2\ndependencies = 3\ngroups = 4\nextras = 5\n'
            '[[packages]]\nname = "a"\nmarker = 1\nvcs = 2\n',
        ]
    )
    for shape in shapes:
        found = read_lock(repository({name: shape}), name, NOTHING)
        assert isinstance(found, Lock)
        assert found.problems == ()


@pytest.mark.parametrize("name", ["uv.lock", "poetry.lock", "pdm.lock", "pylock.toml"])
@pytest.mark.parametrize(
    ("content", "reason", "line"),
    [
        ("[[package]]\nname = \n", "is not TOML: Invalid value", 2),
        ("a." * 5000 + "a = 1\n", "is too large, or has keys of too many parts, to be parsed", 1),
        ("a = " + "[" * 5000, "nests too deeply to be parsed", 1),
    ],
)
def test_a_lock_that_cannot_be_parsed_says_why(
    repository: MakeRepository, name: str, content: str, reason: str, line: int
) -> None:
    lock = read_lock(repository({name: content}), name, NOTHING)
    assert lock is not None
    (found,) = lock.problems
    assert found.note.startswith(reason)
    assert (found.path, found.line) == (name, line)
