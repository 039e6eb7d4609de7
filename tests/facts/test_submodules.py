"""Submodules of which a checkout has nothing."""

from analyzer.facts.submodules import absent_submodules
from analyzer.model.evidence import Evidence
from tests.facts.conftest import MakeRepository

TEXT = '[submodule "common"]\n\tpath = common\n\turl = ../common.git\n[submodule "theme"]\n\tpath = shop/theme\n'


def test_those_without_a_file(repository: MakeRepository) -> None:
    repo = repository({".gitmodules": TEXT, "shop/theme/base.html": "<html>"})
    assert absent_submodules(repo) == (Evidence(path=".gitmodules", line=2, note="common"),)


def test_none_without_the_file(repository: MakeRepository) -> None:
    assert absent_submodules(repository({"manage.py": ""})) == ()
