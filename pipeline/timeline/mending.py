"""Numbers and links as reviewers corrected them, and the events they added: an article's extraction as they want it.

A decision on a number is about one number in one sentence, one on a link about every mention of an organisation or a
policy in an article. What is not there any more is left out of account; the decision is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Final

from pipeline.records import Article, Extraction, Mention, Quantity
from pipeline.registers import Registers, entity_id
from pipeline.timeline.adding import ABOUT as MISSED
from pipeline.timeline.adding import add_events
from pipeline.timeline.decisions import Decision, standing_decisions

NUMBER: Final = "number"
LINK: Final = "mention"


def number_decision(
    article: Article, quantity: Quantity, verdict: str, decided: str, corrections: Mapping[str, str], reviewer: str = ""
) -> Decision:
    """A decision on a number of an article."""
    return Decision(
        article_id=article.article_id,
        quote=_quote(article, quantity),
        type="",
        date="",
        verdict=verdict,
        decided=decided,
        corrections=dict(corrections),
        reviewer=reviewer,
        about=NUMBER,
        what=_place(quantity),
    )


def link_decision(
    article_id: str,
    kind: str,
    name: str,
    verdict: str,
    decided: str,
    corrections: Mapping[str, str],
    reviewer: str = "",
) -> Decision:
    """A decision on every mention of an organisation or a policy (``kind``) in an article."""
    return Decision(
        article_id, "", "", "", verdict, decided, dict(corrections), reviewer, about=LINK, what=f"{kind}:{name}"
    )


def mend_extraction(
    article: Article, extraction: Extraction, decisions: Iterable[Decision], registers: Registers
) -> Extraction:
    """The article's numbers and mentions with the decisions on them, its events with those added; the rest as it is."""
    asked = (NUMBER, LINK, MISSED)
    decisions = [each for each in decisions if each.article_id == article.article_id and each.about in asked]
    if not decisions:
        return extraction
    on_numbers = standing_decisions(decisions, NUMBER)
    on_links = {each.what: each for each in standing_decisions(decisions, LINK).values()}
    return replace(
        extraction,
        quantities=_mend_quantities(article, extraction, on_numbers),
        mentions=tuple(_mend_mentions(extraction.mentions, on_links, registers)),
        events=add_events(article, extraction.events, decisions)[0],
    )


def _place(quantity: Quantity) -> str:
    return f"{quantity.text}@{quantity.start_char - quantity.quote_start}"


def _quote(article: Article, quantity: Quantity) -> str:
    field = article.title if quantity.field == "title" else article.text
    return field[quantity.quote_start : quantity.quote_end]


def _mend_quantities(article: Article, extraction: Extraction, wanted: Mapping[str, Decision]) -> tuple[Quantity, ...]:
    by_place = {(each.quote, each.what): each for each in wanted.values()}
    kept: list[Quantity] = []
    places: dict[int, int] = {}
    for i, quantity in enumerate(extraction.quantities):
        decision = by_place.get((_quote(article, quantity), _place(quantity)))
        if decision is not None and decision.verdict == "reject":
            continue
        places[i] = len(kept)
        for name, cell in decision.corrections.items() if decision else ():
            quantity = _NUMBER_CORRECTIONS[name](quantity, "" if cell == "-" else cell)  # noqa: PLW2901
        kept.append(quantity)
    return tuple(
        replace(each, compared_with=None if each.compared_with is None else places.get(each.compared_with))
        for each in kept
    )


def _mend_mentions(
    mentions: Iterable[Mention], wanted: Mapping[str, Decision], registers: Registers
) -> Iterable[Mention]:
    for mention in mentions:
        decision = wanted.get(f"{mention.kind}:{mention.name}")
        if decision is None:
            yield mention
        elif decision.verdict == "correct":
            name = decision.corrections["name"]
            entry = next(iter(registers.find(mention.kind, name)), None)
            yield replace(
                mention,
                entity_id=entity_id(mention.kind, name),
                name=name,
                type=entry.type if entry else mention.type,
                origin="register" if entry else "text",
                acronym=entry.acronym if entry else None,
            )


def _number(cell: str) -> float:
    return float(cell.replace(",", ""))


_NUMBER_CORRECTIONS: Final[Mapping[str, Callable[[Quantity, str], Quantity]]] = {
    "value": lambda quantity, cell: replace(quantity, value=_number(cell)),
    "value_high": lambda quantity, cell: replace(quantity, value_high=_number(cell) if cell else None),
    "unit": lambda quantity, cell: replace(quantity, unit=cell),
    "measure": lambda quantity, cell: replace(quantity, measure=cell),
    "period": lambda quantity, cell: replace(quantity, period=cell or None),
    "role": lambda quantity, cell: replace(quantity, role=cell),
    "direction": lambda quantity, cell: replace(quantity, direction=cell or None),
}
