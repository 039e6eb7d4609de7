"""One finding for a place, in which each buildpack is quoted once."""

from pathlib import Path

from tests.rules.examples import findings_of, report_of


def test_buildpacks_that_say_the_same_are_named_together(tmp_path: Path) -> None:
    report = report_of(tmp_path, {"runtime.txt": "3.13\n", ".python-version": None})
    (finding,) = findings_of(report, "version-file-refused")
    assert finding.evidence[0].path == "runtime.txt"
    assert finding.message.startswith("DigitalOcean App Platform and Heroku classic v351: runtime.txt has to say")
    assert finding.message.count("Heroku Cloud Native Buildpacks: ") == 1


def test_two_builders_of_one_name_are_quoted_once(tmp_path: Path) -> None:
    files = {"requirements.txt": "django==4.0.3\ngunicorn==23.0.0\n", ".python-version": None}
    (finding,) = findings_of(report_of(tmp_path, files), "default-python-unfit")
    assert (finding.evidence[0].path, finding.evidence[0].line) == ("requirements.txt", 1)
    assert finding.message.count("Google Cloud buildpacks") == 1


def test_one_matter_is_one_finding_wherever_it_shows(tmp_path: Path) -> None:
    files = {
        "Procfile": None,
        "pyproject.toml": "[project]\nname = 'shop'\nversion = '1.0'\n",
        "requirements.txt": None,
    }
    (finding,) = findings_of(report_of(tmp_path, files), "start-command-missing")
    assert "Google Cloud buildpacks: " in finding.message


def test_a_procfile_that_is_not_understood_has_no_echo(tmp_path: Path) -> None:
    report = report_of(tmp_path, {"Procfile": "\ufeffweb: gunicorn shop.wsgi\n"})
    assert findings_of(report, "start-command-missing") == ()
    (finding,) = findings_of(report, "procfile-not-understood")
    assert "UTF-16" in finding.message


def test_the_first_file_of_a_folder_stands_for_it(tmp_path: Path) -> None:
    (finding,) = findings_of(report_of(tmp_path, {"vendor/css/a.css": "a{}\n"}), "vendor-folder")
    assert finding.evidence[0].path == "vendor/css/a.css"
