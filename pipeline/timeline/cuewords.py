"""The cue words of ``cues.toml``: what a sentence says is done to a plan, which part of a thing's life it tells, what
is done, what kind of document is put out, and which words tell an event of each type. No names.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
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
    folded = fold(text)
    return frozenset(group for group, pattern in load_cues()[kind].items() if pattern.search(folded))


def cue_spans(text: str, kind: str, group: str) -> list[tuple[int, int]]:
    """Where the cue words of one group stand in a text."""
    return [match.span() for match in load_cues()[kind][group].finditer(fold(text))]


@cache
def load_cues(path: Path = _FILE) -> Mapping[str, Mapping[str, re.Pattern[str]]]:
    """The cue words by kind and group, each group as one pattern over folded text.

    A phrase is matched as whole words; ``*`` at a word's end stands for any ending, ``...`` for up to four words.
    Raises ``RegisterError`` where the file lacks a group, has one too many, or an empty phrase.
    """
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    for kind, groups in _GROUPS.items():
        if set(data.get(kind, {})) != set(groups):
            raise RegisterError(f"{path.name}: [{kind}] must have the groups {', '.join(groups)}")
    return {
        kind: {group: _compile(data[kind][group], f"{path.name}: {kind}.{group}") for group in groups}
        for kind, groups in _GROUPS.items()
    }


def _compile(phrases: Iterable[str], where: str) -> re.Pattern[str]:
    parts = []
    for phrase in phrases:
        if not phrase.strip():
            raise RegisterError(f"{where} has an empty phrase")
        words = [re.escape(word).replace(r"\*", r"[a-z0-9.]*") for word in phrase.split()]
        parts.append(r"\s+".join(words).replace(r"\s+\.\.\.\s+", r"(?:\s+\S+){0,4}?\s+"))
    return re.compile(rf"(?<![a-z0-9])(?:{'|'.join(parts)})(?![a-z0-9])")
