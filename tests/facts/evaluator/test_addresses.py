"""Values of the evaluation as parts of an address."""

import pytest

from analyzer.facts.evaluator.addresses import index_of, part_of, split_url
from analyzer.facts.evaluator.values import Deciding, FromEnv, OneOf, PartialText, Value, unresolved
from analyzer.model.connections import ConnectionPart

HOST = Value(FromEnv("REDIS_HOST"), frozenset({"REDIS_HOST"}))
URL = Value(FromEnv("REDIS_URL"), frozenset({"REDIS_URL"}))


def test_a_variable_as_it_is() -> None:
    part = part_of(URL, Value("redis://localhost:6379/1", frozenset({"REDIS_URL"})))
    assert part == ConnectionPart(text="${REDIS_URL}", variables=("REDIS_URL",), default="redis://localhost:6379/1")
    assert part.variable == "REDIS_URL"


def test_a_variable_in_other_text() -> None:
    part = part_of(Value(PartialText((URL, "/2"))))
    assert part is not None
    assert (part.text, part.variables, part.variable) == ("${REDIS_URL}/2", ("REDIS_URL",), None)


def test_a_default_of_a_variable_that_does_not_name_a_service() -> None:
    part = part_of(Value("5432", frozenset({"MY_THING"})))
    assert part is not None
    assert (part.text, part.default) == ("${MY_THING}", "5432")


def test_a_condition_is_not_the_address() -> None:
    part = part_of(Value("redis://localhost", frozenset({"ENVIRONMENT"})))
    assert part == ConnectionPart(text="redis://localhost")


def test_what_decides_which_address_it_is_gives_none() -> None:
    found = part_of(Value("redis.internal", frozenset({Deciding("IN_CLUSTER")})))
    assert found == ConnectionPart(text="redis.internal")


def test_the_branch_with_a_variable_counts() -> None:
    value = Value(OneOf((("a", Value("localhost")), ("not a", HOST))))
    part = part_of(value)
    assert part is not None
    assert part.text == "${REDIS_HOST}"


def test_what_is_not_known_is_no_part() -> None:
    assert part_of(unresolved("computed")) is None
    assert part_of(Value("")) is None
    assert part_of(None) is None


def test_secrets_of_the_settings_are_not_shown() -> None:
    assert part_of(Value("hunter2"), secret=True) == ConnectionPart(text="***")
    part = part_of(Value("redis://:hunter2@cache:6379/0"))
    assert part is not None
    assert part.text == "redis://***@cache:6379/0"
    mixed = part_of(Value(PartialText(("redis://user:", URL, "@cache"))))
    assert mixed is not None
    assert "user:" not in mixed.text


def test_a_url_that_is_put_together() -> None:
    part = part_of(Value(PartialText(("redis://", HOST, ":6379/1"))))
    assert part is not None
    parts = {key: (one.text, one.variables) for key, one in split_url(part).items()}
    assert parts == {
        "scheme": ("redis", ()),
        "host": ("${REDIS_HOST}", ("REDIS_HOST",)),
        "port": ("6379", ()),
        "name": ("1", ()),
    }


def test_a_url_of_one_variable_has_no_parts() -> None:
    assert split_url(ConnectionPart(text="${REDIS_URL}", variables=("REDIS_URL",))) == {}
    assert split_url(ConnectionPart(text="localhost")) == {}


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("redis://h:6379/1", 1),
        ("${REDIS_URL}/2", 2),
        ("redis://h", None),
        ("redis://h/0?x=1", 0),
        ("app_cache", None),
        ("redis://[::1", None),
        ("redis://h/9999", None),
    ],
)
def test_the_number_of_the_database(text: str, index: int | None) -> None:
    assert index_of(text) == index
