"""The table of predictors, and the texts that predictors take from tables."""

import string
from collections.abc import Callable

import pytest

from analyzer.buildpacks.registry import MAX_TEXT, PREDICTORS, predict_all
from analyzer.buildpacks.source import Source
from analyzer.buildpacks.tables import load
from analyzer.model.prediction import Step

IDS = ["heroku-classic-v322", "heroku-classic", "heroku-cnb", "paketo", "google-22", "google-24"]
MESSAGES = ["heroku_classic_messages", "heroku_cnb_messages", "servers", "paketo_messages", "google_messages"]


def test_every_predictor_is_there_in_the_order_of_the_columns() -> None:
    assert [predictor.id for predictor in PREDICTORS] == IDS


def test_predictions_bear_the_ids(source: Callable[..., Source]) -> None:
    assert [p.buildpack for p in predict_all(source({"requirements.txt": ""}), str)] == [p.id for p in PREDICTORS]


def test_long_texts_are_cut_behind_whole_secrets(source: Callable[..., Source]) -> None:
    seen = set[int]()

    def redact(text: str) -> str:
        seen.add(len(text))
        return text.replace("hunter2", "***")

    start = "web: gunicorn " + "a" * (MAX_TEXT - len("gunicorn ") - 3)
    for prediction in predict_all(
        source({"requirements.txt": "", "Procfile": f"{start}hunter2{'b' * 90_000}\n"}), redact
    ):
        assert "hun" not in repr(prediction)
    assert max(seen) == 2 * MAX_TEXT


@pytest.mark.parametrize("name", MESSAGES)
def test_texts_of_tables(name: str) -> None:
    rows = [*load(name)["failures"].values(), *load(name).get("warnings", {}).values()]
    assert rows
    for row in rows:
        assert Step(row["step"])
        for text in (row["message"], row.get("log", ""), row.get("fix", "")):
            assert all(field.isidentifier() for _, field, _, _ in string.Formatter().parse(text) if field is not None)
