"""What merging and chaining look at: a sentence's words without names, its days, its phase and its cue words.

The cue words stand in ``cues.toml``: groups of phrases that say what is done to a plan (dropped, put off, replaced) and
which part of a thing's life is told (its start, its test, its completion).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Final

from pipeline import edtf
from pipeline.errors import RegisterError
from pipeline.records import Telling
from pipeline.timeline.wording import content_words, fold, without_names

_FILE: Final = Path(__file__).with_name("cues.toml")
_GROUPS: Final = {
    "answers": ("drop", "delay", "advance", "replace", "confirm", "extend"),
    "phases": ("start", "test", "finish"),
    "acts": (
        "found", "force", "close", "unfund", "drop", "publish", "consult", "choose", "award", "enrol", "enact", "debate",
        "meet", "ask", "report", "extend", "widen", "strike",
    ),
    "documents": ("report", "figures", "poll", "minutes", "resources", "guidance", "strategy", "response"),
}  # fmt: skip
#: What is told on the day of publication as done was done then or in the days before.
_NEWS_DAYS: Final = 10


@dataclass(frozen=True, slots=True)
class Facts:
    """One telling, ready to be compared.

    ``first`` and ``last`` are the days of its date as ordinals, ``earliest`` the first day that it may really mean (news
    told with the publication date may be some days old). ``words`` are its content words without the names of its
    policies and bodies. ``phases``, ``acts`` and ``documents`` are the groups of cue words found.
    """

    telling: Telling
    first: int
    last: int
    earliest: int
    precision: str
    words: frozenset[str]
    policies: frozenset[str]
    organisations: frozenset[str]
    phases: frozenset[str]
    acts: frozenset[str]
    documents: frozenset[str]


def gather(telling: Telling) -> Facts:
    """The facts of one telling. A date that is none counts as the day of publication."""
    mention = telling.mention
    day = telling.published.date()
    first, last = edtf.parse(mention.date) or (day, day)
    is_news = mention.date_basis == "publication" and mention.status in ("happened", "ongoing")
    earliest = min(first, day - timedelta(days=_NEWS_DAYS)) if is_news else first
    plain = without_names(mention.quote, (*mention.policies, *mention.organisations))
    return Facts(
        telling=telling,
        first=first.toordinal(),
        last=last.toordinal(),
        earliest=earliest.toordinal(),
        precision=edtf.precision(mention.date) if edtf.is_valid(mention.date) else "day",
        words=content_words(plain),
        policies=frozenset(mention.policies),
        organisations=frozenset(mention.organisations),
        phases=cue_groups(plain, "phases"),
        acts=cue_groups(plain, "acts"),
        documents=cue_groups(plain, "documents"),
    )


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
        words = [re.escape(word).replace(r"\*", r"[a-z]*") for word in phrase.split()]
        parts.append(r"\s+".join(words).replace(r"\s+\.\.\.\s+", r"(?:\s+\S+){0,4}?\s+"))
    return re.compile(rf"(?<![a-z0-9])(?:{'|'.join(parts)})(?![a-z0-9])")
