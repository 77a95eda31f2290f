"""The scripts that turn our output into what public benchmarks expect."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "benchmarks"


def load(name: str) -> ModuleType:
    """A script of the folder as a module."""
    spec = importlib.util.spec_from_file_location(name, FOLDER / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run(name: str, text: str) -> dict[str, list[dict[str, object]]]:
    """What a script writes for one document."""
    line = json.dumps({"article_id": "a", "published": "2020-05-01", "text": text})
    written: dict[str, list[dict[str, object]]] = json.loads(next(iter(load(name).convert([line]))))
    return written


def test_timeml_writes_type_and_value() -> None:
    """Every date has TIMEX3's type and value, and offsets that give its text."""
    text = "It met yesterday, for three hours."
    dates = run("timeml", text)["dates"]
    assert [(d["type"], d["value"]) for d in dates] == [("DATE", "2020-04-30"), ("DURATION", "PT3H")]
    assert all(text[int(str(d["start"])) : int(str(d["end"]))] == d["text"] for d in dates)


def test_timeml_splits_a_financial_year() -> None:
    """A year written 2022-23 is two dates there."""
    assert [d["value"] for d in run("timeml", "in 2022-23")["dates"]] == ["2022", "2023"]


@pytest.mark.parametrize(
    ("text", "value", "unit", "change"),
    [
        ("Revenue rose to $43.6 billion.", 43_600_000_000, "dollar", "up"),
        ("Some 20 planes left.", 20, "plane", "~"),
        ("More than 5 km of road shut.", 5, "kilometre", ">"),
        ("Its shares fell 2.5%.", 2.5, "percentage", "down"),
        ("It slipped from $61 to $58.", [58, 61], "dollar", "down"),
        ("Profit grew from 3 to 5 billion euros.", [3_000_000_000, 5_000_000_000], "euro", "up"),
        ("Bids were between 5 and 10 points.", [5, 10], "point", "="),
        ("Copper closed at 101.3 pence.", 101.3, "penny", "="),
        ("At least 40 people died.", 40, "person", ">"),
    ],
)
def test_newsquant(text: str, value: object, unit: str, change: str) -> None:
    """A number's value, the unit as a noun in the singular, and its change."""
    numbers = run("newsquant", text)["numbers"]
    assert [(n["value"], n["unit"], n["change"]) for n in numbers] == [(value, unit, change)]


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("Stocks rose 3.1 percent to 4.5 million barrels.", ["up", "up"]),
        ("It gained 120 points, or 0.5 percent, to 25,300.", ["up", "up", "up"]),
        ("The rate doubled to 8 percent.", ["up", "up"]),
    ],
)
def test_newsquant_carries_the_way_on(text: str, changes: list[str]) -> None:
    """A size in other units, and the level that a change leads to, go the way of the change."""
    assert [n["change"] for n in run("newsquant", text)["numbers"]] == changes


@pytest.mark.parametrize("name", ["newsquant", "timeml"])
def test_help_and_a_missing_file(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """``--help`` prints the manual; a file that is not there is named, without a traceback."""
    script = load(name)
    monkeypatch.setattr("sys.argv", [name, "--help"])
    assert script.main() == 0
    assert "usage:" in capsys.readouterr().out
    monkeypatch.setattr("sys.argv", [name, "none.jsonl"])
    assert script.main() == 1
    assert "none.jsonl: No such file" in capsys.readouterr().err
