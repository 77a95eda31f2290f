"""The learned type of an event: its data files, and how far it and the rules outweigh each other."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from pipeline.errors import RegisterError
from pipeline.extraction.events.type_counts import ANY, load_type_counts, make_counts
from pipeline.extraction.events.type_fitting import Example, of_lines, read_lines, write_counts
from pipeline.extraction.extractor import Extractor
from pipeline.registers import load_registers
from pipeline.settings import find_models
from pipeline.vocabulary import EVENT_TYPES

LINES = Path(__file__).parents[2] / "benchmarks" / "event_types.tsv"


def test_the_lines_are_examples_of_every_type() -> None:
    """Every line has a known type and one marked word, no sentence stands twice, and no type has fewer than 20."""
    lines = read_lines(LINES)
    assert len({sentence for _, sentence, _ in lines}) == len(lines)
    counts = Counter(kind for kind, _, _ in lines)
    assert all(counts[kind] >= 20 for kind in EVENT_TYPES)


@pytest.mark.parametrize("line", ["party\tThey *danced* on Monday.", "ending\tIt closed.", "ending\tIt *was* *shut*."])
def test_a_line_that_is_no_example(tmp_path: Path, line: str) -> None:
    """An unknown type, no marked word or two of them are refused with the line's number."""
    path = tmp_path / "lines.tsv"
    path.write_text(f"# examples\n{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match="line 2"):
        read_lines(path)


def test_counting_and_reading_back(tmp_path: Path) -> None:
    """What is counted is what is read: a trait seen with one type speaks for it, one seen once is left out."""
    nlp = Extractor("none", load_registers(find_models())).nlp
    sentences = ("The duty *lapsed* in May.", "The grant *lapsed* in June.", "The post *lapses* in July.")
    lines = [("ending", line.replace("*", ""), line.index("*")) for line in sentences]
    examples = [*of_lines(nlp, lines), *(Example(kind, frozenset({"mood=past"})) for kind in EVENT_TYPES)]
    path = tmp_path / "counts.csv"
    write_counts(path, examples, ["Made by a test."])
    counts = load_type_counts(path)
    assert "verb=laps" in counts.traits
    assert "<post" not in counts.traits
    assert counts.best(["verb=laps"], "meeting", 0.0) == "ending"


def test_trust_in_the_rules() -> None:
    """The rules' answer stands until the traits speak against it by more than the trust in it."""
    against = tuple(50.0 * (kind == "funding") for kind in EVENT_TYPES)
    counts = make_counts({ANY: (1.0,) * len(EVENT_TYPES), "money": against, "will": (50.0,) * len(EVENT_TYPES)})
    assert counts.best(["money"], "ending", 20.0) == "ending"
    assert counts.best(["money"], "ending", 1.0) == "funding"


@pytest.mark.parametrize("text", ["", "trait,dance\n", "*,1,2\n", f"trait,{','.join(EVENT_TYPES)}\nmoney,1\n"])
def test_broken_counts(tmp_path: Path, text: str) -> None:
    """A file of counts with other columns, short lines or no totals is refused with its name."""
    path = tmp_path / "type_counts.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RegisterError, match=r"type_counts\.csv"):
        load_type_counts(path)
