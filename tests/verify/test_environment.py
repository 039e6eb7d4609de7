"""Variables of components: filled in, made up where they are open, hidden where they are secret."""

from pathlib import Path

import pytest

from analyzer.app_spec.read import read_app_spec
from analyzer.model.app_spec import AppSpec, SpecVariable
from analyzer.model.evidence import Evidence
from analyzer.snapshot.repository import RepositorySnapshot
from analyzer.verify.bindings import fill_in, has_reference, unresolved
from analyzer.verify.environment import Values, build_arguments, plain, run_environment
from analyzer.verify.redaction import Redactor

SPEC = """\
name: shop
services:
  - name: web
    http_port: 9000
    envs:
      - {key: MODE, value: web}
      - {key: OWN, value: "${_self.PRIVATE_URL}"}
workers:
  - name: worker
envs:
  - {key: MODE, value: all}
  - {key: SECRET_KEY, type: SECRET}
  - {key: SENTRY_DSN, type: SECRET}
  - {key: BUCKET, scope: RUN_TIME}
  - {key: OLD, value: "EV[1:abc:def]", type: SECRET}
  - {key: REDIS_URL, value: "${cache.DATABASE_URL}?ssl_cert_reqs=required"}
  - {key: BUILD_ONLY, value: "1", scope: BUILD_TIME}
"""
BINDINGS = {
    "": {"APP_DOMAIN": "shop.example"},
    "cache": {"DATABASE_URL": "redis://default:pw@cache:6379/0"},
    "web": {"PRIVATE_URL": "http://web:9000"},
}


@pytest.fixture
def spec(tmp_path: Path) -> AppSpec:
    (tmp_path / "app.yaml").write_text(SPEC)
    return read_app_spec(RepositorySnapshot.open(tmp_path), "app.yaml")


def test_what_a_process_finds(spec: AppSpec) -> None:
    redact = Redactor()
    values = Values({"BUCKET": "mine", "MODE": "not for what the spec says"}, redact)
    web, worker = (run_environment(spec, component, values, BINDINGS) for component in spec.components)
    assert (web["MODE"], worker["MODE"]) == ("web", "all")
    assert web["OWN"] == "http://web:9000"
    assert (web["PORT"], worker.get("PORT")) == ("9000", None)
    assert web["REDIS_URL"] == "redis://default:pw@cache:6379/0"
    assert web["BUCKET"] == "mine"
    assert "BUILD_ONLY" not in web
    assert web["SECRET_KEY"] == worker["SECRET_KEY"]
    assert len(web["SECRET_KEY"]) >= 32
    assert web["SENTRY_DSN"].startswith("https://")
    assert not web["OLD"].startswith("EV[")
    assert values.invented == {"SECRET_KEY", "SENTRY_DSN", "OLD"}
    assert redact(f"key {web['SECRET_KEY']}!") == "key ***!"


@pytest.mark.parametrize(
    ("name", "value"),
    [("EMAIL_PORT", "1"), ("SITE_ID", "1"), ("USE_TLS", "1"), ("AWS_S3_REGION_NAME", "doctor-verify")],
)
def test_a_made_up_value_has_the_shape_that_the_name_suggests(name: str, value: str) -> None:
    place = Evidence(path="app.yaml", line=1)
    variable = SpecVariable(name=name, value=None, secret=False, scope="RUN_TIME", evidence=place)
    assert Values({}, Redactor()).of(variable) == value


def test_what_a_build_gets(spec: AppSpec, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    found = build_arguments(spec, spec.components[0], Values({}, Redactor()))
    assert found["BUILD_ONLY"] == "1"
    assert found["HTTPS_PROXY"] == "http://proxy.example:3128"
    assert not {"REDIS_URL", "OWN", "BUCKET"} & found.keys()  # bindable ones, and those of the run, are never seen


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("${APP_DOMAIN},localhost", "shop.example,localhost"),
        ("${cache.NOTHING}", "${cache.NOTHING}"),
        ("${_self.PRIVATE_URL}/x", "http://web:9000/x"),
        ("$HOME", "$HOME"),
    ],
)
def test_references(value: str, expected: str) -> None:
    assert fill_in(value, "web", BINDINGS) == expected
    assert bool(unresolved(value, "web", BINDINGS)) == (value == "${cache.NOTHING}")
    assert has_reference(value) == ("{" in value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("redis://h:1/0?ssl_cert_reqs=none&health_check_interval=3", "redis://h:1/0?health_check_interval=3"),
        ("redis://h:1/0?health_check_interval=3&ssl_cert_reqs=none", "redis://h:1/0?health_check_interval=3"),
        ("rediss://h:1/0?ssl_cert_reqs=none", "rediss://h:1/0?ssl_cert_reqs=none"),
        ("https://h/?ssl_cert_reqs=none", "https://h/?ssl_cert_reqs=none"),
    ],
)
def test_a_plain_redis_is_asked_without_options_of_tls(value: str, expected: str) -> None:
    assert plain(value) == expected


def test_a_short_value_is_no_secret_that_could_be_hidden() -> None:
    redact = Redactor()
    redact.add(["abc", "abcdef123"])
    assert redact("abc abcdef123") == "abc ***"
