"""--ca-bundle: builds trust further certificates, and the Dockerfile stays as it is."""

import uuid
from pathlib import Path

import pytest
from docker import DockerClient

from analyzer.model.errors import UsageError
from analyzer.verify.building import BuildLog, build
from analyzer.verify.context import BuildContext
from analyzer.verify.trust import STORE, VARIABLES, bases, read_bundle, rewritten, trusting
from analyzer.verify.workspace import LABEL, Workspace, remove
from tests.verify.app import run_verify, write

AUTHORITY = Path(__file__).parent / "data" / "authority.pem"
DOCKERFILE = """\
# syntax directives and comments stay
ARG BASE_IMAGE=python:3.13-slim-trixie
ARG NODE
FROM --platform=linux/amd64 node:${NODE:-24}-slim AS front

FROM ${BASE_IMAGE} as Builder
ARG BASE_IMAGE
COPY --from=ghcr.io/astral-sh/uv:0.9 /uv /bin/uv
FROM \\
    # the same again
    $BASE_IMAGE
COPY --from=builder /opt /opt
FROM builder AS tests
FROM scratch
FROM $UNKNOWN
"""


def test_images_from_outside_are_found_once_for_each_from() -> None:
    found = bases(DOCKERFILE, {})
    assert [(base.image, base.name, base.line) for base in found] == [
        ("node:24-slim", "front", 4),
        ("python:3.13-slim-trixie", "Builder", 6),
        ("python:3.13-slim-trixie", None, 9),
    ]
    assert found[0].flags == ("--platform=linux/amd64",)


def test_build_arguments_win_over_defaults() -> None:
    found = bases(DOCKERFILE, {"BASE_IMAGE": "python:3.11-slim-bookworm", "NODE": "22"})
    assert [base.image for base in found] == ["node:22-slim", *["python:3.11-slim-bookworm"] * 2]


def test_lines_keep_their_numbers() -> None:
    text = rewritten(DOCKERFILE, {base: f"derived:{base.line}" for base in bases(DOCKERFILE, {})})
    lines = text.split("\n")
    assert lines[3] == "FROM --platform=linux/amd64 derived:4 AS front"
    assert lines[5] == "FROM derived:6 AS Builder"
    assert lines[8:11] == ["FROM derived:9", "", ""]
    kept = [at for at in range(len(lines)) if at not in (3, 5, 8, 9, 10)]
    assert [lines[at] for at in kept] == [DOCKERFILE.split("\n")[at] for at in kept]


def test_a_bundle_is_read_with_what_stands_between(tmp_path: Path) -> None:
    (tmp_path / "two.pem").write_text(f"# ours\n{AUTHORITY.read_text()}\n# again\n{AUTHORITY.read_text()}")
    assert read_bundle(tmp_path / "two.pem") == (AUTHORITY.read_text().strip(),) * 2


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "cannot be read: No such file"),
        (b"nothing of the kind", "holds no certificate in PEM"),
        (b"\x30\x82\xff\xfe", "holds no certificate in PEM"),
        (b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "a certificate in it is damaged"),
    ],
)
def test_what_is_no_bundle_is_refused(content: bytes | None, message: str, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "bundle").write_bytes(content)
    with pytest.raises(UsageError, match=message):
        read_bundle(tmp_path / "bundle")


def made(engine: DockerClient, dockerfile: str) -> tuple[BuildLog, Workspace]:
    """A build that trusts the certificates, all of which is removed."""
    space = Workspace(engine)
    try:
        text = trusting(space, dockerfile, {}, read_bundle(AUTHORITY), print)
        context = BuildContext(root=AUTHORITY.parent, files=(), left_out=(), dockerfile=text)
        with context.archive() as archive:
            log = build(engine, archive, tag=space.name("image"), labels={}, arguments={}, limit=200, say=print)
        engine.images.remove(space.name("image"), noprune=True)
    finally:
        remove(engine, {LABEL: space.run})
    return log, space


@pytest.mark.timeout(300)
def test_builds_trust_the_certificates(engine: DockerClient) -> None:
    certificate = AUTHORITY.read_text().split("\n")[5]
    look = f'grep -q \'{certificate}\' "$SSL_CERT_FILE" && test $(grep -c BEGIN "$SSL_CERT_FILE") -gt 50'
    dockerfile = f"""\
ARG BASE_IMAGE=python:3.13-slim-trixie
FROM $BASE_IMAGE AS builder
RUN rm "$SSL_CERT_FILE" && update-ca-certificates && {look}
USER nobody
RUN {look} && for name in {" ".join(VARIABLES)}; do printenv "$name"; done # {uuid.uuid4()}
FROM builder AS middle
FROM $BASE_IMAGE
COPY --from=middle /etc/hostname /tmp/
RUN {look}
"""
    first, space = made(engine, dockerfile)
    assert first.error == ""
    assert first.lines.count(STORE) == len(VARIABLES)
    tags = [tag for image in engine.api.images() for tag in image["RepoTags"] or ()]  # without a look at each: they go
    assert [tag for tag in tags if tag.startswith(space.name(""))] == []
    again, _ = made(engine, dockerfile)
    assert {3, 4, 5} <= {step.number for step in again.steps if step.cached}  # what stands upon the base image


def test_an_image_that_cannot_be_had_is_left_to_the_build(engine: DockerClient) -> None:
    space = Workspace(engine)
    dockerfile = "FROM localhost:1/nothing:1\n"
    assert trusting(space, dockerfile, {}, read_bundle(AUTHORITY), print) == dockerfile


@pytest.mark.timeout(300)
def test_the_option_leads_to_the_build(engine: DockerClient, tmp_path: Path) -> None:
    dockerfile = 'FROM python:3.13-slim-trixie\nRUN echo "list: $PIP_CERT" && false\n'
    spec = "name: shop\nworkers:\n  - name: idle\n    dockerfile_path: Dockerfile\n"
    repository = write(tmp_path / "repository", {"Dockerfile": dockerfile, ".do/app.yaml": spec})
    run = run_verify(repository, "--ca-bundle", str(AUTHORITY))
    failure = run.failures()["image-builds"]
    assert f"list: {STORE}" in failure["log"]
    assert failure["evidence"] == [{"path": "Dockerfile", "line": 2, "note": ""}]
    assert (repository / "Dockerfile").read_text() == dockerfile


def test_a_wrong_bundle_is_a_usage_error(tmp_path: Path) -> None:
    repository = write(tmp_path / "repository", {"Dockerfile": "", ".do/app.yaml": "name: shop\n"})
    run = run_verify(repository, "--ca-bundle", str(tmp_path / "missing.pem"))
    assert run.code == 2
    assert "missing.pem cannot be read" in run.progress
