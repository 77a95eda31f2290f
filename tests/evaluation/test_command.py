"""``carefeed evaluate``: what it prints, and what a program reads."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from pipeline.cli import app, load_commands
from pipeline.evaluation.gold import fingerprint


@pytest.fixture
def evaluate(corpus_run: Path, corpus: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """The command in this process; what it printed."""
    monkeypatch.setenv("COLUMNS", "100")
    load_commands("evaluate")

    def run(*options: str, gold: Path = corpus / "gold") -> str:
        app(["evaluate", str(gold), "--out", str(corpus_run), *options], standalone_mode=False)
        return capsys.readouterr().out

    return run


def test_figures_stand_with_their_bounds(evaluate) -> None:  # type: ignore[no-untyped-def]
    """One row a kind of output, and the facts below."""
    printed = evaluate()
    for name in ("blocks", "numbers", "organisations", "policies", "events"):
        assert f"\n{name}" in printed
    assert "events: detection_f1 0." in printed


def test_json_has_figures_bounds_and_the_gold(evaluate, corpus: Path) -> None:  # type: ignore[no-untyped-def]
    """A figure lies between its bounds; the gold is named by its hash."""
    found = json.loads(evaluate("--json"))
    assert found["gold"]["sha256"] == fingerprint(corpus / "gold")
    low, high = found["intervals"]["events"]["f1"]
    assert low <= found["events"]["f1"] <= high


def test_parts_confusions_and_errors(evaluate, corpus: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """Each option has its own answer, of however many annotated articles."""
    for path in sorted((corpus / "gold").glob("*.json"))[::4]:
        shutil.copy(path, tmp_path)
    assert "proposal" in evaluate("--by", "type", gold=tmp_path)
    assert "taken for" in evaluate("--confusion", gold=tmp_path)
    only_events = evaluate("--misses", "events", gold=tmp_path).splitlines()
    assert only_events[0].startswith("events ")
    assert "numbers " in evaluate("--errors", gold=tmp_path)
