"""Files with private keys."""

from pathlib import Path

import pytest

from analyzer.facts.private_keys import private_keys
from analyzer.snapshot.repository import RepositorySnapshot


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("server.pem", "text before\n-----BEGIN PRIVATE KEY-----\nMIIE\n", True),
        ("tls.crt", "-----BEGIN CERTIFICATE-----\nMII\n-----BEGIN RSA PRIVATE KEY-----\nMIIE\n", True),
        ("deploy_ed25519", "-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n", True),
        ("ca.pem", "-----BEGIN CERTIFICATE-----\nMII\n", False),
        ("id_rsa.pub", "ssh-rsa AAAA\n", False),
        ("jwt.pem", "-----BEGIN PUBLIC KEY-----\nMII\n", False),
        ("notes.txt", "-----BEGIN PRIVATE KEY-----\nis how a key begins\n", False),
    ],
)
def test_private_keys(tmp_path: Path, name: str, text: str, found: bool) -> None:
    (tmp_path / "deploy").mkdir()
    (tmp_path / "deploy" / name).write_text(text)
    assert private_keys(RepositorySnapshot.open(tmp_path)) == ((f"deploy/{name}",) if found else ())
