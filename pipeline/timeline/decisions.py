"""What reviewers decided on rows of the timeline, kept as lines and applied to every later run.

    events, tellings ─review_rows─▶ spreadsheet ─read_review─▶ Decision ─dump_decision─▶ decisions.jsonl
    decisions.jsonl ─parse_decisions─▶ Decision ─apply_decisions─▶ tellings, and the decisions that found nothing

A decision is about one telling and is keyed by content: the article, the sentence, and the type and date that were
found. So it holds on another machine and in another run. A telling whose sentence is gone, or of which another type or
date is found now, is left as it is and the decision is listed as ``gone`` or ``changed``: it is never lost. Lines are
only ever added, and of several on one key the latest counts, so two people's files are merged by joining their lines.
A decision is taken back by a line with the verdict ``withdraw``. Decisions on other things than a telling (``about``)
stand in the same file: which tellings are one event (``grouping``), which events are linked (``linking``), numbers and
links to names (``mending``), events that were missed (``adding``), and that an article has been read through: with the
decisions on it, all that it tells was found, and is right.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Final

from pipeline import edtf
from pipeline.errors import RegisterError
from pipeline.lists import unique
from pipeline.records import EventMention, PolicyEvent, Telling
from pipeline.timeline.wording import fold
from pipeline.vocabulary import DATE_BASES, DIRECTIONS, EVENT_TYPES, LINK_KINDS, ROLES, STATUSES, UNITS

VERDICTS: Final = ("accept", "correct", "reject")
#: Verdicts that have no corrections.
_BARE: Final = ("accept", "reject")
WITHDRAWN: Final = "withdraw"
#: What a decision can be about, and the verdicts on it beside that of taking back.
ABOUT: Final[Mapping[str, tuple[str, ...]]] = {
    "event": VERDICTS,
    "group": ("join", "alone"),
    "chain": ("link", "unlink"),
    "missed": ("add",),
    "number": VERDICTS,
    "mention": ("correct", "reject"),
    "article": ("accept",),
}
ACCEPTED: Final = "accepted by a reviewer"
CORRECTED: Final = "corrected by a reviewer"
ADDED: Final = "added by a reviewer"
_HASH_LENGTH: Final = 16
_LIST_MARK: Final = "; "
_NEEDED: Final = {"article_id", "quote", "type", "date", "verdict", "decided"}
_MAY_BE_EMPTY: Final = ("policies", "organisations", "amount", "value_high", "period", "direction")
_WORDS: Final = {
    "type": EVENT_TYPES, "status": STATUSES, "unit": UNITS, "role": ROLES, "direction": DIRECTIONS,
    "kind": LINK_KINDS, "date_basis": DATE_BASES,
}  # fmt: skip

#: What can be corrected: the column of the spreadsheet and the reader of its cell.
_CELLS: Final = ("date", "type", "status", "policies", "organisations", "amount")
CORRECTABLE: Final = (*_CELLS, "title")
REVIEW_COLUMNS: Final = (
    "verdict", *(f"new_{name}" for name in _CELLS), "note", "confidence", "reasons", "title", "quote",
    *_CELLS, "state", "n_articles", "url", "event_id", "keys", "new_title",
)  # fmt: skip
#: The same for the other things that a decision can be about; ``with`` is the key of a telling of the same event.
CORRECTABLE_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "event": CORRECTABLE,
    "group": ("with",),
    "chain": ("kind",),
    "missed": ("date_basis", "status", "policies", "organisations", "amount", "title"),
    "number": ("value", "value_high", "unit", "measure", "period", "role", "direction"),
    "mention": ("name",),
    "article": (),
}


@dataclass(frozen=True, slots=True)
class Decision:
    """One verdict on one telling, or on what else ``about`` says.

    ``corrections`` are cells as typed, by name of the field; an empty list of names is written as ``-``. ``decided`` is
    an ISO moment. ``quote`` is kept so that a decision can be read when its article is gone. ``what`` is empty for a
    telling; for a number its words and its place in the sentence (``12%@34``), for a link ``organisation:`` or
    ``policy:`` and the name that was found, for a chain the article and the key of a telling of the other event, for an
    event that was missed the field of its sentence.
    """

    article_id: str
    quote: str
    type: str
    date: str
    verdict: str
    decided: str
    corrections: Mapping[str, str] = field(default_factory=dict)
    reviewer: str = ""
    note: str = ""
    about: str = "event"
    what: str = ""

    @property
    def key(self) -> str:
        """Stands for what the decision is about: for a decision on a telling, that telling."""
        if self.about == "event":
            return content_key(self.article_id, self.quote, self.type, self.date)
        return content_key(f"{self.about} {self.article_id} {self.what}", self.quote, self.type, self.date)


@dataclass(frozen=True, slots=True)
class Applied:
    """What applying gave: the tellings that stay, and the decisions that were used, found gone, or found changed."""

    tellings: tuple[Telling, ...]
    used: tuple[Decision, ...]
    gone: tuple[Decision, ...]
    changed: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class ReviewProblem:
    """A line of a reviewed spreadsheet that can't be taken, counted from 1 below the header, and why."""

    line: int
    reason: str


def content_key(article_id: str, quote: str, type_: str, date: str) -> str:
    """The key of a telling: the same for the same sentence however its quotation marks are drawn.

    >>> content_key("a-1", "A “fund” ends", "ending", "2025") == content_key("a-1", 'A "fund"  ends', "ending", "2025")
    True
    """
    plain = " ".join(fold(quote).replace("“", '"').replace("”", '"').split())
    return hashlib.sha256("\n".join((article_id, plain, type_, date)).encode()).hexdigest()[:_HASH_LENGTH]


def telling_key(telling: Telling) -> str:
    """The key of a telling as it is now."""
    mention = telling.mention
    return content_key(telling.article_id, mention.quote, mention.type, mention.date)


# --------------------------------------------------------------------------- out to a spreadsheet


def review_rows(
    events: Iterable[PolicyEvent], tellings: Iterable[Telling], limit: int | None = None
) -> list[dict[str, str]]:
    """Rows to review, the least certain first, with the columns ``REVIEW_COLUMNS``; those decided on are left out.

    ``verdict`` and the ``new_…`` columns are empty. ``keys`` are those of every telling of the event.
    """
    by_id = {telling.evidence_id: telling for telling in tellings}
    doubtful = sorted(
        (event for event in events if not {ACCEPTED, CORRECTED, ADDED} & set(event.reasons)),
        key=lambda event: (event.confidence, event.event_id),
    )
    return [_review_row(event, by_id) for event in doubtful[:limit]]


def _review_row(event: PolicyEvent, by_id: Mapping[str, Telling]) -> dict[str, str]:
    row = dict.fromkeys(REVIEW_COLUMNS, "")
    row |= {
        "confidence": f"{event.confidence:.2f}",
        "reasons": _LIST_MARK.join(event.reasons),
        "title": event.title,
        "quote": event.quote,
        "date": event.date,
        "type": event.type,
        "status": event.status,
        "policies": _LIST_MARK.join(event.policies),
        "organisations": _LIST_MARK.join(event.organisations),
        "amount": "" if event.amount is None else f"{event.amount:g}" if event.amount % 1 else f"{event.amount:.0f}",
        "state": event.state or "",
        "n_articles": str(event.n_articles),
        "url": event.url,
        "event_id": event.event_id,
        "keys": _LIST_MARK.join(unique(telling_key(by_id[each]) for each in event.evidence_ids if each in by_id)),
    }
    return row


# --------------------------------------------------------------------------- in from a spreadsheet


def read_review(
    rows: Sequence[Mapping[str, str]],
    tellings: Iterable[Telling],
    decided: str,
    reviewer: str = "",
    settle: Callable[[Mapping[str, str]], tuple[dict[str, str], str]] = lambda corrections: (dict(corrections), ""),
) -> tuple[list[Decision], list[ReviewProblem]]:
    """Decisions from reviewed rows, one per telling of the event, and the rows that can't be taken.

    Rows without a verdict are passed over. ``decided`` is the moment of the review in ISO 8601. ``settle`` gives the
    corrections with every name in full, and what is wrong with the names.
    """
    by_key = {telling_key(telling): telling for telling in tellings}
    decisions: list[Decision] = []
    problems = []
    for line, row in enumerate(rows, 1):
        verdict = (row.get("verdict") or "").strip().lower()
        if not verdict:
            continue
        corrections = {name: (row.get(f"new_{name}") or "").strip() for name in CORRECTABLE}
        corrections = {name: value for name, value in corrections.items() if value}
        keys = [key for key in (row.get("keys") or "").split(_LIST_MARK) if key]
        found = [by_key[key] for key in keys if key in by_key]
        corrections, unknown = settle(corrections)
        reason = _refuse(verdict, corrections, keys, found) or unknown
        if reason:
            problems.append(ReviewProblem(line, reason))
            continue
        note = (row.get("note") or "").strip()
        decisions += [decide(telling, verdict, decided, corrections, reviewer, note=note) for telling in found]
    return decisions, problems


def decide(
    telling: Telling, verdict: str, decided: str, corrections: Mapping[str, str], reviewer: str = "", **others: str
) -> Decision:
    """The decision with this verdict on a telling as it was found; ``others`` are further fields of ``Decision``."""
    mention = telling.mention
    return Decision(
        telling.article_id,
        mention.quote,
        mention.type,
        mention.date,
        verdict,
        decided,
        {} if verdict in _BARE else corrections,
        reviewer,
        **others,
    )


def _refuse(verdict: str, corrections: Mapping[str, str], keys: Sequence[str], found: Sequence[Telling]) -> str:
    """Why a row can't be taken; empty where it can."""
    if verdict not in VERDICTS:
        return f"the verdict {verdict!r} is none of {', '.join(VERDICTS)}"
    if verdict == "correct" and not corrections:
        return "the verdict is correct, but no new_ column says what is right"
    if verdict != "correct" and corrections:
        return f"the verdict is {verdict}, but {', '.join(f'new_{name}' for name in corrections)} would correct it"
    if not keys:
        return "the column keys is empty: it says which sentences the row is about"
    if not found:
        return "none of its sentences is in the archive any more: export the rows anew"
    return check_corrections(corrections)


def check_corrections(corrections: Mapping[str, str], about: str = "event") -> str:
    """What is wrong with the corrections; empty where nothing is.

    >>> check_corrections({"date": "2025-13"})
    "the date '2025-13' is no EDTF date"
    """
    for name, value in corrections.items():
        if name not in CORRECTABLE_OF[about]:
            return f"{name!r} can't be corrected: {', '.join(CORRECTABLE_OF[about])} can"
        if value == "-" and name in _MAY_BE_EMPTY:
            continue
        if name in ("date", "period") and not edtf.is_valid(value):
            return f"the {name} {value!r} is no EDTF date"
        allowed = _WORDS.get(name)
        if allowed and value not in allowed:
            return f"the {name} {value!r} is none of {', '.join(allowed)}"
        if name in ("amount", "value", "value_high") and not _is_number(value):
            return f"the {name} {value!r} is no number{' of pounds' if name == 'amount' else ''}"
        if name in ("title", "name", "measure") and not value.strip(" -"):
            return f"the {name} is empty"
    return ""


def _is_number(value: str) -> bool:
    plain = value.replace(",", "").removeprefix("-")
    return plain.isascii() and plain.replace(".", "", 1).isdigit()


# --------------------------------------------------------------------------- lines of the file


def dump_decision(decision: Decision) -> str:
    """The decision as one line of JSON, without the line end; the same bytes for the same decision."""
    return json.dumps({**asdict(decision), "key": decision.key}, ensure_ascii=False, sort_keys=True)


def parse_decisions(lines: Iterable[str], where: str) -> list[Decision]:
    """The decisions of a file's lines, in order; blank lines are passed over.

    Raises ``RegisterError`` naming ``where``, the line and the reason: bad JSON, a field that is missing or not ours, a
    word that isn't allowed, a key that isn't that of the content.
    """
    return [_parse(line, f"{where}, line {number}") for number, line in enumerate(lines, 1) if line.strip()]


def _parse(line: str, where: str) -> Decision:
    try:
        data = json.loads(line)
    except json.JSONDecodeError as error:
        raise RegisterError(f"{where} is no JSON: {error}") from error
    names = {each.name for each in fields(Decision)}
    if not isinstance(data, dict) or not _NEEDED <= set(data) <= names | {"key"}:
        raise RegisterError(f"{where} must be an object with {', '.join(sorted(names))} and key")
    key = data.pop("key", None)
    decision = Decision(**data)
    if decision.about not in ABOUT:
        raise RegisterError(f"{where}: a decision is about {', '.join(ABOUT)}, not {decision.about!r}")
    verdicts = (*ABOUT[decision.about], WITHDRAWN)
    if decision.verdict not in verdicts:
        raise RegisterError(f"{where}: the verdict {decision.verdict!r} is none of {', '.join(verdicts)}")
    reason = check_corrections(decision.corrections, decision.about)
    if decision.about == "missed":  # the others have date and type as they were found
        reason = reason or check_corrections({"date": decision.date, "type": decision.type})
    if reason:
        raise RegisterError(f"{where}: {reason}")
    if key not in (None, decision.key):
        raise RegisterError(f"{where}: the key isn't that of the article, quote, type and date beside it")
    return decision


def latest_decisions(decisions: Iterable[Decision]) -> dict[str, Decision]:
    """The decision that counts for each key: the latest, whatever order the lines are in."""
    return {each.key: each for each in sorted(decisions, key=lambda each: (each.decided, dump_decision(each)))}


def standing_decisions(decisions: Iterable[Decision], about: str = "event") -> dict[str, Decision]:
    """The latest decision on each thing of a kind, without those that were taken back."""
    latest = latest_decisions(each for each in decisions if each.about == about)
    return {key: each for key, each in latest.items() if each.verdict != WITHDRAWN}


def is_repeated(decision: Decision, latest: Decision | None) -> bool:
    """Whether a decision says what the latest one on its telling does, by whomever and whenever."""
    if latest is None:
        return False
    return (decision.verdict, decision.corrections, decision.note) == (latest.verdict, latest.corrections, latest.note)


# --------------------------------------------------------------------------- applied


def apply_decisions(tellings: Iterable[Telling], decisions: Iterable[Decision]) -> Applied:
    """The tellings as reviewers want them: rejected ones gone, corrected ones mended, both kinds certain.

    A telling that nobody decided on stays as it is. The decisions come back in the order of their keys.
    """
    tellings = tuple(tellings)
    wanted = standing_decisions(decisions)
    used: dict[str, Decision] = {}
    kept = []
    for telling in tellings:
        key = telling_key(telling)
        decision = wanted.get(key)
        if decision is None:
            kept.append(telling)
            continue
        used[key] = decision
        if decision.verdict != "reject":
            kept.append(_decide(telling, decision))
    sentences: dict[str, set[str]] = defaultdict(set)
    for telling in tellings:
        sentences[telling.article_id].add(" ".join(fold(telling.mention.quote).split()))
    missed = [wanted[key] for key in sorted(wanted) if key not in used]
    is_there = [" ".join(fold(each.quote).split()) in sentences[each.article_id] for each in missed]
    return Applied(
        tellings=tuple(kept),
        used=tuple(used[key] for key in sorted(used)),
        gone=tuple(each for each, there in zip(missed, is_there, strict=True) if not there),
        changed=tuple(each for each, there in zip(missed, is_there, strict=True) if there),
    )


def _decide(telling: Telling, decision: Decision) -> Telling:
    """The telling with what the reviewer put right, and sure."""
    mention = correct(telling.mention, decision.corrections)
    reason = CORRECTED if decision.corrections else ACCEPTED
    return replace(telling, mention=replace(mention, confidence=1.0, reasons=unique((reason, *mention.reasons))))


def correct(mention: EventMention, corrections: Mapping[str, str]) -> EventMention:
    """The event with what was put right, by name of the field; ``-`` empties one."""
    for name, cell in corrections.items():
        mention = _CORRECTIONS[name](mention, "" if cell == "-" else cell)
    return mention


def _names(cell: str) -> tuple[str, ...]:
    return unique(name.strip() for name in cell.split(_LIST_MARK.strip()) if name.strip())


_CORRECTIONS: Final[Mapping[str, Callable[[EventMention, str], EventMention]]] = {
    "date": lambda mention, cell: replace(mention, date=cell, date_basis="explicit"),
    "type": lambda mention, cell: replace(mention, type=cell),
    "status": lambda mention, cell: replace(mention, status=cell),
    "policies": lambda mention, cell: replace(mention, policies=_names(cell)),
    "organisations": lambda mention, cell: replace(mention, organisations=_names(cell)),
    "amount": lambda mention, cell: replace(mention, amount=float(cell.replace(",", "")) if cell else None),
    "title": lambda mention, cell: replace(mention, title=cell),
    "date_basis": lambda mention, cell: replace(mention, date_basis=cell),
}
