"""The cue words of ``cues.toml``: what a sentence says is done to a plan, which part of a thing's life it tells, what
is done, what kind of document is put out, and which words tell an event of each type. No names.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from pipeline.errors import RegisterError
from pipeline.timeline.wording import fold
from pipeline.vocabulary import EVENT_TYPES

#: Acts that can be told of many things about one policy, so that only wording shows which is meant.
COMMON_ACTS: Final = frozenset(
    {"publish", "award", "extend", "ask", "meet", "report", "choose", "enrol", "test", "widen"}
)

_FILE: Final = Path(__file__).with_name("cues.toml")
_RUN: Final = re.compile(r"[a-z0-9]+")
_GROUPS: Final = {
    "answers": ("drop", "delay", "advance", "replace", "confirm", "extend"),
    "phases": ("start", "test", "finish"),
    "acts": (
        "found", "force", "close", "unfund", "drop", "publish", "consult", "choose", "award", "enrol", "enact",
        "debate", "meet", "ask", "report", "extend", "widen", "strike",
    ),
    "documents": ("report", "figures", "poll", "minutes", "resources", "guidance", "strategy", "response"),
    "types": EVENT_TYPES,
}  # fmt: skip


def cue_groups(text: str, kind: str) -> frozenset[str]:
    """The groups of cue words of one kind (``answers``, ``phases``, ``acts``, ``documents``) that stand in a text.

    >>> sorted(cue_groups("The launch has been pushed back to May", "answers"))
    ['delay']
    """
    (found,) = cue_groups_of(text, [kind])
    return found


def cue_groups_of(text: str, kinds: Iterable[str]) -> Iterator[frozenset[str]]:
    """The same for several kinds, in their order."""
    folded, patterns = fold(text), load_cues()
    likely = {pair for run in set(_RUN.findall(folded) or [""]) for pair in _groups_opened(run)}
    for kind in kinds:
        yield frozenset(group for of, group in likely if of == kind and patterns[kind][group].search(folded))


@lru_cache(maxsize=65536)
def _groups_opened(run: str) -> tuple[tuple[str, str], ...]:
    """The groups, each with its kind before it, of which a phrase may begin with a run of letters and figures.

    Few do, so that few groups need be looked for.
    """
    return tuple(
        (kind, group)
        for kind, groups in _load_openings().items()
        for group, opening in groups.items()
        if opening.fullmatch(run)
    )


@cache
def _load_openings() -> Mapping[str, Mapping[str, re.Pattern[str]]]:
    """By kind and group, what a phrase may begin with, up to the first sign that is no letter or figure."""
    return {
        kind: {group: re.compile("|".join(map(_opening, phrases))) for group, phrases in groups.items()}
        for kind, groups in _read(_FILE).items()
    }


def _opening(phrase: str) -> str:
    run = _RUN.match(phrase)
    if run is None:
        return ".*"
    return run[0] + (".*" if phrase[run.end() : run.end() + 1] == "*" else "")


def cue_spans(text: str, kind: str, group: str) -> list[tuple[int, int]]:
    """Where the cue words of one group stand in a text."""
    return [match.span() for match in load_cues()[kind][group].finditer(fold(text))]


@cache
def load_cues(path: Path = _FILE) -> Mapping[str, Mapping[str, re.Pattern[str]]]:
    """The cue words by kind and group, each group as one pattern over folded text.

    A phrase is matched as whole words; ``*`` at a word's end stands for any ending, ``...`` for up to four words.
    Raises ``RegisterError`` where the file lacks a group, has one too many, or an empty phrase.
    """
    data = _read(path)
    return {
        kind: {group: _compile(data[kind][group], f"{path.name}: {kind}.{group}") for group in groups}
        for kind, groups in _GROUPS.items()
    }


def _read(path: Path) -> Mapping[str, Mapping[str, Sequence[str]]]:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    for kind, groups in _GROUPS.items():
        if set(data.get(kind, {})) != set(groups):
            raise RegisterError(f"{path.name}: [{kind}] must have the groups {', '.join(groups)}")
    return data


def _compile(phrases: Iterable[str], where: str) -> re.Pattern[str]:
    parts = []
    for phrase in phrases:
        if not phrase.strip():
            raise RegisterError(f"{where} has an empty phrase")
        words = [re.escape(word).replace(r"\*", r"[a-z0-9.]*") for word in phrase.split()]
        parts.append(r"\s+".join(words).replace(r"\s+\.\.\.\s+", r"(?:\s+\S+){0,4}?\s+"))
    return re.compile(rf"(?<![a-z0-9])(?:{'|'.join(parts)})(?![a-z0-9])")
