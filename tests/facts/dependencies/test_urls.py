"""Addresses lose their credentials and keep everything else."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.facts.dependencies.urls import is_default_index, is_vcs, name_in_url, without_credentials

SECRET = "s3cr3t-t0k3n"
LOGINS = st.sampled_from([f"{SECRET}@", f"user:{SECRET}@", f"user:{SECRET}%40x@", f":{SECRET}@", f"user:{SECRET}@@"])
SCHEMES = st.sampled_from(["https", "http", "git+https", "git+ssh", "ssh"])
PATHS = st.text(string.ascii_lowercase + "/._-", max_size=20)


@given(SCHEMES, LOGINS, PATHS, st.sampled_from(["", f"?token={SECRET}", f"?a=b&token={SECRET}#egg=shop", "#egg=shop"]))
def test_no_credential_survives(scheme: str, login: str, path: str, rest: str) -> None:
    found = without_credentials(f"--index-url {scheme}://{login}example.org/{path}{rest} --pre")
    assert SECRET not in found
    assert found.startswith(f"--index-url {scheme}://example.org/{path}")
    assert found.endswith(" --pre")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://example.org/simple", "https://example.org/simple"),
        ("git+ssh://git@example.org/a/b.git@v1#egg=b", "git+ssh://git@example.org/a/b.git@v1#egg=b"),
        ("git+https://example.org/a/b.git@v1", "git+https://example.org/a/b.git@v1"),
        (f"git+me:{SECRET}@example.org:a/b.git", "git+example.org:a/b.git"),
        ("git@example.org:a/b.git", "git@example.org:a/b.git"),
        ("https://u:p@a.example/x https://v:q@b.example/y", "https://a.example/x https://b.example/y"),
        ("https://${USER}:${TOKEN}@example.org/simple", "https://example.org/simple"),
        ("django>=4.2,<5", "django>=4.2,<5"),
    ],
)
def test_what_stays(text: str, expected: str) -> None:
    assert without_credentials(text) == expected


@pytest.mark.parametrize(
    ("url", "name", "version"),
    [
        ("https://example.org/Pillow-10.1.0-cp312-cp312-linux_x86_64.whl", "Pillow", "10.1.0"),
        ("https://example.org/shop_tools-1.2.tar.gz", "shop_tools", "1.2"),
        ("https://example.org/shop-tools-1.2b1.zip#sha256=00", "shop-tools", "1.2b1"),
        ("https://example.org/archive/main.zip", None, None),
        ("git+https://example.org/shop/auth.git@v1.2", "auth", None),
        ("git+https://example.org/shop/auth/", "auth", None),
        ("git+https://example.org/shop/auth#egg=shop-auth&subdirectory=x", "shop-auth", None),
        ("git+https://example.org/shop/auth#subdirectory=x&egg=shop_auth[pay]", "shop_auth", None),
        ("git+https://example.org/shop/auth#egg=auth==1.0", "auth", None),
        ("git+ssh://git@example.org:shop/auth.git", "auth", None),
        ("./lib", None, None),
    ],
)
def test_the_name_in_an_address(url: str, name: str | None, version: str | None) -> None:
    assert name_in_url(url) == (name, version)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("git+https://example.org/x", True),
        ("hg+http://x", True),
        ("git@example.org:x", True),
        ("https://x/y.git", False),
    ],
)
def test_version_control_addresses(text: str, expected: bool) -> None:
    assert is_vcs(text) is expected


def test_an_index_of_ones_own_is_not_the_default_one() -> None:
    assert not is_default_index("https://packages.example.org/simple")
