"""What the images of Heroku's stacks have and what is missing in them."""

from collections.abc import Callable

import pytest

from analyzer.buildpacks.heroku_classic.compile import predict_newest, predict_v322
from analyzer.buildpacks.heroku_cnb.main import predict as predict_cnb
from analyzer.buildpacks.source import Source
from analyzer.model.prediction import BuildpackPrediction, PredictedFailure, Step


def missing(prediction: BuildpackPrediction) -> list[PredictedFailure]:
    return [f for f in prediction.failures if f.step is Step.SYSTEM_PACKAGES]


@pytest.mark.parametrize("predict", [predict_v322, predict_newest, predict_cnb])
def test_a_library_that_no_image_has(
    project: Callable[..., Source], predict: Callable[[Source], BuildpackPrediction]
) -> None:
    found = missing(predict(project({"requirements.txt": "Django==5.2.7\npython-ldap==3.4.4\npyzbar==0.1.9\n"})))
    assert [(f.id, f.mode) for f in found] == [("system-packages::run", "D")]
    assert "libzbar0t64" in found[0].message
    assert "libldap" not in found[0].message
    assert [(e.path, e.line) for e in found[0].evidence] == [("requirements.txt", 3)]


@pytest.mark.parametrize(
    ("predict", "id_"),
    [
        (predict_newest, "install-dependencies::pip"),
        (predict_cnb, "Unable to install dependencies using pip"),
    ],
)
def test_headers_that_no_image_has_stop_the_installer(
    project: Callable[..., Source], predict: Callable[[Source], BuildpackPrediction], id_: str
) -> None:
    found = missing(predict(project({"requirements.txt": "Django==5.2.7\npygraphviz==1.14\n"})))
    assert id_ in [f.id for f in found]


@pytest.mark.parametrize("predict", [predict_v322, predict_newest, predict_cnb])
def test_libraries_of_the_image_are_enough(
    project: Callable[..., Source], predict: Callable[[Source], BuildpackPrediction]
) -> None:
    given = project({"requirements.txt": "Django==5.2.7\npsycopg2==2.9.10\nmysqlclient==2.2.7\npython-magic==0.4.27\n"})
    assert missing(predict(given)) == []


def test_an_aptfile_is_read_on_app_platform_only(project: Callable[..., Source]) -> None:
    files = {"requirements.txt": "Django==5.2.7\npyzbar==0.1.9\n", "Aptfile": "# barcodes\nlibzbar0\n"}
    given = project(files)
    assert missing(predict_v322(given)) == []
    assert [f.id for f in missing(predict_newest(given))] == ["system-packages::run"]
    assert "nothing reads it" in next(s.text for s in predict_newest(given).statements if "Aptfile" in s.text)
