"""The words of plain lines, read from ``plain.toml`` and checked."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from pipeline.errors import RegisterError
from pipeline.timeline.headline import load_words
from pipeline.vocabulary import EVENT_TYPES

_FILE: Final = Path(__file__).parent / "plain.toml"
_TABLES: Final = ("done_to", "does", "phrases", "acts", "lines", "variants", "bodies")
#: A line in full: its subject, and what is said of it done, to come and under way.
FORMS: Final = 4


@dataclass(frozen=True, slots=True)
class PlainWords:
    """The tables of ``plain.toml``, each by event type.

    ``done_to`` are verbs that are done to a policy, ``does`` verbs that a policy does itself, both as bases with their
    particle ("set up"); ``phrases`` give a fixed phrase its forms, done and to come. ``acts`` are lines with an
    actor (base and object), ``lines`` those without one: what stands for the event, {} being the policy, and what is
    done, as a participle or in three forms (done, to come, under way). ``variants`` are lines for sentences with some
    words, ``bodies`` lines for policies that are bodies by their last word (``body_end``). ``weak`` are the
    types whose line alone says so little that the sentence's own words are better.
    """

    done_to: Mapping[str, tuple[str, ...]]
    does: Mapping[str, tuple[str, ...]]
    phrases: Mapping[str, Mapping[str, tuple[str, ...]]]
    acts: Mapping[str, tuple[str, ...]]
    lines: Mapping[str, tuple[str, ...]]
    variants: Mapping[str, tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]]
    bodies: Mapping[str, tuple[str, ...]]
    body_end: re.Pattern[str]
    weak: frozenset[str]
    laws: tuple[str, ...] = ("{}", "implemented")


@cache
def load_plain() -> PlainWords:
    """The words of plain lines; raises ``RegisterError`` where a table or an event type is missing or unknown."""
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    if set(data) != {*_TABLES, "weak"}:
        raise RegisterError(f"{_FILE.name} must have weak, {', '.join(_TABLES)} and nothing else")
    if unknown := set(data["weak"]) - set(EVENT_TYPES):
        raise RegisterError(f"{_FILE.name}: weak has {', '.join(sorted(unknown))}, which is no type of event")
    for table in _TABLES:
        if unknown := set(data[table]) - {*EVENT_TYPES, *(["words"] if table == "bodies" else ())}:
            raise RegisterError(f"{_FILE.name}: [{table}] has {', '.join(sorted(unknown))}, which is no type of event")
    lines = [*data["lines"].values(), *(line for own in data["variants"].values() for line in own.values())]
    if any(len(line) not in (2, FORMS) for line in lines):
        raise RegisterError(f"{_FILE.name}: a line has a subject and a participle, or a subject and three forms")
    if missing := set(EVENT_TYPES) - set(data["lines"]):
        raise RegisterError(f"{_FILE.name}: [lines] lacks {', '.join(sorted(missing))}")
    for type_, verbs in [*data["done_to"].items(), *data["does"].items()]:
        if unlisted := {verb.split()[0] for verb in verbs} - load_words().bases:
            raise RegisterError(f"{_FILE.name}: {type_}: {', '.join(sorted(unlisted))} is not in verbs.txt")
    return PlainWords(
        done_to={type_: tuple(verbs) for type_, verbs in data["done_to"].items()},
        does={type_: tuple(verbs) for type_, verbs in data["does"].items()},
        phrases={type_: {key: tuple(forms) for key, forms in own.items()} for type_, own in data["phrases"].items()},
        acts={type_: tuple(act) for type_, act in data["acts"].items()},
        lines={type_: tuple(line) for type_, line in data["lines"].items()},
        variants={
            type_: tuple((re.compile(pattern), tuple(line)) for pattern, line in own.items())
            for type_, own in data["variants"].items()
        },
        bodies={type_: tuple(line) for type_, line in data["bodies"].items() if type_ != "words"},
        weak=frozenset(data["weak"]),
        body_end=re.compile(rf"\b(?:{'|'.join(data['bodies']['words'])})$"),
    )
