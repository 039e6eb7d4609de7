"""The images debian:SUITE-slim, made with mmdebstrap: what every other stand-in is built upon.

A base knows what the machine knows about where packages come from and whom to trust, so that the images upon it need no
word about that.
"""

import tempfile
from pathlib import Path

from docker import DockerClient

from tests.engine import machine
from tests.engine.daemon import run

# As in the official images: no documents, no package files kept, no waiting for the disk while unpacking.
DPKG_OPTIONS = """\
force-unsafe-io
path-exclude=/usr/share/doc/*
path-include=/usr/share/doc/*/copyright
path-exclude=/usr/share/man/*
path-exclude=/usr/share/info/*
path-exclude=/usr/share/locale/*
path-include=/usr/share/locale/locale.alias
"""
APT_OPTIONS = """\
Acquire::GzipIndexes "true";
Acquire::Languages "none";
APT::AutoRemove::SuggestsImportant "false";
Dir::Cache::pkgcache "";
Dir::Cache::srcpkgcache "";
DPkg::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb /var/cache/apt/*.bin || true"; };
"""
# Merges /bin and the like into /usr where the release leaves that to its installer; the package that would do it brings
# the whole of Perl.
MERGED = "/usr/share/mmdebstrap/hooks/maybe-merged-usr"
# Programs that bring a list of authorities of their own, and the variables that point them to the system's.
TRUSTING = ("PIP_CERT", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS")


def ingredients(suite: str) -> tuple[object, ...]:
    """What a base is made of: where anything of it is not as before, the base has to be made anew."""
    return DPKG_OPTIONS, MERGED, TRUSTING, _apt_options(), _sources(suite), _files()


def make(client: DockerClient, suite: str, label: str) -> None:
    """Make debian:SUITE-slim with the image label KEY=VALUE. Raises EngineError where mmdebstrap fails."""
    with tempfile.TemporaryDirectory(prefix="doctor-base-") as folder:
        options = {"apt": _apt_options(), "dpkg": DPKG_OPTIONS}
        for name, text in options.items():
            Path(folder, name).write_text(text, encoding="utf-8")
        added = Path(folder, "added")
        added.mkdir()
        for name, text in _files().items():
            (added / name).parent.mkdir(parents=True, exist_ok=True)
            (added / name).write_text(text, encoding="utf-8")
        content = Path(folder, "content.tar")
        # With no archive named, mmdebstrap knows Debian's own.
        run(
            [
                "mmdebstrap",
                "--variant=minbase",
                f"--hook-dir={MERGED}",
                "--include=ca-certificates,usr-is-merged",
                *(f"--{name}opt={folder}/{name}" for name in options),
                f"--customize-hook=sync-in {added} /",
                '--customize-hook=chroot "$1" update-ca-certificates',
                suite,
                str(content),
                *_sources(suite),
            ]
        )
        trusting = [f"ENV {name}={machine.TRUST_STORE}" for name in TRUSTING] if machine.added_certificates() else []
        client.api.import_image(
            str(content),
            repository="debian",
            tag=f"{suite}-slim",
            changes=['CMD ["bash"]', f"LABEL {label}", *trusting],
        )


def _apt_options() -> str:
    return APT_OPTIONS + "".join(f"{line}\n" for line in machine.apt_options())


def _sources(suite: str) -> tuple[str, ...]:
    """The archives of this machine, as lines of apt for a release; none where it is not known."""
    own = machine.release()["VERSION_CODENAME"]
    return tuple(
        f"deb {archive.address} {archive.codename.replace(own, suite, 1)} main" for archive in machine.archives()
    )


def _files() -> dict[str, str]:
    """What lets clients of package indexes work as on this machine, trusting whom it trusts: path and text."""
    files = {}
    options = dict(machine.pip_options())
    if options:
        files["etc/pip.conf"] = "[global]\n" + "".join(f"{key} = {value}\n" for key, value in options.items())
    if index := options.get("index-url"):
        files["etc/uv/uv.toml"] = f'[[index]]\nurl = "{index}"\ndefault = true\n'
    if registry := machine.npm_registry():
        files["usr/local/etc/npmrc"] = f"registry={registry}\n"
    # As certificates of the image's own, so that an update of Debian's list keeps them.
    for number, certificate in enumerate(machine.added_certificates()):
        files[f"usr/local/share/ca-certificates/machine-{number}.crt"] = f"{certificate}\n"
    return files
