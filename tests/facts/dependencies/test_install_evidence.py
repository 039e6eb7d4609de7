"""Install commands that the files of a repository run."""

import pytest

from analyzer.facts.dependencies import install_evidence, manifests
from analyzer.facts.dependencies.install_evidence import (
    Found,
    Weight,
    about_project,
    dockerfiles,
    find_installs,
    nearness,
    weight_of,
)
from analyzer.model.evidence import Evidence
from analyzer.snapshot.repository import RepositorySnapshot
from tests.facts.conftest import MakeRepository

Row = tuple[str, int, str, Weight, tuple[str, ...]]


def rows(found: tuple[Found, ...]) -> list[Row]:
    return [(i.evidence.path, i.evidence.line, i.install.manager, i.weight, i.requirements) for i in found]


def test_a_dockerfile_with_its_exact_lines(repository: MakeRepository) -> None:
    text = (
        "ARG ENVIRONMENT=production\n"
        "FROM python:3.12-slim AS build\n"
        "ARG ENVIRONMENT\n"
        "COPY ./requirements .\n"
        "RUN apt-get update && \\\n"
        "    pip install --upgrade pip && \\\n"
        "    pip wheel --wheel-dir /wheels \\\n"
        "      -r ${ENVIRONMENT}.txt -c pins.txt\n"
        "FROM python:3.12-slim\n"
        "COPY --from=build /wheels /wheels\n"
        "RUN pip install --no-index /wheels/*\n"
        "RUN pip install gunicorn\n"
    )
    files = {"requirements/production.txt": "django", "requirements/pins.txt": "", "manage.py": "", "Dockerfile": text}
    found = find_installs(repository(files), ".")
    assert rows(found) == [
        ("Dockerfile", 6, "pip", Weight.IMAGE, ()),
        ("Dockerfile", 7, "pip", Weight.IMAGE, ("requirements/production.txt",)),
        ("Dockerfile", 12, "pip", Weight.IMAGE, ()),
    ]
    assert [item.final for item in found] == [False, False, True]
    assert found[1].constraints == ("requirements/pins.txt",)
    assert found[1].evidence == Evidence(path="Dockerfile", line=7, note="installs with pip -r production.txt")


def test_json_form_and_here_documents(repository: MakeRepository) -> None:
    text = """\
FROM python
COPY . .
RUN ["pip", "install", "-r", "requirements.txt"]
RUN <<EOF
set -e
uv sync --frozen
EOF
"""
    found = find_installs(repository({"requirements.txt": "", "Dockerfile": text}), ".")
    assert rows(found) == [
        ("Dockerfile", 3, "pip", Weight.IMAGE, ("requirements.txt",)),
        ("Dockerfile", 6, "uv", Weight.IMAGE, ()),
    ]


def test_the_weightiest_and_shallowest_come_first(repository: MakeRepository) -> None:
    image = "FROM python\nCOPY . .\nRUN pip install -r requirements.txt\n"
    names = ["a/b/Dockerfile", "Dockerfile", "Dockerfile.prod", "local.Dockerfile"]
    command = "pip install -r requirements.txt"
    others = {
        "build.sh": f"#!/bin/sh\n{command}\n",
        ".github/workflows/ci.yml": f"steps:\n  - run: |\n      {command}\n",
        "render.yaml": f"services:\n  - buildCommand: {command}\n",
    }
    found = find_installs(repository({"requirements.txt": "", **dict.fromkeys(names, image), **others}), ".")
    assert [row[:4] for row in rows(found)] == [
        ("Dockerfile.prod", 3, "pip", Weight.PRODUCTION),
        ("render.yaml", 2, "pip", Weight.PRODUCTION),
        ("Dockerfile", 3, "pip", Weight.IMAGE),
        ("a/b/Dockerfile", 3, "pip", Weight.IMAGE),
        ("build.sh", 2, "pip", Weight.SCRIPT),
        (".github/workflows/ci.yml", 3, "pip", Weight.CI),
        ("local.Dockerfile", 3, "pip", Weight.DEVELOPMENT),
    ]


@pytest.mark.parametrize(
    ("name", "command", "weight"),
    [
        ("Dockerfile", "pip install -r requirements-dev.txt", Weight.DEVELOPMENT),
        ("Dockerfile", "uv sync --group dev", Weight.DEVELOPMENT),
        ("Dockerfile", "pip install -r requirements.txt", Weight.IMAGE),
        (".github/workflows/ci.yml", "pip install -r requirements-dev.txt", Weight.CI),
        ("scripts/test.sh", "pip install -r requirements.txt", Weight.DEVELOPMENT),
        ("Makefile", "pip install -r requirements.txt", Weight.SCRIPT),
        (".circleci/config.yml", "pip install -r requirements.txt", Weight.CI),
        ("heroku.yml", "pip install -r requirements.txt", Weight.PRODUCTION),
    ],
)
def test_weights(repository: MakeRepository, name: str, command: str, weight: Weight) -> None:
    text = f"FROM python\nCOPY . .\nRUN {command}\n" if name == "Dockerfile" else f"\t{command}\n"
    files = {"requirements.txt": "", "requirements-dev.txt": "", name: text}
    assert [item.weight for item in find_installs(repository(files), ".")] == [weight]


def test_stages_of_one_file_have_their_own_weights(repository: MakeRepository) -> None:
    command = "RUN pip install -r requirements.txt"
    stages = ["FROM python AS base", "FROM base AS testing", "FROM base AS production", "FROM base"]
    text = "".join(f"{stage}\n{command}\n" for stage in stages)
    found = find_installs(repository({"requirements.txt": "", "Dockerfile": text}), ".")
    assert [(item.evidence.line, item.weight) for item in found] == [
        (6, Weight.PRODUCTION),
        (2, Weight.IMAGE),
        (8, Weight.IMAGE),
        (4, Weight.DEVELOPMENT),
    ]


def test_files_on_the_way_to_the_root_come_first(repository: MakeRepository) -> None:
    image = "FROM python\nRUN uv sync\n"
    files = dict.fromkeys(["a/Dockerfile", "backend/Dockerfile", "backend/deep/x/Dockerfile"], image)
    found = find_installs(repository({**files, "backend/manage.py": "", "pyproject.toml": ""}), "backend")
    assert [item.evidence.path for item in found] == ["backend/Dockerfile", "a/Dockerfile", "backend/deep/x/Dockerfile"]
    assert nearness("Dockerfile", ("backend", ".")) == (False, 0)


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("uv sync", True),
        ("pip install -r requirements.txt", True),
        ("pip install .", True),
        ("pip install gunicorn", False),
        ("pip install --group web", True),
        ("pip install -r gone.txt", False),
    ],
)
def test_whether_a_command_installs_the_project(repository: MakeRepository, command: str, expected: bool) -> None:
    [found] = find_installs(repository({"requirements.txt": "", "build.sh": command}), ".")
    assert found.installs_project is expected


def test_lines_joined_in_a_file_that_is_no_script(repository: MakeRepository) -> None:
    text = "install:\n\tpip install \\\n\t  -r requirements.txt\n\nother:\n\tuv sync\n"
    found = find_installs(repository({"requirements.txt": "", "Makefile": text}), ".")
    assert [(i.evidence.line, i.install.manager) for i in found] == [(2, "pip"), (6, "uv")]


def test_a_neighbour_with_its_own_requirements_is_left_out(repository: MakeRepository) -> None:
    image = "FROM python\nRUN pip install -r requirements.txt\n"
    repo = repository(
        {
            "backend/manage.py": "",
            "backend/requirements.txt": "django",
            "backend/Dockerfile": image,
            "worker/requirements.txt": "numpy",
            "worker/Dockerfile": image,
            "docker/Dockerfile": image,
        }
    )
    assert about_project(repo, "docker/Dockerfile", ("backend", "."))
    assert not about_project(repo, "worker/Dockerfile", ("backend", "."))
    found = find_installs(repo, "backend")
    assert {(item.evidence.path, item.requirements) for item in found} == {
        ("backend/Dockerfile", ("backend/requirements.txt",)),
        ("docker/Dockerfile", ("backend/requirements.txt",)),
    }


def test_copies_of_the_projects_requirements_are_not_a_neighbours_own(repository: MakeRepository) -> None:
    image = "FROM python\nCOPY requirements /r\nRUN pip install -r /r/base.txt\n"
    files = {"requirements/base.txt": "django", "docker/requirements/base.txt": "django", "docker/Dockerfile": image}
    assert [item.evidence.path for item in find_installs(repository(files), ".")] == ["docker/Dockerfile"]
    files["docker/requirements/base.txt"] = "numpy"
    assert find_installs(repository(files), ".") == ()


def test_names_of_dockerfiles(repository: MakeRepository) -> None:
    yes = ["Dockerfile", "Dockerfile.web", "web.Dockerfile", "deploy/Containerfile", "dockerfile", "Dockerfile_alpine"]
    no = ["Dockerfile.md.txt/x", "docs/dockerfiles.md", "mydockerfile"]
    assert set(dockerfiles(repository(dict.fromkeys(yes + no, "")))) == set(yes)


@pytest.mark.parametrize(
    ("path", "weight"),
    [
        ("Dockerfile", Weight.IMAGE),
        ("prod/Dockerfile", Weight.PRODUCTION),
        ("docker/dev/Dockerfile", Weight.DEVELOPMENT),
    ],
)
def test_weight_of_a_path(path: str, weight: Weight) -> None:
    assert weight_of(path, Weight.IMAGE) is weight


def test_dockerfiles_beyond_the_first_are_named(repository: MakeRepository, monkeypatch: pytest.MonkeyPatch) -> None:
    repo = repository({"manage.py": "", **{f"{name}.Dockerfile": "" for name in "abcd"}})
    assert len(dockerfiles(repo)) == 4
    monkeypatch.setattr(install_evidence, "MAX_DOCKERFILES", 3)
    assert dockerfiles(repo) == ("a.Dockerfile", "b.Dockerfile", "c.Dockerfile")
    assert [skipped.reason for skipped in repo.skipped] == ["Dockerfiles beyond the first 3"]


def test_the_requirements_of_a_folder_are_looked_for_once(
    repository: MakeRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = list[str]()
    look = manifests._manifests_in

    def count(repo: RepositorySnapshot, folder: str) -> manifests.Manifests:
        looked.append(folder)
        return look(repo, folder)

    monkeypatch.setattr(manifests, "_manifests_in", count)
    files = {f"other/{number}.Dockerfile": "FROM python\nRUN pip install -r a.txt\n" for number in range(30)}
    files |= {f"other/requirements-{number}.txt": "flask\n" for number in range(30)}
    assert find_installs(repository({"shop/manage.py": "", "requirements.txt": "django\n", **files}), "shop") == ()
    assert sorted(looked) == [".", "other", "shop"]
