"""Paths of commands that run in a checkout."""

from analyzer.facts.existing.places import RepositoryPlace
from tests.facts.conftest import MakeRepository


def test_a_path_is_found_in_the_directory_the_folder_and_the_others(repository: MakeRepository) -> None:
    repo = repository({"deploy/start.sh": "", "backend/bin/web.sh": "", "run.sh": ""})
    place = RepositoryPlace(repo=repo, folder="deploy", others=("backend", "."))
    assert place.start == "deploy"
    assert place.locate("deploy", "start.sh") == "deploy/start.sh"
    assert place.locate("deploy", "bin/web.sh") == "backend/bin/web.sh"
    assert place.locate("deploy", "./run.sh") == "run.sh"
    assert place.locate("deploy", "missing.sh") is None
    assert place.locate("deploy", "../../run.sh") is None


def test_a_path_of_a_server_ends_like_one_of_the_repository(repository: MakeRepository) -> None:
    place = RepositoryPlace(repo=repository({"bin/web.sh": ""}), folder=".")
    assert place.locate(".", "/srv/shop/bin/web.sh") == "bin/web.sh"
    assert place.locate(".", "/srv/shop/bin/worker.sh") is None


def test_enter(repository: MakeRepository) -> None:
    place = RepositoryPlace(repo=repository({"src/app/manage.py": ""}), folder=".")
    assert place.enter(".", "src/app") == "src/app"
    assert place.enter("src", "../src/app") == "src/app"
    assert place.enter(".", "elsewhere") == "."
    assert place.enter("src", "/srv/app") == "src"
