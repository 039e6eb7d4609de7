"""The quick decorator makes what the standard one makes."""

import copy
import dataclasses
import pickle
from dataclasses import FrozenInstanceError, field

import pytest

from analyzer.model.quick_dataclass import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """A record of all kinds of fields."""

    name: str
    numbers: tuple[int, ...] = ()
    note: str = field(default="", compare=False, repr=False)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """The same by the standard library."""

    name: str
    numbers: tuple[int, ...] = ()
    note: str = field(default="", compare=False, repr=False)


@dataclass(slots=True)
class Growing:
    """A record that changes."""

    first: int
    found: list[int] = field(default_factory=list)
    count: int = field(default=0, init=False)


@dataclass(frozen=True, slots=True)
class Empty:
    """Nothing in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived(Frozen):
    """Inherits fields."""

    more: int = 1


def test_shows_and_hashes_like_the_standard_one() -> None:
    ours, theirs = Frozen(name="a", numbers=(1, 2), note="x"), Standard(name="a", numbers=(1, 2), note="x")
    assert repr(ours) == repr(theirs).replace("Standard", "Frozen")
    assert hash(ours) == hash(theirs)
    assert [f.name for f in dataclasses.fields(ours)] == [f.name for f in dataclasses.fields(theirs)]
    assert dataclasses.asdict(ours) == dataclasses.asdict(theirs)


def test_compares_the_compared_fields() -> None:
    assert Frozen(name="a", note="x") == Frozen(name="a", note="y")
    assert Frozen(name="a") != Frozen(name="b")
    assert Frozen(name="a") != Standard(name="a")  # type: ignore[comparison-overlap]
    assert Empty() == Empty()
    assert hash(Empty()) == hash(Empty())


@pytest.mark.parametrize("cls", [Frozen, Standard])
def test_refuses_wrong_arguments(cls: type) -> None:
    for arguments, values in [((), {}), (("a",), {}), ((), {"name": "a", "other": 1})]:
        with pytest.raises(TypeError):
            cls(*arguments, **values)


def test_is_frozen_before_and_after_its_first_instance() -> None:
    for record in (Frozen(name="a"), Frozen(name="b")):
        with pytest.raises(FrozenInstanceError, match="name"):
            record.name = "c"  # type: ignore[misc]
        with pytest.raises(FrozenInstanceError, match="name"):
            del record.name
    assert not hasattr(Frozen(name="a"), "__dict__")


@pytest.mark.parametrize("before", [0, 100])
def test_first_and_later_instances_are_made_alike(before: int) -> None:
    @dataclass(slots=True)
    class Mixed:
        first: int
        second: int = 2
        many: list[int] = field(default_factory=list)
        own: int = field(default=7, init=False)
        named: str = field(default="n", kw_only=True)

    for _ in range(before):
        Mixed(1)
    made = [Mixed(1), Mixed(1, 3), Mixed(first=1, second=3), Mixed(1, second=3, named="m"), Mixed(1, 2, [5])]
    assert [dataclasses.astuple(one) for one in made] == [
        (1, 2, [], 7, "n"),
        (1, 3, [], 7, "n"),
        (1, 3, [], 7, "n"),
        (1, 3, [], 7, "m"),
        (1, 2, [5], 7, "n"),
    ]


@pytest.mark.parametrize("before", [0, 100])
@pytest.mark.parametrize(
    ("arguments", "values", "message"),
    [
        ((), {}, "missing 1 required positional argument: 'first'"),
        ((1, 2, 3), {}, "takes from 2 to 3 positional arguments but 4 were given"),
        ((1,), {"first": 1}, "got multiple values for argument 'first'"),
        ((1,), {"other": 1}, "got an unexpected keyword argument 'other'"),
        ((1,), {"own": 1}, "got an unexpected keyword argument 'own'"),
    ],
)
def test_says_what_is_wrong_with_arguments(
    before: int, arguments: tuple[int, ...], values: dict[str, int], message: str
) -> None:
    @dataclass(slots=True)
    class Pair:
        first: int
        second: int = 2
        own: int = field(default=7, init=False)

    for _ in range(before):
        Pair(1)
    with pytest.raises(TypeError, match=message):
        Pair(*arguments, **values)


def test_makes_defaults_anew() -> None:
    one, other = Growing(1), Growing(1)
    one.found.append(3)
    one.count += 1
    assert (one.found, one.count) == ([3], 1)
    assert (other.found, other.count) == ([], 0)
    with pytest.raises(TypeError):
        hash(one)


def test_copies_replaces_and_pickles() -> None:
    record = Derived(name="a", numbers=(1,), note="n", more=2)
    assert pickle.loads(pickle.dumps(record)) == copy.copy(record) == copy.deepcopy(record) == record
    assert pickle.loads(pickle.dumps(record)).note == "n"
    assert dataclasses.replace(record, name="b") == Derived(name="b", numbers=(1,), more=2)


def test_matches() -> None:
    match Growing(4, [1]):
        case Growing(first, found=[one]):
            assert (first, one) == (4, 1)
        case _:
            pytest.fail("no match")
