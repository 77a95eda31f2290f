"""Events that were missed and that a reviewer added to a sentence: an article's events with them among them.

What was added is a telling like those that were found, certain and with its reason; decisions on it work as on others.
Where the same event is found by itself later on, the reviewer's words for it stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from pipeline.lists import unique
from pipeline.records import Article, EventMention
from pipeline.timeline.decisions import ADDED, Decision, content_key, correct, standing_decisions

ABOUT: Final = "missed"


def missed_decision(
    article_id: str, field: str, quote: str, corrections: Mapping[str, str], decided: str, reviewer: str = ""
) -> Decision:
    """The decision that a sentence of a field tells an event; date and type are among the corrections."""
    rest = {name: cell for name, cell in corrections.items() if name not in ("date", "type")}
    return Decision(
        article_id, quote, corrections["type"], corrections["date"], "add", decided, rest, reviewer,
        about=ABOUT, what=field,
    )  # fmt: skip


def add_events(
    article: Article, events: Sequence[EventMention], decisions: Iterable[Decision]
) -> tuple[tuple[EventMention, ...], tuple[Decision, ...]]:
    """The events with those that were added behind them, and the decisions whose sentence isn't there any more."""
    own = standing_decisions((each for each in decisions if each.article_id == article.article_id), ABOUT)
    found = {content_key(article.article_id, e.quote, e.type, e.date): i for i, e in enumerate(events)}
    told, gone = list(events), []
    for _, decision in sorted(own.items()):
        text = article.title if decision.what == "title" else article.text
        start = text.find(decision.quote)
        place = found.get(content_key(article.article_id, decision.quote, decision.type, decision.date))
        if place is not None:
            told[place] = _as_decided(told[place], decision)
        elif start >= 0:
            told.append(_as_decided(_plain(decision, start), decision))
        else:
            gone.append(decision)
    return tuple(told), tuple(gone)


def _plain(decision: Decision, start: int) -> EventMention:
    """The event of the sentence, before anything is said of it but date and type."""
    return EventMention(
        quote=decision.quote,
        start_char=start,
        end_char=start + len(decision.quote),
        date=decision.date,
        date_basis="explicit",
        type=decision.type,
        status="happened",
        policies=(),
        organisations=(),
        people=(),
        amount=None,
        nation=None,
        confidence=1.0,
        reasons=(),
        field=decision.what,
    )


def _as_decided(mention: EventMention, decision: Decision) -> EventMention:
    mention = correct(mention, decision.corrections)
    return replace(mention, confidence=1.0, reasons=unique((ADDED, *mention.reasons)))
