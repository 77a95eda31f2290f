"""What an archive has learnt from its articles, as lines that a project can adopt.

Pure functions: mentions in, candidates out; candidates and a file's text in, the file's new text out. Writing the
project's files, and asking before it, is the command line's.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.lists import unique
from pipeline.records import Mention
from pipeline.registers.entry import fold
from pipeline.registers.loading import LIST_SEPARATOR, ORGANISATION_COLUMNS, POLICY_COLUMNS, Registers

#: The file that candidates of a kind go to, and its columns.
TARGETS = {"organisation": ("organisations.csv", ORGANISATION_COLUMNS), "policy": ("policies.csv", POLICY_COLUMNS)}


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that articles name and no register has. ``aliases`` are its other forms, most frequent first."""

    kind: str
    name: str
    type: str
    acronym: str | None
    aliases: tuple[str, ...]
    n_articles: int
    n_mentions: int


def suggest(mentions: Iterable[tuple[str, Mention]], registers: Registers, fewest_articles: int = 2) -> list[Candidate]:
    """Candidates out of ``(article_id, mention)`` pairs, those in most articles first, then by mentions and name.

    Only what was learnt from the text counts (``origin`` is ``text``), in ``fewest_articles`` articles or more, and
    only what no register has a form of. Name and type are the most frequent ones; of equals, the first in order.
    """
    told: dict[str, list[tuple[str, Mention]]] = defaultdict(list)
    for article_id, mention in mentions:
        if mention.origin == "text":
            told[mention.entity_id].append((article_id, mention))
    candidates = [_make_candidate(tellings) for tellings in told.values()]
    return sorted(
        (
            candidate
            for candidate in candidates
            if candidate.n_articles >= fewest_articles and not registers.find(candidate.kind, candidate.name)
        ),
        key=lambda each: (-each.n_articles, -each.n_mentions, each.name),
    )


def _make_candidate(tellings: Sequence[tuple[str, Mention]]) -> Candidate:
    mentions = [mention for _, mention in tellings]
    name = _commonest(mention.name for mention in mentions)
    acronyms = [mention.acronym for mention in mentions if mention.acronym]
    acronym = _commonest(acronyms) if acronyms else None
    counts: dict[str, int] = defaultdict(int)
    for mention in mentions:
        counts[mention.text] += 1
    own = {fold(form).lower() for form in (name, acronym or "")}
    aliases = sorted((text for text in counts if fold(text).lower() not in own), key=lambda text: (-counts[text], text))
    return Candidate(
        kind=mentions[0].kind,
        name=name,
        type=_commonest(mention.type for mention in mentions),
        acronym=acronym,
        aliases=tuple(aliases),
        n_articles=len(unique(article_id for article_id, _ in tellings)),
        n_mentions=len(mentions),
    )


def _commonest(values: Iterable[str]) -> str:
    counts: dict[str, int] = defaultdict(int)
    for value in values:
        counts[value] += 1
    return min(counts, key=lambda value: (-counts[value], value))


def add(text: str | None, candidates: Sequence[Candidate]) -> str:
    """The text of a project's register file with the candidates as new lines at its end.

    ``text`` is the file as it is, ``None`` where there is none yet; all ``candidates`` are of one kind. A candidate
    whose name the file has already is left out, so adding twice is adding once.

    >>> plan = Candidate("policy", "Plan A", "strategy", None, ("The Plan",), 2, 3)
    >>> print(add(None, [plan]), end="")
    name,acronym,type,nation,aliases,weak,start,end,successor
    Plan A,,strategy,,The Plan,,,,
    """
    if not candidates:
        return text or ""
    _, columns = TARGETS[candidates[0].kind]
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
    if text is None:
        writer.writeheader()
    else:
        out.write(text if text.endswith("\n") else f"{text}\n")
    held = {fold(row["name"] or "").lower() for row in csv.DictReader(io.StringIO(text or "", newline=""))}
    for candidate in candidates:
        if fold(candidate.name).lower() not in held:
            writer.writerow(
                {
                    "name": candidate.name,
                    "acronym": candidate.acronym or "",
                    "type": candidate.type,
                    "aliases": LIST_SEPARATOR.join(candidate.aliases),
                }
            )
    return out.getvalue()
