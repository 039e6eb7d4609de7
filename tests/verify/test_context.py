"""What a build gets to see: what a clone has, less what .dockerignore names."""

import subprocess
import tarfile
from pathlib import Path

import pytest

from analyzer.model.errors import UsageError
from analyzer.verify.context import DOCKERFILE, read_context

FILES = ("manage.py", "shop/settings.py", "local_settings.py", "docs/index.md", "Dockerfile")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    for name in FILES:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"# {name}\n")
    (tmp_path / ".dockerignore").write_text("# comment\ndocs\n")
    (tmp_path / ".gitignore").write_text("local_settings.py\n")
    return tmp_path


def names(repository: Path, changed: str | None = None) -> dict[str, bytes]:
    with (
        read_context(repository, ".", "Dockerfile").archive(changed) as archive,
        tarfile.open(fileobj=archive) as tar,
    ):
        files = {member.name: tar.extractfile(member) for member in tar.getmembers() if member.isfile()}
        return {name: file.read() for name, file in files.items() if file is not None}


def test_without_git_everything_is_seen_that_dockerignore_lets_through(repository: Path) -> None:
    assert {"manage.py", "shop/settings.py", "local_settings.py"} <= names(repository).keys()
    assert "docs/index.md" not in names(repository)


def test_a_clone_lacks_what_git_ignores(repository: Path) -> None:
    subprocess.run(["git", "init", "--quiet", repository], check=True)
    context = read_context(repository, ".", "Dockerfile")
    assert context.left_out == ("local_settings.py",)
    assert "local_settings.py" not in names(repository)
    assert not any(name.startswith(".git/") for name in names(repository))


def test_what_git_tracks_is_seen_whatever_it_is(repository: Path) -> None:
    for name in ("node_modules/chart/index.js", "node_modules/other.js", "media/kept.png"):
        (repository / name).parent.mkdir(parents=True, exist_ok=True)
        (repository / name).write_text("x")
    (repository / ".gitignore").write_text("local_settings.py\nnode_modules\nmedia\n")
    subprocess.run(["git", "init", "--quiet", repository], check=True)
    command = ["git", "-C", str(repository), "add", "--force", "node_modules/chart", "media"]
    subprocess.run(command, check=True)
    seen = names(repository)
    assert {"node_modules/chart/index.js", "media/kept.png"} <= seen.keys()
    assert "node_modules/other.js" not in seen


def test_folders_without_a_file_that_git_has_are_not_there(repository: Path) -> None:
    (repository / "media/old").mkdir(parents=True)
    (repository / "docs2").mkdir()
    (repository / "docs2/linked").symlink_to("../shop")
    assert "media/old" in read_context(repository, ".", "Dockerfile").files
    subprocess.run(["git", "init", "--quiet", repository], check=True)
    context = read_context(repository, ".", "Dockerfile")
    assert not any(name.startswith("media") for name in context.files)
    assert {"shop", "docs2", "docs2/linked"} <= set(context.files)
    assert context.left_out == ("local_settings.py",)


def test_what_is_lost_is_named_by_folder(repository: Path) -> None:
    for name in ("media/a.png", "media/deep/b.png", "shop/static/c.css", "shop/d.log"):
        (repository / name).parent.mkdir(parents=True, exist_ok=True)
        (repository / name).write_text("x")
    (repository / ".gitignore").write_text("*.png\n*.css\n*.log\n")
    subprocess.run(["git", "init", "--quiet", repository], check=True)
    assert read_context(repository, ".", "Dockerfile").lost == ("media/", "shop/d.log", "shop/static/")


def test_a_change_of_the_source_is_another_one_every_time(repository: Path) -> None:
    one, two = names(repository, "manage.py"), names(repository, "manage.py")
    assert one["manage.py"].startswith(b"# manage.py\n")
    assert one["manage.py"] != two["manage.py"] != b"# manage.py\n"
    assert one["shop/settings.py"] == two["shop/settings.py"]


def test_a_dockerfile_outside_the_folder_that_is_built(repository: Path) -> None:
    context = read_context(repository, "shop", "Dockerfile")
    assert context.files == ("settings.py",)
    with context.archive() as archive, tarfile.open(fileobj=archive) as tar:
        assert DOCKERFILE in tar.getnames()


def test_the_ignore_file_beside_the_dockerfile_goes_first(repository: Path) -> None:
    (repository / "Dockerfile.dockerignore").write_text("shop\n")
    assert "shop/settings.py" not in names(repository)
    assert "docs/index.md" in names(repository)


@pytest.mark.parametrize(("folder", "file"), [("else", "Dockerfile"), (".", "Dockerfile.none")])
def test_what_is_missing_is_named(folder: str, file: str, repository: Path) -> None:
    with pytest.raises(UsageError, match="else" if folder == "else" else r"there is no Dockerfile\.none"):
        read_context(repository, folder, file)
