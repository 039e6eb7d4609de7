"""Which component a path of the app leads to."""

from pathlib import Path

import pytest

from analyzer.app_spec.read import read_app_spec
from analyzer.model.app_spec import AppSpec
from analyzer.snapshot.limits import Limits
from analyzer.snapshot.repository import RepositorySnapshot

SITE = """\
static_sites:
  - name: static
    dockerfile_path: Dockerfile
    output_dir: /app/staticfiles
"""
SERVICE = """\
services:
  - name: web
    dockerfile_path: Dockerfile
"""
INGRESS = """\
ingress:
  rules:
    - match: {path: {prefix: /static}}
      component: {name: static}
    - component: {name: web}
"""


def spec_of(tmp_path: Path, text: str) -> AppSpec:
    (tmp_path / "app.yaml").write_text(text)
    return read_app_spec(RepositorySnapshot.open(tmp_path, Limits()), "app.yaml")


@pytest.mark.parametrize(
    ("path", "name", "prefix"),
    [("/static/a.css", "static", "/static"), ("/static", "static", "/static"), ("/statics/a.css", "web", "")],
)
def test_the_longest_prefix_of_the_ingress_leads_to_a_component(
    tmp_path: Path, path: str, name: str, prefix: str
) -> None:
    served = spec_of(tmp_path, INGRESS + SERVICE + SITE).serving(path)
    assert served is not None
    assert (served[0].name, served[1]) == (name, prefix)


def test_a_component_has_routes_of_its_own(tmp_path: Path) -> None:
    served = spec_of(tmp_path, SERVICE + SITE + "    routes:\n      - path: /static\n").serving("/static/a.css")
    assert served is not None
    assert (served[0].kind, served[0].output_dir) == ("static_sites", "/app/staticfiles")


@pytest.mark.parametrize("text", [SERVICE, SERVICE + "ingress: 3\n", SERVICE + "ingress: {rules: [{match: 1}]}\n"])
def test_without_routes_nothing_is_served(tmp_path: Path, text: str) -> None:
    assert spec_of(tmp_path, text).serving("/static/a.css") is None
