"""What deployment files of the repository set for a build."""

from collections.abc import Callable

import pytest

from analyzer.buildpacks.declared_variables import declared_variables
from analyzer.buildpacks.source import Source

SPEC = "name: shop\nenvs:\n- key: SWITCH\n  value: all\nservices:\n- name: web\n  source_dir: /\n"
OWN = "  envs:\n  - value: own\n    key: SWITCH\n"


@pytest.mark.parametrize(
    ("path", "text", "value", "line"),
    [
        ("app.json", '{"env": {"A": "0",\n"SWITCH": "1"}}', "1", 2),
        ("app.json", '{"env":\n {"SWITCH":\n {"description": "x", "value": "1"}}}', "1", 2),
        ("app.json", '{"env": {"SWITCH": {"generator": "secret"}}}', "", 1),
        ("app.json", '{"env": {"SWITCH": true}}', "", 1),
        (".do/app.yaml", SPEC, "all", 3),
        (".do/app.yaml", SPEC + OWN, "own", 10),
        (".do/deploy.template.yaml", "spec:\n  services:\n  - envs:\n    - key: SWITCH\n      value: 1\n", "1", 4),
        ("render.yaml", "services:\n- type: web\n  envVars:\n  - key: SWITCH\n    value: 1\n", "1", 4),
    ],
)
def test_declared(source: Callable[..., Source], path: str, text: str, value: str, line: int) -> None:
    found = declared_variables(source({path: text}), "SWITCH")
    assert [(v.value, v.evidence.path, v.evidence.line) for v in found] == [(value, path, line)]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("app.json", ""),
        ("app.json", "["),
        ("app.json", "[]"),
        ("app.json", '{"env": []}'),
        ("app.json", '{"env": {"OTHER": "1"}}'),
        (".do/app.yaml", SPEC.replace("SWITCH", "OTHER")),
        (".do/app.yaml", SPEC + "envs: x\n"),
        (".do/app.yaml", "envs:\n- key: SWITCH\n  scope: RUN_TIME\nservices:\n- name: web\n"),
        (".do/app.yaml", "services:\n- source_dir: api\n  envs:\n  - key: SWITCH\n"),
        ("render.yaml", "services:\n- rootDir: api\n  envVars:\n  - key: SWITCH\n"),
        ("render.yaml", "services:\n- envVars:\n  - fromGroup: SWITCH\n"),
        ("render.yaml", ": ["),
    ],
)
def test_not_declared(source: Callable[..., Source], path: str, text: str) -> None:
    assert declared_variables(source({path: text}), "SWITCH") == ()


def test_every_file_is_read(source: Callable[..., Source]) -> None:
    files = {"app.json": '{"env": {"SWITCH": "1"}}', ".do/app.yaml": SPEC}
    assert [v.evidence.path for v in declared_variables(source(files), "SWITCH")] == ["app.json", ".do/app.yaml"]
