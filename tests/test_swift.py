"""Frozen dataclasses that are filled in while they are open: nothing else about them is other."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, field, replace

import pytest
from heshu.swift import dataclass, replaced


@dataclass(frozen=True, slots=True)
class Dish:
    name: str
    price: int = 30
    parts: list[str] = field(default_factory=list)


@pytest.mark.parametrize(
    ("dish", "name", "price", "parts"),
    [
        (Dish("麵"), "麵", 30, []),
        (Dish("麵", 45), "麵", 45, []),
        (Dish(price=50, name="飯"), "飯", 50, []),
        (Dish("麵", parts=["蔥"]), "麵", 30, ["蔥"]),
        (replace(Dish("麵"), price=60), "麵", 60, []),
        (replaced(Dish("麵"), price=60), "麵", 60, []),
        (copy.copy(Dish("麵", 45)), "麵", 45, []),
        (pickle.loads(pickle.dumps(Dish("麵", 45))), "麵", 45, []),
    ],
)
def test_a_dish_is_filled_in(dish: Dish, name: str, price: int, parts: list[str]) -> None:
    assert type(dish) is Dish
    assert (dish.name, dish.price, dish.parts) == (name, price, parts)


def test_it_is_locked_once_it_is_made() -> None:
    with pytest.raises(FrozenInstanceError):
        Dish("麵").price = 40  # type: ignore[misc]


def test_a_copy_is_locked_too() -> None:
    with pytest.raises(FrozenInstanceError):
        replaced(Dish("麵"), price=40).price = 30  # type: ignore[misc]


def test_each_has_a_list_of_its_own() -> None:
    assert Dish("麵").parts is not Dish("麵").parts


def test_what_is_missing_is_named() -> None:
    Dish("麵")
    with pytest.raises(TypeError, match="name"):
        Dish()  # type: ignore[call-arg]


def test_what_it_says_and_what_it_equals() -> None:
    assert repr(Dish("麵")) == "Dish(name='麵', price=30, parts=[])"
    assert Dish("麵") == Dish("麵", 30)
    assert Dish("麵") != Dish("飯")
    assert Dish("麵") != "麵"
    with pytest.raises(TypeError):
        hash(Dish("麵"))  # of a list in it


@dataclass(frozen=True, slots=True, eq=False)
class Plate:
    size: int

    def __post_init__(self) -> None:
        if self.size < 1:
            raise ValueError(self.size)


def test_each_plate_is_itself_alone() -> None:
    assert Plate(2) != Plate(2)
    with pytest.raises(ValueError, match="0"):
        Plate(0)


class Bowl(Dish):
    __slots__ = ()


def test_a_class_derived_from_it() -> None:
    bowl = Bowl("湯")
    assert type(bowl) is Bowl
    assert type(replace(bowl, price=5)) is Bowl
    assert bowl != Dish("湯")
    with pytest.raises(FrozenInstanceError):
        bowl.price = 1  # type: ignore[misc]
