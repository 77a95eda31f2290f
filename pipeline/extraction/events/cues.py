"""The cue lexicon ``cues.toml``, read once, checked, and turned into tables by word form."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from pipeline.errors import RegisterError
from pipeline.extraction.events.inflection import inflect
from pipeline.vocabulary import EVENT_TYPES

_FILE: Final = Path(__file__).with_name("cues.toml")

#: The type of a verb of finding ("research has found"), which tells that a report is out.
FINDING: Final = "finding"

#: The type of a verb that the lexicon doesn't know: a date beside it may be an event's all the same.
OTHER: Final = "other"

#: Types of verbs that claim the dates beside them and tell no event.
DECOYS: Final = ("statistic", "opinion")


@dataclass(frozen=True, slots=True)
class VerbCue:
    """A verb that tells an event: ``parts`` must follow it (``*`` for a gap, ``@class`` for a word of a class)."""

    type: str
    base: str
    parts: tuple[str, ...]
    is_strong: bool


@dataclass(frozen=True, slots=True)
class NounCue:
    """A noun phrase that tells an event; ``rest`` are the words after its first."""

    type: str
    rest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cues:
    """Tables by word form. ``verbs`` gives the letters of the form (see ``inflection``) and its cues, longest first."""

    verbs: Mapping[str, tuple[str, tuple[VerbCue, ...]]]
    nouns: Mapping[str, tuple[NounCue, ...]]
    classes: Mapping[str, frozenset[str]]
    governors: Mapping[str, tuple[str, str]]
    adjectives: frozenset[str]
    noun_forms: frozenset[str]
    due: frozenset[str]
    before_due: frozenset[str]
    intransitive: frozenset[str]
    participles: frozenset[str]
    reporting: Mapping[str, str]
    opinion: Mapping[str, str]


@cache
def load_cues(path: Path = _FILE) -> Cues:
    """The lexicon; raises ``RegisterError`` where the file names an unknown type or class."""
    with path.open("rb") as file:
        raw = tomllib.load(file)
    irregular: dict[str, str] = raw["irregular"]
    classes = {name: frozenset(words.split()) for name, words in raw["classes"].items()}
    verbs: dict[str, tuple[str, list[VerbCue]]] = {}
    for kind, groups in raw["verbs"].items():
        if kind not in (*EVENT_TYPES, FINDING, *DECOYS):
            raise RegisterError(f"{path}: no event type is called {kind!r}", "use the types of vocabulary.EVENT_TYPES")
        for strength, phrases in groups.items():
            for phrase in phrases:
                base, *parts = phrase.split()
                _check_classes(path, phrase, parts, classes)
                cue = VerbCue(kind, base, tuple(parts), strength == "strong")
                for form, letters in inflect(base, irregular).items():
                    known = verbs.setdefault(form, (letters, []))
                    known[1].append(cue)
    nouns: dict[str, list[NounCue]] = {}
    for kind, phrases in raw["nouns"].items():
        for phrase in phrases:
            first, *rest = phrase.split()
            nouns.setdefault(first, []).append(NounCue(kind, tuple(rest)))
    return Cues(
        {form: (letters, tuple(sorted(found, key=_by_length))) for form, (letters, found) in verbs.items()},
        {form: tuple(sorted(found, key=lambda cue: -len(cue.rest))) for form, found in nouns.items()},
        classes,
        {
            form: (mood, letters)
            for mood in ("planned", "proposed", "required", "done", "undone")
            for base in raw["governors"][mood]
            for form, letters in inflect(base, irregular).items()
        },
        frozenset(raw["governors"]["adjectives"]),
        frozenset(raw["forms"]["nouns"]),
        frozenset(raw["due"]["words"]),
        frozenset(raw["due"]["before"]),
        frozenset(form for base in raw["forms"]["intransitive"] for form in inflect(base, irregular)),
        frozenset(raw["forms"]["participles"]),
        _forms(raw["reporting"]["verbs"], irregular),
        _forms(raw["reporting"]["opinion"], irregular),
    )


def _by_length(cue: VerbCue) -> tuple[int, bool, bool]:
    """Longer cues first; of equally long ones those of plain words before those that ask for a class."""
    return -len(cue.parts), any(part.startswith("@") for part in cue.parts), not cue.is_strong


def _forms(bases: list[str], irregular: Mapping[str, str]) -> dict[str, str]:
    return {form: base for base in bases for form in inflect(base, irregular)}


def _check_classes(path: Path, phrase: str, parts: list[str], classes: Mapping[str, frozenset[str]]) -> None:
    for part in parts:
        if part.startswith("@") and part != "@money" and part[1:] not in classes:
            raise RegisterError(f"{path}: {phrase!r} asks for a class that isn't there", "add it under [classes]")
