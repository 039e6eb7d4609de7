"""A deployment file that is being read."""

from analyzer.facts.existing.declaration import Words
from analyzer.facts.existing.deployment_file import DeploymentFile
from analyzer.model.evidence import Evidence
from tests.facts.conftest import MakeRepository

FILES = {
    "backend/manage.py": "",
    "deploy/app.yaml": "",
    "deploy/dev.yaml": "",
    "backend/Dockerfile": "FROM a AS x\nCMD x\nFROM b\nCMD y\n",
    "deploy/Dockerfile": "FROM c\nCMD z\n",
}


def file(repository: MakeRepository, path: str = "deploy/app.yaml") -> DeploymentFile:
    return DeploymentFile(repo=repository(FILES), django_dir="backend", path=path, source="test")


def test_an_image_is_looked_for_from_the_context_the_file_and_the_root(repository: MakeRepository) -> None:
    found = {
        given: image.dockerfile.path
        for given in ("Dockerfile", "backend/Dockerfile", "/deploy/Dockerfile", "./Dockerfile")
        if (image := file(repository).image(given)) is not None
    }
    assert found == {
        "Dockerfile": "deploy/Dockerfile",
        "backend/Dockerfile": "backend/Dockerfile",
        "/deploy/Dockerfile": "deploy/Dockerfile",
        "./Dockerfile": "deploy/Dockerfile",
    }
    image = file(repository).image("Dockerfile", "backend", "x")
    assert image is not None
    assert (image.dockerfile.path, image.stage, image.contexts) == ("backend/Dockerfile", 0, ("backend", "deploy", "."))
    assert file(repository).image("missing") is None
    assert file(repository).image("../../Dockerfile") is None


def test_components_of_the_project(repository: MakeRepository) -> None:
    about = file(repository).is_about_project
    assert [about(folder) for folder in (".", "backend", "backend/app", "frontend")] == [True, True, True, False]


def test_a_declaration_stands_where_its_command_does(repository: MakeRepository) -> None:
    words = Words(text="serve", evidence=Evidence(path="deploy/Dockerfile", line=2))
    found = file(repository).declare("web", words)
    assert (found.command, found.evidence, found.file) == ("serve", words.evidence, "deploy/app.yaml")
    nothing = file(repository).declare("web", None, line=4)
    assert (nothing.command, nothing.evidence) == ("", Evidence(path="deploy/app.yaml", line=4))


def test_development(repository: MakeRepository) -> None:
    assert file(repository).declare("web", None).production is True
    assert file(repository).declare("web", None, production=False).production is False
    assert file(repository, "deploy/dev.yaml").declare("web", None).production is False


def test_places_begin_in_the_folder_and_know_the_project(repository: MakeRepository) -> None:
    place = file(repository).place()
    assert (place.start, place.locate("deploy", "manage.py")) == ("deploy", "backend/manage.py")
    assert file(repository).place("backend").start == "backend"
