"""The keys of an app spec, with their lines."""

from analyzer.facts.existing.spec_details import existing_spec
from tests.facts.conftest import MakeRepository

SPEC = """\
name: shop
vpc:
  id: abc
envs:
  - {key: SECRET, value: hunter2}
alerts:
  - rule: DEPLOYMENT_FAILED
    disabled: true
ingress:
  load_balancer: DIGITALOCEAN
  rules:
    - match: {path: {prefix: /}}
      component:
        name: web
        rewrite: /x
services:
  - name: web
    envs: [{key: A, value: b}]
    termination:
      drain_seconds: 20
    cors: {}
functions:
  - name: f
"""


def test_every_key_but_variables_has_its_line(repository: MakeRepository) -> None:
    spec = existing_spec(repository({"manage.py": "", ".do/app.yaml": SPEC}), ".")
    assert spec is not None
    assert [(key.kind, key.owner, key.key, key.evidence.line) for key in spec.keys] == [
        ("app", "", "name", 1),
        ("app", "", "vpc", 2),
        ("services", "web", "name", 17),
        ("services", "web", "termination.drain_seconds", 20),
        ("services", "web", "cors", 21),
        ("alerts", "DEPLOYMENT_FAILED", "rule", 7),
        ("alerts", "DEPLOYMENT_FAILED", "disabled", 8),
        ("ingress", "", "load_balancer", 10),
        ("ingress", "web", "rules.match.path", 12),
        ("ingress", "web", "rules.component.name", 14),
        ("ingress", "web", "rules.component.rewrite", 15),
    ]
    assert "hunter2" not in repr(spec)


def test_a_huge_spec_is_told_in_part(repository: MakeRepository) -> None:
    services = "".join(f"  - {{name: w{n}, a: 1, b: 2, c: 3}}\n" for n in range(1000))
    spec = existing_spec(repository({"manage.py": "", ".do/app.yaml": f"services:\n{services}"}), ".")
    assert spec is not None
    assert len(spec.keys) == 2000
