"""Files that hold a private key: unlike a certificate, none of them belongs into an image."""

from analyzer.model.evidence import RepoPath
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.snapshot.repository import RepositorySnapshot

_NAME = lazy_pattern(r".*\.(?:pem|key|crt|cer|ppk|asc)|id_[a-z0-9]+|.*_(?:rsa|dsa|ecdsa|ed25519)")
BEGINNING = r"-----BEGIN [A-Z0-9 ]{0,20}PRIVATE KEY(?: BLOCK)?-----|^PuTTY-User-Key-File-"
"""How a private key begins: RFC 7468 and its forerunners, OpenSSH, OpenPGP and PuTTY."""
_KEY = lazy_pattern(BEGINNING.encode())


def private_keys(repo: RepositorySnapshot) -> tuple[RepoPath, ...]:
    """The files that are named like keys or certificates and hold a private key, sorted."""
    found = (path for path in repo.matching(_NAME.fullmatch) if _KEY.search(repo.read(path) or b""))
    return tuple(sorted(found))
