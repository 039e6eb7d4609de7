"""Addresses of packages and indexes, without the credentials that they may carry."""

import re

from analyzer.model.lazy_pattern import lazy_pattern

VCS_SCHEMES = ("git+", "hg+", "svn+", "bzr+")
_LOGIN = lazy_pattern(r"://(?P<login>[^\s/]*)@(?=[^\s@/]*(?:[/\s]|$))")
_SCP_PASSWORD = lazy_pattern(r"(?<![^\s+])[^\s:@/+]+:[^\s@/]+@(?=[^\s/:]+:)")
_QUERY = lazy_pattern(r"(://[^\s?#]*)\?[^\s#]*")
_DEFAULT_INDEX = lazy_pattern(r"https?://pypi\.(?:python\.)?org(?:[/:]|$)")
_WHEEL = lazy_pattern(r"(?P<name>[A-Za-z0-9][A-Za-z0-9._]*?)-(?P<version>\d[^-/]*)-[^/]*\.whl$")
_ARCHIVE = lazy_pattern(r"(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*?)-(?P<version>\d[^-/]*)\.(?:tar\.gz|tar\.bz2|tgz|zip)$")


def without_credentials(text: str) -> str:
    """`text` with user, password and query of its addresses removed; the login `git` of ssh addresses stays."""
    without_login = _LOGIN.sub(lambda found: "://git@" if found["login"] == "git" else "://", text)
    return _QUERY.sub(r"\1", _SCP_PASSWORD.sub("", without_login))


def has_login(text: str) -> bool:
    """Whether addresses in `text` have a user, a password or a query, which stand for a login with packages."""
    return without_credentials(text) != text


def is_default_index(url: str) -> bool:
    """Whether `url` is the public index that every installer asks unasked."""
    return bool(_DEFAULT_INDEX.match(url))


def is_vcs(text: str) -> bool:
    """Whether a requirement's address is one of a version control system."""
    return text.startswith(VCS_SCHEMES) or text.startswith("git@")


def name_in_url(url: str) -> tuple[str | None, str | None]:
    """-> (package name, version or None) as an address gives them: `#egg=`, a wheel's or archive's file name, else the
    last part of a repository's path, which by convention is the package's name."""
    egg = re.search(r"[#&]egg=([A-Za-z0-9._-]+)", url)
    if egg:
        return egg.group(1), None
    path = re.sub(r"[?#].*$", "", url)
    for pattern in (_WHEEL, _ARCHIVE):
        found = pattern.search(path.rsplit("/", 1)[-1])
        if found:
            return found["name"], found["version"]
    if not is_vcs(url):
        return None, None
    tail = re.sub(r"(@[^/]*)?$", "", path.split("://", 1)[-1].split(":", 1)[-1]).rstrip("/").rsplit("/", 1)[-1]
    return re.sub(r"\.git$", "", tail) or None, None
