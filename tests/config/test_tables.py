"""What the configuration decides: keys, types and lines, and the words of each mistake."""

from pathlib import Path

import pytest

from analyzer.config import load_config
from analyzer.model.errors import UsageError
from analyzer.model.overrides import ComponentOverrides, DatabaseOverrides, Overrides, VariableOverrides

ALL = """\
root_dir = "backend"

[app]
name = "shop"
region = "fra"

[image]
python_version = "3.12"
system_packages = ["ffmpeg"]
collectstatic = false
environment = { TZ = "UTC" }

[components.web]
size = "apps-s-1vcpu-1gb"
instances = 2

[components."celery-beat"]
enabled = false

[databases.db]
production = true
cluster_name = "main"

[environment.SENTRY_DSN]
value = "https://example.org"
secret = true
scope = "RUN_TIME"
"""


def test_every_table_is_read(tmp_path: Path) -> None:
    (tmp_path / "doctor.toml").write_text(ALL)
    overrides = load_config(tmp_path).overrides
    assert (overrides.app.name, overrides.app.region, overrides.app.branch) == ("shop", "fra", None)
    assert overrides.image.python_version == "3.12"
    assert overrides.image.system_packages == ("ffmpeg",)
    assert overrides.image.collectstatic is False
    assert overrides.image.environment == {"TZ": "UTC"}
    assert overrides.components == {
        "web": ComponentOverrides(size="apps-s-1vcpu-1gb", instances=2),
        "celery-beat": ComponentOverrides(enabled=False),
    }
    assert overrides.databases == {"db": DatabaseOverrides(production=True, cluster_name="main")}
    assert overrides.environment == {
        "SENTRY_DSN": VariableOverrides(value="https://example.org", secret=True, scope="RUN_TIME")
    }


def test_the_line_of_each_key_is_known(tmp_path: Path) -> None:
    (tmp_path / "doctor.toml").write_text(ALL)
    lines = load_config(tmp_path).overrides.lines
    assert (lines["image.python_version"], lines["components.web.instances"]) == (8, 15)
    (tmp_path / "doctor.toml").unlink()
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "a"\n[tool.doctor.image]\nport = 9000\n')
    overrides = load_config(tmp_path).overrides
    assert (overrides.file, overrides.lines["image.port"]) == ("pyproject.toml", 4)


def test_nothing_is_decided_by_default(tmp_path: Path) -> None:
    (tmp_path / "doctor.toml").write_text('root_dir = "a"\n')
    overrides = load_config(tmp_path).overrides
    assert overrides == Overrides(lines={"root_dir": 1})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[image]\npython = "3.12"\n', r"unknown key image\.python; did you mean image\.python_version\?"),
        ("[components.web]\nsizes = 1\n", r"unknown key components\.web\.sizes; did you mean components\.web\.size\?"),
        ("[imagee]\n", r"unknown key imagee; did you mean image\?"),
        ("image = 1\n", "image is 1, not a table"),
        ("[components]\nweb = 1\n", r"components\.web is 1, not a table"),
        ("components = 1\n", "components is 1, not a table"),
        ("[image]\npython_version = 3.12\n", r"image\.python_version is 3\.12, not a text that is not empty"),
        ('[image]\nport = "80"\n', r"image\.port is '80', not a whole number above 0"),
        ("[image]\nport = true\n", r"image\.port is true, not a whole number above 0"),
        ("[image]\ncollectstatic = 0\n", r"image\.collectstatic is 0, not true or false"),
        ('[image]\nsystem_packages = "ffmpeg"\n', r"image\.system_packages is 'ffmpeg', not a list of texts"),
        ("[image]\nenvironment = { A = 1 }\n", r"image\.environment is \{'A': 1\}, not a table of texts"),
        ('[app]\nname = ""\n', r"app\.name is empty, not a text that is not empty"),
        (
            '[environment.A]\nscope = "RUNTIME"\n',
            r"environment\.A\.scope is 'RUNTIME', not one of RUN_TIME, BUILD_TIME, RUN_AND_BUILD_TIME",
        ),
    ],
)
def test_mistakes_are_named(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "doctor.toml").write_text(text)
    with pytest.raises(UsageError, match=f"^doctor.toml: {message}"):
        load_config(tmp_path)
