"""Count ``type_counts.csv``: ``python -m pipeline.extraction.events.type_fitting LINES FOLDER...``.

``LINES`` is a file of one example a line, the event's type, a tab and a sentence with the verb or noun between
asterisks; ``FOLDER`` holds annotated articles, whose events are examples by the candidates that answer them. An
optional event counts half.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from spacy.language import Language

from pipeline.extraction.document import make_doc
from pipeline.extraction.events.candidates import Candidate
from pipeline.extraction.events.component import weigh
from pipeline.extraction.events.cues import load_cues
from pipeline.extraction.events.fitting import find_answers, read_article
from pipeline.extraction.events.passages import make_passages
from pipeline.extraction.events.readings import read_passage
from pipeline.extraction.events.type_counts import ANY, FILE
from pipeline.extraction.events.type_traits import find_traits
from pipeline.extraction.extractor import Extractor
from pipeline.extraction.timex.component import london_day
from pipeline.records import Article, Block
from pipeline.registers import load_registers
from pipeline.settings import find_models
from pipeline.vocabulary import EVENT_TYPES

_MARKED: Final = re.compile(r"\*([^*]+)\*")
_OPTIONAL: Final = 0.5
#: A trait of fewer examples says nothing.
_RAREST: Final = 2
#: When the examples' sentences were published: their "last week" needs a day.
_PUBLISHED: Final = datetime.fromisoformat("2024-05-15T09:00:00+00:00")


@dataclass(frozen=True, slots=True)
class Example:
    """An event's type and traits; ``weight`` is what it counts."""

    type: str
    traits: frozenset[str]
    weight: float = 1.0


def read_lines(path: Path) -> list[tuple[str, str, int]]:
    """Type, sentence and the place of the marked word, of every line that is no comment.

    Raises ``ValueError`` naming the line where the type is unknown or not one word is marked.
    """
    found = []
    for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#"):
            continue
        kind, _, sentence = line.partition("\t")
        marks = list(_MARKED.finditer(sentence))
        if kind not in EVENT_TYPES or len(marks) != 1:
            raise ValueError(f"{path}, line {n}: a type, a tab and a sentence with one word between asterisks")
        found.append((kind, sentence.replace("*", ""), marks[0].start()))
    return found


def of_lines(nlp: Language, lines: Sequence[tuple[str, str, int]]) -> Iterator[Example]:
    """The examples of a file of lines; a sentence whose word the event finder doesn't see is left out."""
    for kind, sentence, place in lines:
        candidate = _marked(nlp, sentence, place)
        if candidate is not None:
            yield Example(kind, find_traits(candidate))


def of_articles(nlp: Language, folder: Path) -> Iterator[Example]:
    """The examples of a folder of annotated articles."""
    for path in sorted(folder.glob("*.json")):
        record = json.loads(path.read_text(encoding="utf-8"))
        candidates, events = _candidates(nlp, read_article(record)), record["events"]
        for e, c in find_answers(candidates, events).items():
            weight = _OPTIONAL if events[e]["optional"] else 1.0
            yield Example(events[e]["type"], find_traits(candidates[c]), weight)


def _candidates(nlp: Language, article: Article) -> list[Candidate]:
    with nlp.select_pipes(disable=["carefeed_events"]):
        doc = nlp(make_doc(nlp, article))
    return [candidate for candidate, _ in weigh(doc, make_passages(doc), load_cues())]


def _marked(nlp: Language, sentence: str, place: int) -> Candidate | None:
    """The candidate of the word at ``place``, or one made of its trigger alone."""
    block = Block("body", sentence, 0, len(sentence))
    article = Article(
        "example", "https://www.example.org/", "", None, _PUBLISHED, (), None, None, None, None, sentence, (block,)
    )
    with nlp.select_pipes(disable=["carefeed_events"]):
        doc = nlp(make_doc(nlp, article))
    published = london_day(doc._.published)
    passage = next(each for each in make_passages(doc) if each.kind == "body")
    position = passage.words.at(passage.start_char + place)
    for candidate, _ in weigh(doc, [passage], load_cues()):
        if candidate.trigger.first <= position < candidate.trigger.last:
            return candidate
    reading = read_passage(passage, load_cues(), published)
    trigger = next((each for each in reading.triggers if each.first <= position < each.last), None)
    return Candidate(reading, trigger, trigger.type, "", "", "") if trigger is not None else None


def write_counts(path: Path, examples: Sequence[Example], made_by: Sequence[str]) -> None:
    """The file that ``type_counts`` reads, with a head that says what made it."""
    seen = Counter(trait for example in examples for trait in example.traits)
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for example in examples:
        for trait in (ANY, *(each for each in example.traits if seen[each] >= _RAREST)):
            counts[trait][example.type] += example.weight  # type: ignore[assignment]
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(f"# {line}\n" for line in made_by)
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["trait", *EVENT_TYPES])
        for trait, by_type in sorted(counts.items()):
            rows.writerow([trait, *(f"{by_type[kind]:g}" if by_type[kind] else "" for kind in EVENT_TYPES)])


def main() -> None:
    """Count the examples given and write the counts beside this module."""
    parser = argparse.ArgumentParser(description="Count which traits stand with which event type.")
    parser.add_argument("lines", type=Path)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--out", type=Path, default=FILE)
    options = parser.parse_args()
    nlp = Extractor("none", load_registers(find_models())).nlp
    by_lines = list(of_lines(nlp, read_lines(options.lines)))
    by_articles = [example for folder in options.folders for example in of_articles(nlp, folder)]
    made_by = (
        "Written by pipeline/extraction/events/type_fitting.py; don't edit by hand.",
        f"How often a trait stood with a type in {len(by_lines)} sentences and {len(by_articles)} annotated events.",
    )
    write_counts(options.out, by_lines + by_articles, made_by)


if __name__ == "__main__":
    main()
