"""Nothing outside the scanned folder is read, whatever in it leads there, and no name in it does harm."""

import os
import re
from pathlib import Path

import pytest

from tests.safety.hostile import SETTINGS, Done, doctor, scan, write

OUTSIDE = "outside-4711"
"""Stands in every file beside the repository, as content, as a package, as a variable."""
FORMATS = ("terminal", "markdown", "github")
LINKS = {
    "link_to_file.py": "../beside/secret.py",
    "link_to_folder": "../beside",
    "chain_1": "chain_2",
    "chain_2": "link_to_folder",
    "loop_1": "loop_2",
    "loop_2": "loop_1",
    "itself": "itself",
    "up": "..",
    "etc": "/etc",
    "passwd": "/etc/passwd",
    "proc": "/proc",
    "environ": "/proc/self/environ",
    "slash": "/",
    "zero": "/dev/zero",
    "Procfile": "../beside/Procfile",
    "Dockerfile": "../beside/Dockerfile",
    ".env": "../beside/.env",
    "package.json": "../beside/package.json",
    "runtime.txt": "../beside/runtime.txt",
    "shop/linked.py": "../../beside/secret.py",
    "shop/templates": "../../beside",
}
DANGLING = ("loop_1", "loop_2", "itself")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository all of whose doors lead to the folder `beside`."""
    beside, root = tmp_path / "beside", tmp_path / "repo"
    write(
        beside,
        {
            "secret.py": f'NAME = "{OUTSIDE}"\nimport os\nos.environ["OUTSIDE_4711"]\n',
            "requirements.txt": f"{OUTSIDE}==1.0\n",
            "Procfile": f"web: gunicorn {OUTSIDE}\n",
            "Dockerfile": f"FROM {OUTSIDE}\n",
            ".env": f"NAME={OUTSIDE}\n",
            "package.json": f'{{"name": "{OUTSIDE}", "scripts": {{"build": "vite {OUTSIDE}"}}}}\n',
            "runtime.txt": f"python-{OUTSIDE}\n",
            "compose.yaml": f"services: {{web: {{image: {OUTSIDE}}}}}\n",
            "pyproject.toml": f'[project]\nname = "{OUTSIDE}"\ndependencies = ["{OUTSIDE}"]\n',
            "git/config": f'[remote "origin"]\n\turl = https://example.org/{OUTSIDE}/{OUTSIDE}.git\n',
            "git/HEAD": "0" * 40 + "\n",
        },
        project=False,
    )
    write(
        root,
        {
            "shop/settings.py": f"{SETTINGS}from split_settings.tools import include\nfrom pathlib import Path\n"
            "import environ\n"
            f"include('../../beside/*.py', '{beside}/secret.py', 'linked.py')\n"
            f"A = open('{beside}/.env').read()\nB = open('../../beside/.env').read()\nC = open('linked.py').read()\n"
            "D = (Path(__file__).parent.parent.parent / 'beside' / '.env').read_text()\n"
            "exec(open('../beside/secret.py').read())\nenviron.Env.read_env('../beside/.env')\n"
            "E = Path('link_to_folder/.env').read_text()\nfrom shop.linked import *\n"
            "from link_to_folder.secret import *\n",
            "requirements.txt": f"django==5.2.7\n-r ../beside/requirements.txt\n-r {beside}/requirements.txt\n"
            "-c ../beside/requirements.txt\n-e ../beside\n./link_to_folder\n-r link_to_folder/requirements.txt\n"
            f"-r requirements/../../beside/requirements.txt\nfile://{beside}\n",
            "docker-compose.yml": "include: [../beside/compose.yaml]\nservices:\n  web:\n    env_file: ../beside/.env\n"
            "    extends: {file: ../beside/compose.yaml, service: web}\n    build: {context: ../beside}\n",
            "frontend/package.json": '{"workspaces": ["../../beside"],'
            ' "scripts": {"build": "npm --prefix ../../beside run build"}}',
            ".git": f"gitdir: {beside}/git\n",
            ".do/app.yaml": "services:\n- name: web\n  source_dir: ../beside\n"
            "  dockerfile_path: ../beside/Dockerfile\n",
            "render.yaml": "services:\n- type: web\n  name: web\n"
            "  rootDir: ../beside\n  buildCommand: ../beside/build.sh\n",
            "pyproject.toml": '[tool.poetry.dependencies]\nx = {path = "../beside"}\n'
            '[tool.uv.sources]\ny = {path = "../beside"}\n[project]\nname = "shop"\ndynamic = ["dependencies"]\n'
            '[tool.setuptools.dynamic]\ndependencies = {file = ["../beside/requirements.txt"]}\n',
        },
    )
    for link, target in LINKS.items():
        (root / link).symlink_to(target)
    return root


def run(root: Path, *arguments: str) -> Done:
    command, *options = arguments
    done = doctor(root.parent, command, root, *options)
    assert done.code == 0
    return done


@pytest.mark.parametrize(
    "arguments",
    [
        ("scan", "--exit-zero", "--format", "json"),
        ("scan", "--exit-zero", "--show", "facts", "--verbose"),
        ("detect", "--format", "json", "--why"),
        ("plan", "--format", "json"),
        ("emit", "--stdout", "--only", "dockerignore,app-spec,deploy-template,compose"),
    ],
    ids=" ".join,
)
def test_no_door_leads_out(root: Path, arguments: tuple[str, ...]) -> None:
    done = run(root, *arguments)
    told = done.out.replace(f"gunicorn {OUTSIDE}", OUTSIDE)
    assert OUTSIDE not in told
    assert "OUTSIDE_4711" not in told
    assert "root:x:" not in told


def test_nothing_is_written_through_a_link(root: Path) -> None:
    (root / ".do" / "app.yaml").unlink()
    (root / ".do" / "app.yaml").symlink_to("../../beside/app.yaml")
    before = {path: path.read_bytes() for path in (root.parent / "beside").rglob("*") if path.is_file()}
    for options in ((), ("--force",), ("--side-by-side",), ("--only", "app-spec", "--force")):
        done = doctor(root.parent, "emit", root, *options)
        assert done.code == 2
        assert "by a link, so it was left alone" in done.err
    assert {path: path.read_bytes() for path in (root.parent / "beside").rglob("*") if path.is_file()} == before


def test_every_link_that_leads_out_is_named(root: Path) -> None:
    skipped = scan(root).skipped
    expected = {
        link: "a link that leads nowhere" if link in DANGLING else "a link that leads out of the repository"
        for link in LINKS
    }
    assert {link: reason.split(":")[0] for link, reason in skipped.items() if link in LINKS} == expected


def test_links_inside_are_followed_and_hard_links_are_files(tmp_path: Path) -> None:
    root = write(
        tmp_path / "repo", {"conf/settings.py": f"{SETTINGS}DEBUG = True\n", "deploy/Procfile": "web: gunicorn a\n"}
    )
    (root / "shop" / "settings.py").unlink()
    (root / "shop" / "settings.py").symlink_to("../conf/settings.py")
    os.link(root / "deploy" / "Procfile", root / "Procfile")
    facts = scan(root).facts
    assert facts["debug"]["value"] is True
    assert [process["command"] for process in facts["processes"]] == ["gunicorn a"]


def test_pipes_sockets_and_devices_are_not_waited_for(tmp_path: Path) -> None:
    root = write(tmp_path / "repo")
    pipes = (
        "Procfile",
        "package.json",
        "Dockerfile",
        ".env",
        "shop/models.py",
        ".gitignore",
        "doctor.toml",
        "app.json",
    )
    for name in pipes:
        os.mkfifo(root / name)
    devices = []
    try:
        os.mknod(root / "docker-compose.yml", 0o020666, os.makedev(1, 5))  # /dev/zero
        devices.append("docker-compose.yml")
    except PermissionError:
        pass  # only the administrator can make one
    (root / "Pipfile").symlink_to("/dev/zero")
    skipped = scan(root).skipped
    assert {name: skipped.get(name) for name in (*pipes, *devices)} == dict.fromkeys(
        (*pipes, *devices), "a pipe, socket or device"
    )
    assert skipped["Pipfile"] == "a link that leads out of the repository"
    for command in ("detect", "plan"):
        assert doctor(tmp_path, command, root).code == 0


NAMES = (
    b"a\nRUN echo b.py",
    b"a\r::error::b.py",
    b"\x1b]0;title\x07.py",
    b"\x1b[2J\x1b[31mred.py",
    b"\xc2\x9b2J.py",
    b"\xff\xfe.py",
    b"\x7f.py",
)
ODD = ("a b.py", "-rf", "$(id).py", "`id`.py", "'\".py", "{{ a }}.py", "<b>.py", "%s.py", "n" * 252 + ".py")


def test_odd_names_are_told_in_a_form_that_does_no_harm(tmp_path: Path) -> None:
    root = write(tmp_path / "repo", dict.fromkeys(ODD, "import os\nos.environ['SEEN']\n"))
    for name in NAMES:
        (root / os.fsdecode(name)).write_text("import os\nos.environ['UNSEEN']\n")
        (root / "shop" / os.fsdecode(name)).mkdir()
    done = scan(root)
    assert (
        sum(reason.startswith("a name with control characters") for reason in done.skipped.values()) == len(NAMES) * 2
    )
    assert [variable["name"] for variable in done.facts["environment"]] == ["SEEN"]
    for format_ in FORMATS:
        arguments = ("scan", root, "--exit-zero", "--format", format_, "--show", "facts", "--verbose")
        said = doctor(tmp_path, *(arguments if format_ == "terminal" else arguments[:5])).out
        assert re.findall(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]", said) == []


def test_names_that_differ_in_case_only_are_two_files(tmp_path: Path) -> None:
    root = write(
        tmp_path / "repo", {"Shop/settings.py": "DEBUG = True\n", "SHOP/settings.py": "", "procfile": "web: a\n"}
    )
    if len(list(root.iterdir())) < 6:
        pytest.skip("the file system takes them for one")
    facts = scan(root).facts
    assert facts["debug"]["value"] is False
    assert facts["processes"] == []


def test_folders_beyond_the_limit_are_named(tmp_path: Path) -> None:
    root = write(tmp_path / "repo", {"/".join(["d"] * 200) + "/Procfile": "web: a\n"})
    skipped = scan(root).skipped
    assert skipped["/".join(["d"] * 61)] == "more than 60 folders deep"
