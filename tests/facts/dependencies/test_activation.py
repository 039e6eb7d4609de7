"""Which extras and groups a production install takes."""

import pytest

from analyzer.facts.dependencies.activation import Activation

NOTHING = Activation()


@pytest.mark.parametrize(
    ("activation", "name", "group"),
    [
        (NOTHING, "redis", "redis"),
        (NOTHING, "production", None),
        (Activation(extras=frozenset({"my-redis"})), "My_Redis", None),
        (Activation(extras=frozenset({"redis"})), "s3", "s3"),
        (Activation(all_extras=True), "s3", None),
        (Activation(groups=frozenset({"redis"})), "redis", "redis"),
    ],
)
def test_extras(activation: Activation, name: str, group: str | None) -> None:
    assert activation.extra(name) == group


@pytest.mark.parametrize(
    ("activation", "name", "group"),
    [
        (NOTHING, "worker", "worker"),
        (NOTHING, "prod", None),
        (NOTHING, "main", None),
        (Activation(without=frozenset({"prod"})), "prod", "prod"),
        (Activation(groups=frozenset({"worker"})), "Worker", None),
        (Activation(groups=frozenset({"dev"})), "dev", None),
        (Activation(all_groups=True), "worker", None),
        (Activation(all_groups=True), "dev", "dev"),
        (Activation(all_groups=True), "pytest", "pytest"),
        (Activation(all_groups=True, without=frozenset({"worker"})), "worker", "worker"),
    ],
)
def test_groups(activation: Activation, name: str, group: str | None) -> None:
    assert activation.group(name) == group


def test_several_commands_take_what_each_of_them_takes() -> None:
    together = Activation.of_all(
        [
            Activation(extras=frozenset({"s3"}), without=frozenset({"dev"})),
            Activation(groups=frozenset({"web"}), all_extras=True),
            Activation(all_groups=True, default_groups=True),
        ]
    )
    assert together == Activation(
        extras=frozenset({"s3"}),
        groups=frozenset({"web"}),
        without=frozenset({"dev"}),
        all_extras=True,
        all_groups=True,
        default_groups=True,
    )
    assert Activation.of_all([]) == NOTHING


@pytest.mark.parametrize(
    ("activation", "develops"),
    [
        (NOTHING, False),
        (Activation(groups=frozenset({"web"})), False),
        (Activation(groups=frozenset({"web", "dev"})), True),
        (Activation(extras=frozenset({"test"})), True),
        (Activation(without=frozenset({"dev"})), False),
    ],
)
def test_naming_development_makes_a_development_install(activation: Activation, develops: bool) -> None:
    assert activation.develops is develops
