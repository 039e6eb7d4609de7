"""Lets builds trust further certificates (--ca-bundle) without a change of the Dockerfile on disk.

Every image that a FROM names from outside is derived: with the certificates in Debian's list of them, and variables
that lead there what brings a list of its own. Only the text that the builder gets names the derived image.
"""

import hashlib
import io
import posixpath
import re
import ssl
import tarfile
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO

from docker import DockerClient
from docker.errors import APIError, DockerException, ImageNotFound, NotFound
from docker.models.containers import Container

from analyzer.facts.commands.variables import is_resolved, substitute
from analyzer.facts.existing.dockerfile import pairs
from analyzer.facts.existing.instructions import BEFORE_FIRST_FROM, parse_instructions
from analyzer.model.errors import UsageError
from analyzer.model.quick_dataclass import dataclass
from analyzer.verify.building import build
from analyzer.verify.context import DOCKERFILE
from analyzer.verify.workspace import LABEL, Workspace

STORE = "/etc/ssl/certs/ca-certificates.crt"
ADDED = "/usr/local/share/ca-certificates"
"""From where update-ca-certificates makes the list anew, a file for each certificate."""
VARIABLES = ("PIP_CERT", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS", "CURL_CA_BUNDLE")
LINKS = 5
"""Links that are followed to the list at most."""
SECONDS = 600
_CERTIFICATE = re.compile(r"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """A FROM that names an image from outside; `line` and `end_line` from 1."""

    image: str
    flags: tuple[str, ...]
    name: str | None
    """As which later stages know it."""
    line: int
    end_line: int

    @property
    def source(self) -> str:
        """What follows FROM, without the name; variables of the platform stay as they are."""
        return " ".join((*self.flags, self.image))


def read_bundle(file: Path) -> tuple[str, ...]:
    """The certificates of a file in PEM. Raises UsageError where there is none, or one that is damaged."""
    try:
        found = tuple(_CERTIFICATE.findall(file.read_text("utf-8")))
    except OSError as error:
        raise UsageError(f"--ca-bundle {file} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        found = ()
    if not found:
        raise UsageError(f"--ca-bundle {file} holds no certificate in PEM (-----BEGIN CERTIFICATE-----)")
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cadata="\n".join(found))
    except (ssl.SSLError, ValueError) as error:
        raise UsageError(f"--ca-bundle {file}: a certificate in it is damaged: {error}") from None
    return found


def bases(dockerfile: str, arguments: Mapping[str, str]) -> tuple[Base, ...]:
    """The images from outside that stages are built upon.

    Args:
        arguments: build arguments, which win over the defaults of ARG.
    """
    values: dict[str, str] = {}
    names = {"scratch"}
    found = []
    for instruction in parse_instructions(dockerfile):
        if instruction.keyword == "ARG" and instruction.stage == BEFORE_FIRST_FROM:
            given = pairs(instruction)
            values |= {name: arguments.get(name, substitute(written or "", values)) for name, written, _ in given}
        if instruction.keyword != "FROM" or not (words := instruction.value.split()):
            continue
        image = substitute(words[0], values)
        name = words[2] if len(words) == 3 and words[1].lower() == "as" else None
        if image.lower() not in names and is_resolved(image):
            flags = tuple(substitute(flag, values) for flag in instruction.flags)
            found.append(
                Base(image=image, flags=flags, name=name, line=instruction.line, end_line=instruction.end_line)
            )
        names |= {name.lower()} if name else set()
    return tuple(found)


def rewritten(dockerfile: str, derived: Mapping[Base, str]) -> str:
    """The text with the derived images in place of the others, every line at its number."""
    lines = dockerfile.split("\n")
    for base, image in derived.items():
        words = ["FROM", *base.flags, image, *(["AS", base.name] if base.name else [])]
        lines[base.line - 1 : base.end_line] = [" ".join(words), *[""] * (base.end_line - base.line)]
    return "\n".join(lines)


def trusting(
    space: Workspace,
    dockerfile: str,
    arguments: Mapping[str, str],
    certificates: tuple[str, ...],
    say: Callable[[str], None],
) -> str:
    """The text of a Dockerfile that builds upon derived images.

    An image that cannot be had is left as it is, so that the build says why.
    """
    derived = {}
    for base in bases(dockerfile, arguments):
        image = _derive(space, base, certificates, say)
        if image is not None:
            derived[base] = image
    return rewritten(dockerfile, derived)


def _derive(space: Workspace, base: Base, certificates: tuple[str, ...], say: Callable[[str], None]) -> str | None:
    """The name of the derived image; None where there can be none."""
    client = space.client
    name = f"{space.name('base')}:{hashlib.sha256(base.source.encode()).hexdigest()[:12]}"
    if _has(client, name):
        return name
    try:
        if not _has(client, base.image):
            say(f"pull {base.image}")
            client.images.pull(base.image)
        if client.images.get(base.image).attrs["Config"].get("OnBuild"):
            return None  # what waits for the first build upon the image would happen here
        before = _store_of(space, base.image)
    except DockerException:
        return None
    with _context(base, before, certificates) as context:
        log = build(client, context, tag=f"{name}-labelled", labels=space.labels, arguments={}, limit=SECONDS, say=say)
    if log.error:
        return None
    # Labels differ from run to run, and come last: what builds upon the image below them finds its layers again.
    client.api.tag(_below_labels(client, f"{name}-labelled"), name)
    return name


def _below_labels(client: DockerClient, image: str) -> str:
    attributes = client.images.get(image).attrs
    while attributes.get("Parent") and LABEL in (attributes["Config"].get("Labels") or ()):
        attributes = client.images.get(attributes["Parent"]).attrs
    return str(attributes["Id"])


def _has(client: DockerClient, image: str) -> bool:
    try:
        client.images.get(image)
    except ImageNotFound:
        return False
    return True


def _store_of(space: Workspace, image: str) -> bytes:
    """The list of certificates of an image; empty where it has none."""
    container = space.client.containers.create(image, command=["true"], labels=space.labels)
    try:
        return _read(container, STORE)
    finally:
        container.remove(force=True, v=True)


def _read(container: Container, path: str) -> bytes:
    """The content of a file in a container, links followed; empty where it is none."""
    for _ in range(LINKS):
        try:
            chunks, _status = container.get_archive(path)
        except (APIError, NotFound):
            return b""
        with tarfile.open(fileobj=io.BytesIO(b"".join(chunks))) as archive:
            member = archive.next()
            if member is None or not (member.isfile() or member.issym()):
                return b""
            if member.isfile():
                content = archive.extractfile(member)
                return content.read() if content else b""
            path = posixpath.join(posixpath.dirname(path), member.linkname)
    return b""


def _context(base: Base, before: bytes, certificates: tuple[str, ...]) -> IO[bytes]:
    """The context of a build that copies the certificates: it needs neither root nor a shell in the image."""
    text = "\n".join(
        [
            f"FROM {base.source}",
            f"COPY store {STORE}",
            f"COPY added/ {ADDED}/",
            f"ENV {' '.join(f'{name}={STORE}' for name in VARIABLES)}",
            "",
        ]
    )
    files = {DOCKERFILE: text.encode(), "store": before.rstrip() + b"\n" + "\n".join((*certificates, "")).encode()}
    files |= {f"added/doctor-verify-{at}.crt": f"{one}\n".encode() for at, one in enumerate(certificates)}
    target = tempfile.TemporaryFile()  # noqa: SIM115 (the caller closes it)
    with tarfile.open(fileobj=target, mode="w") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size, info.mode = len(content), 0o644
            archive.addfile(info, io.BytesIO(content))
    target.seek(0)
    return target
