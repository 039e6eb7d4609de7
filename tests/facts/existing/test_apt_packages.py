"""Debian packages that files of the repository name."""

import pytest

from analyzer.facts.existing.apt_packages import MAX_PACKAGES, declared_packages
from tests.facts.conftest import MakeRepository

Listed = tuple[list[tuple[str, str, int]], list[tuple[str, str, int]]]


def listed(repository: MakeRepository, files: dict[str, str], django_dir: str = ".") -> Listed:
    build, run = declared_packages(repository({f"{django_dir}/manage.py": "", **files}), django_dir)
    assert all(p.evidence.path == p.because for p in (*build, *run))
    assert all(p.names == () for p in (*build, *run))
    return [(p.package, p.because, p.evidence.line) for p in build], [
        (p.package, p.because, p.evidence.line) for p in run
    ]


def test_nothing_is_named(repository: MakeRepository) -> None:
    assert listed(repository, {"README.md": "apt-get install curl", "packages.txt": "curl"}) == ([], [])


def test_an_aptfile(repository: MakeRepository) -> None:
    lines = ("# tools", "ffmpeg", "libpq-dev", "", "https://example.com/x.deb", ":repo:deb http://x y main")
    text = "\n".join((*lines, "libmagic1=1:5.44-3 # pinned", ""))
    assert listed(repository, {"Aptfile": text}) == (
        [("libpq-dev", "Aptfile", 3)],
        [("ffmpeg", "Aptfile", 2), ("libmagic1", "Aptfile", 7)],
    )


def test_keys_of_platform_files(repository: MakeRepository) -> None:
    files = {
        "nixpacks.toml": '[phases.setup]\nnixPkgs = ["..."]\naptPkgs = ["ffmpeg", "libpq-dev"]\n',
        "project.toml": '[_]\n\n[com.heroku.buildpacks.deb-packages]\ninstall = [{name = "git"}, "tini"]\n',
        "railpack.json": '{\n "buildAptPackages": ["unzip"],\n "deploy": {\n  "aptPackages": ["curl"]\n }\n}\n',
    }
    build, run = listed(repository, files)
    assert build == [("libpq-dev", "nixpacks.toml", 3), ("unzip", "railpack.json", 2)]
    assert run == [
        ("ffmpeg", "nixpacks.toml", 3),
        ("git", "project.toml", 4),
        ("tini", "project.toml", 4),
        ("curl", "railpack.json", 4),
    ]


@pytest.mark.parametrize(
    "files",
    [
        {"nixpacks.toml": "phases = 3"},
        {"nixpacks.toml": "["},
        {"railpack.json": "[]"},
        {"railpack.json": '{"deploy": {"aptPackages": 5}}'},
    ],
)
def test_files_of_another_shape(repository: MakeRepository, files: dict[str, str]) -> None:
    assert listed(repository, files) == ([], [])


def test_the_stages_of_a_dockerfile(repository: MakeRepository) -> None:
    text = (
        "FROM python:3.12-slim AS build\n"
        "RUN apt-get update && apt-get install -y --no-install-recommends \\\n"
        "    gcc \\\n"
        "    # for the driver\n"
        "    libpq-dev unzip \\\n"
        "  && pip install -r requirements.txt\n"
        "FROM python:3.12-slim\n"
        'RUN ["apt-get", "install", "-y", "libpq5"]\n'
        "RUN apt update; sudo apt -o Use-Pty=0 install -t stable -y make gettext:amd64 ./local.deb $UNKNOWN `cat x`\n"
        "RUN apt-get purge -y gettext && pip install x\n"
    )
    build, run = listed(repository, {"Dockerfile": text})
    assert build == [
        ("gcc", "Dockerfile", 3), ("libpq-dev", "Dockerfile", 5), ("unzip", "Dockerfile", 5), ("make", "Dockerfile", 9),
        ("gettext", "Dockerfile", 9),
    ]  # fmt: skip
    assert run == [("libpq5", "Dockerfile", 8)]


def test_packages_in_variables(repository: MakeRepository) -> None:
    text = (
        "FROM python:3.12-slim\n"
        'ARG RUN_PACKAGES="\\\n'
        "  tesseract-ocr \\\n"
        '  unpaper"\n'
        "RUN set -ex \\\n"
        "  && BUILD_DEPS='git swig' \\\n"
        "  && apt-get install -y $BUILD_DEPS ${RUN_PACKAGES} \\\n"
        "  && pip install -r requirements.txt \\\n"
        "  && apt-get purge -y --auto-remove -o APT::AutoRemove::RecommendsImportant=false $BUILD_DEPS\n"
    )
    build, run = listed(repository, {"Dockerfile": text})
    assert build == [("git", "Dockerfile", 6), ("swig", "Dockerfile", 6)]
    assert run == [("tesseract-ocr", "Dockerfile", 3), ("unpaper", "Dockerfile", 4)]


PYTHON = "FROM python:3.12-slim\nRUN apt-get install -y {} && pip install -r requirements.txt\n"


@pytest.mark.parametrize(
    ("files", "run"),
    [
        ({"Dockerfile": PYTHON.format("one"), "Dockerfile.dev": PYTHON.format("two")}, ["one"]),
        ({"Dockerfile": PYTHON.format("one"), "docker/production/Dockerfile": PYTHON.format("two")}, ["two"]),
        ({"compose/production/postgres/Dockerfile": "FROM postgres\nRUN apt-get install -y awscli\n"}, []),
        ({".devcontainer/Dockerfile": PYTHON.format("one")}, []),
        ({"Dockerfile": "FROM python:3.12-alpine\nRUN apk add curl && pip install x\n"}, []),
        ({"Dockerfile": "RUN apt-get install -y curl && pip install x"}, []),
        ({"Dockerfile": PYTHON.format("'one")}, []),
        ({"other/manage.py": "", "other/Dockerfile": PYTHON.format("one")}, []),
    ],
)
def test_the_dockerfile_that_counts(repository: MakeRepository, files: dict[str, str], run: list[str]) -> None:
    assert [name for name, _, _ in listed(repository, files)[1]] == run


BASE = "FROM debian\nRUN apt-get install -y libpq5 gettext\n"
CHILD = "FROM shop/base AS build\nRUN apt-get install -y make\nFROM {}\nRUN pip install -r requirements.txt\n"


def test_the_base_image_is_built_by_the_repository_itself(repository: MakeRepository) -> None:
    files = {"base/Dockerfile": BASE, "Dockerfile": CHILD.format("shop/base:latest")}
    made = {"Makefile": "base:\n\tdocker build -t shop/base base\n"}
    assert listed(repository, files) == ([("make", "Dockerfile", 2)], [])
    assert listed(repository, {**files, **made}) == (
        [("make", "Dockerfile", 2)],
        [("libpq5", "base/Dockerfile", 2), ("gettext", "base/Dockerfile", 2)],
    )
    _, run_packages = declared_packages(repository({}), ".")
    assert run_packages[0].evidence.note == "Dockerfile:3 starts from shop/base:latest"
    build, run = listed(repository, {"Dockerfile": CHILD.format("python:3.12")})
    assert ([name for name, _, _ in build], run) == (["libpq5", "gettext", "make"], [])


def test_images_that_start_from_each_other_end(repository: MakeRepository) -> None:
    one = "FROM two\nRUN apt-get install -y git && pip install x\n"
    files = {"one/Dockerfile": one, "two/Dockerfile": "FROM one\nRUN apt-get install -y curl\n"}
    made = {"Makefile": "all:\n\tdocker build -t one one\n\tdocker build -t two two\n"}
    assert [name for name, _, _ in listed(repository, {**files, **made})[1]] == ["curl", "git"]


def test_many_stages_that_start_from_each_other_end(repository: MakeRepository) -> None:
    names = ("one", "two", "three", "four", "five", "six")
    text = "".join(f"FROM {name}\nRUN apt-get install -y {name}-tool && pip install x\n" for name in names) * 80
    made = "".join(f"\tdocker build -t {name} {name}\n" for name in names)
    files = {f"{name}/Dockerfile": text for name in names} | {"Makefile": f"all:\n{made}"}
    build, run = listed(repository, files)
    assert {name for name, _, _ in (*build, *run)} == {f"{name}-tool" for name in names}


def test_a_dockerfile_that_compose_names(repository: MakeRepository) -> None:
    compose = "services:\n  web:\n    build: {context: ., dockerfile: images/web}\n"
    files = {"images/web": PYTHON.format("curl")}
    assert listed(repository, files) == ([], [])
    assert listed(repository, {**files, "docker-compose.yml": compose})[1] == [("curl", "images/web", 2)]


def test_a_comment_is_not_where_a_package_is_installed(repository: MakeRepository) -> None:
    text = "FROM a\nRUN pip install x && \\\n  # git is big\n  apt-get install -y \\\n  git\n"
    assert listed(repository, {"Dockerfile": text})[1] == [("git", "Dockerfile", 5)]


def test_many_packages_and_instructions_end(repository: MakeRepository) -> None:
    packages = " \\\n".join(f"p{n}x" for n in range(20_000))
    runs = "RUN apt-get install -y x && pip install y\n" * 2_000
    text = f"FROM python:3.12-slim\nRUN apt-get install -y {packages}\n{runs}"
    assert len(listed(repository, {"Dockerfile": text})[1]) == MAX_PACKAGES
