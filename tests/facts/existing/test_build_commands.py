"""Builds of images that Makefiles, scripts, workflows and comments describe."""

from analyzer.facts.existing.build_commands import MAX_COMMANDS, BuildCommand, build_commands
from tests.facts.conftest import MakeRepository

WORKFLOW = """\
jobs:
  image:
    steps:
      - uses: actions/checkout@v4
        with: {tags: not-this}
      - uses: docker/build-push-action@v6
        with:
          file: docker/Dockerfile
          target: final
          tags: |
            ${{ vars.OWNER }}/shop:latest
            shop:1
      - uses: docker/build-push-action@v6
        with: {context: app, tags: "one,two"}
      - uses: docker/build-push-action@v6
        with: {context: app}
"""


def found(repository: MakeRepository, path: str, text: str) -> list[BuildCommand]:
    return list(build_commands(repository({path: text})))


def test_the_command_in_a_makefile(repository: MakeRepository) -> None:
    text = (
        "image:\n"
        "\tdocker build --no-cache --build-arg A=1 -t shop:1 --tag=$(OTHER) \\\n"
        "\t  --target prod -f docker/Dockerfile . && docker push shop:1\n"
    )
    (command,) = found(repository, "Makefile", text)
    assert (command.names, command.context, command.file) == (("shop:1", "$(OTHER)"), ".", "docker/Dockerfile")
    assert (command.target, command.evidence.path, command.evidence.line) == ("prod", "Makefile", 2)


def test_the_command_in_a_comment_of_a_dockerfile(repository: MakeRepository) -> None:
    (command,) = found(repository, "Dockerfile", "# `docker buildx build \\\n#  -t shop app`\nFROM a\n")
    assert (command.names, command.context, command.file) == (("shop",), "app", None)


def test_the_action_in_a_workflow(repository: MakeRepository) -> None:
    first, second = found(repository, ".github/workflows/image.yml", WORKFLOW)
    assert (first.names, first.context, first.file) == (("${{}}/shop:latest", "shop:1"), ".", "docker/Dockerfile")
    assert (first.target, first.evidence.line) == ("final", 11)
    assert (second.names, second.context, second.file, second.target) == (("one", "two"), "app", None, None)


def test_what_is_no_build(repository: MakeRepository) -> None:
    assert (
        found(repository, "build.sh", "docker builder prune\ndocker build\ndocker build -t x\ndocker pull build\n")
        == []
    )
    assert found(repository, "notes.md", "docker build -t x .\n") == []
    assert found(repository, "elsewhere/image.yml", WORKFLOW) == []


def test_a_file_of_many_commands_ends(repository: MakeRepository) -> None:
    assert len(found(repository, "x.sh", "docker build -t x . \\\n" * 5_000)) == MAX_COMMANDS
