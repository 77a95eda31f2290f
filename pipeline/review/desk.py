"""What lies on a reviewer's desk: the events of an archive with their tellings, and the decisions that stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from pipeline import rows
from pipeline.records import Article, Extraction, Quantity, Telling
from pipeline.registers import load_registers
from pipeline.review.naming import Names, load_names
from pipeline.reviewing import decisions_by_article, load_decisions, open_for_reading, told
from pipeline.store.contents import Contents
from pipeline.tables import Cell
from pipeline.timeline.adding import missed_decision
from pipeline.timeline.decisions import ABOUT, CORRECTABLE_OF, Decision, standing_decisions, telling_key
from pipeline.timeline.grouping import group_decision
from pipeline.timeline.linking import chain_decision, make_linking
from pipeline.timeline.mending import number_decision

Row = dict[str, Cell]
#: The cells of an event that a reviewer sees and can correct.
_SHOWN: Final = (
    "event_id", "date", "date_label", "date_earliest", "type", "status", "state", "title", "policies", "organisations",
    "amount", "confidence", "reasons", "quote", "url", "n_articles",
)  # fmt: skip
_TELLING: Final = ("evidence_id", "article_id", "title", "published", "date", "type", "status", "quote", "url")


@dataclass(frozen=True)
class Desk:
    """One state of an archive: events by identifier, their tellings as they were found, numbers by article."""

    made: str
    events: Mapping[str, Row]
    evidence: Mapping[str, Sequence[Row]]
    tellings: Mapping[str, Telling]
    articles: Mapping[str, Row]
    topics: Mapping[str, Row]
    names: Names

    @cached_property
    def event_of(self) -> Mapping[str, str]:
        """The event of each telling."""
        return {str(row["evidence_id"]): event_id for event_id, found in self.evidence.items() for row in found}

    @cached_property
    def linked_by(self) -> Mapping[str, Sequence[str]]:
        """The events that have a link to each event."""
        found: dict[str, list[str]] = defaultdict(list)
        for event_id in self.events:
            for other in dict.fromkeys(other for _, other in links_of(self, event_id)):
                found[other].append(event_id)
        return found

    def tellings_of(self, event_id: str) -> list[Telling]:
        """An event's tellings as they were found, before any decision."""
        ids = [str(row["evidence_id"]) for row in self.evidence.get(event_id, ())]
        return [self.tellings[each] for each in ids if each in self.tellings]


def load_desk(out: Path, models: Path, project: Path) -> Desk:
    """The desk of an output folder as its last run left it. Raises ``StoreError`` where there is no archive."""
    registers = load_registers(models, project if project.is_dir() else None)
    with open_for_reading(out) as archive:
        contents = Contents(archive)
        evidence: dict[str, list[Row]] = defaultdict(list)
        for row in contents.table_rows("evidence"):
            evidence[str(row["event_id"])].append(row)
        return Desk(
            made=archive.fact("state") or "",
            events={str(row["event_id"]): row for row in contents.table_rows("timeline")},
            evidence=dict(evidence),
            tellings={each.evidence_id: each for each in told(contents, decisions_by_article(load_decisions(project)))},
            articles={str(row["article_id"]): row for row in contents.table_rows("articles")},
            topics={str(row["topic_id"]): row for row in contents.table_rows("topics")},
            names=load_names(registers, archive.connection),
        )


def is_current(desk: Desk, out: Path) -> bool:
    """Whether no run has changed the archive since the desk was loaded."""
    with open_for_reading(out) as archive:
        return (archive.fact("state") or "") == desk.made


def find_number(out: Path, number_id: str) -> tuple[Article, Quantity] | None:
    """A number as it was found, by its identifier, with its article; None where there is none."""
    with open_for_reading(out) as archive:
        article_id = number_id.rpartition(".")[0]
        for article, extraction in Contents(archive).figures_found():
            if article.article_id == article_id:
                return _number_of(article, extraction, number_id)
    return None


def _number_of(article: Article, extraction: Extraction, number_id: str) -> tuple[Article, Quantity] | None:
    for quantity in extraction.quantities:
        if rows.number_id(article.article_id, quantity) == number_id:
            return article, quantity
    return None


# --------------------------------------------------------------------------- decisions, by what they are about


class Standing:
    """The decisions that stand now, whatever run has applied them."""

    def __init__(self, decisions: Iterable[Decision]) -> None:
        self.decisions = list(decisions)
        self.by_about = {about: standing_decisions(self.decisions, about) for about in ABOUT}
        self.by_key = {key: each for found in self.by_about.values() for key, each in found.items()}
        self._chains: Sequence[tuple[str, str, str]] | None = None

    def of_event(self, tellings: Sequence[Telling]) -> list[Decision]:
        """What stands on an event: on its tellings, on their being one event, and that they were added."""
        keys = [telling_key(each) for each in tellings]
        keys += [group_decision(each, "", None).key for each in tellings]
        keys += [_missed_key(each) for each in tellings]
        return [self.by_key[key] for key in keys if key in self.by_key]

    def chains(self, tellings: Mapping[str, Telling]) -> Sequence[tuple[str, str, str]]:
        """Pairs of tellings with the kind of link that reviewers want between their events; empty for none."""
        if self._chains is None:  # every card asks
            asked = self.by_about["chain"]
            self._chains = make_linking(tellings.values() if asked else (), asked.values())[0].pairs
        return self._chains

    def of_chain(self, later: Sequence[Telling], earlier: Sequence[Telling]) -> Decision | None:
        """The latest that stands on a link between two events; None where nothing was decided."""
        keys = {chain_decision(one, other, "", "").key for one in later for other in earlier}
        found = [self.by_key[key] for key in keys if key in self.by_key]
        return max(found, key=lambda each: (each.decided, each.key), default=None)


def _missed_key(telling: Telling) -> str:
    mention = telling.mention
    cells = {"type": mention.type, "date": mention.date}
    return missed_decision(telling.article_id, mention.field, mention.quote, cells, "").key


def load_standing(project: Path) -> Standing:
    """The decisions that stand, read from the user's folder."""
    return Standing(load_decisions(project))


# --------------------------------------------------------------------------- what the pages are told


def queue(desk: Desk, standing: Standing, limit: int, *, is_all: bool = False) -> list[dict[str, Any]]:
    """The events that nobody decided on, the least certain first; with ``is_all`` the others as well, behind them."""
    cards = [event_card(desk, standing, event_id) for event_id in desk.events]
    wanted = [card for card in cards if is_all or not card["decisions"]]
    return sorted(wanted, key=lambda card: (bool(card["decisions"]), card["confidence"] or 0, card["event_id"]))[:limit]


def event_card(desk: Desk, standing: Standing, event_id: str) -> dict[str, Any]:
    """An event as the pages show it, with its tellings and what was decided on it."""
    event = desk.events[event_id]
    return {
        **{name: event[name] for name in _SHOWN},
        "chain": _chain(desk, standing, event_id),
        "tellings": [{name: row[name] for name in _TELLING} for row in desk.evidence.get(event_id, ())],
        "decisions": [decision_card(each) for each in standing.of_event(desk.tellings_of(event_id))],
    }


def links_of(desk: Desk, event_id: str) -> list[tuple[str, str]]:
    """The links that an event has as the last run left them: kind and the other event."""
    found = desk.events[event_id]["related"]
    pairs = [str(pair).partition(":") for pair in found] if isinstance(found, tuple) else []
    return [(kind, other) for kind, _, other in pairs if other in desk.events]


def _chain(desk: Desk, standing: Standing, event_id: str) -> list[dict[str, Any]]:
    """The links of an event and those to it, each with the other event and what was decided on it since."""
    own = [(event_id, kind, other) for kind, other in links_of(desk, event_id)]
    own += [(other, kind, event_id) for other in desk.linked_by.get(event_id, ()) for kind, to in links_of(desk, other)
            if to == event_id]  # fmt: skip
    known = {(later, earlier) for later, _, earlier in own}
    for later, earlier, kind in standing.chains(desk.tellings):
        pair = desk.event_of.get(later, ""), desk.event_of.get(earlier, "")
        if all(pair) and event_id in pair and pair not in known:
            own.append((pair[0], kind, pair[1]))
            known.add(pair)
    return [_chain_link(desk, standing, event_id, *each) for each in own]


def _chain_link(desk: Desk, standing: Standing, event_id: str, later: str, kind: str, earlier: str) -> dict[str, Any]:
    other = desk.events[earlier if later == event_id else later]
    decision = standing.of_chain(desk.tellings_of(later), desk.tellings_of(earlier))
    return {
        "later": later,
        "earlier": earlier,
        "kind": decision.corrections.get("kind", "") if decision else kind,
        "title": other["title"],
        "date_label": other["date_label"],
        "decision": decision and decision_card(decision),
    }


def search(desk: Desk, words: str, limit: int) -> list[dict[str, Any]]:
    """The events whose title, sentence, policies or date hold all the words, the newest first."""
    wanted = words.casefold().split()
    cells = ("title", "quote", "date_label", "policies")
    found = [
        event
        for event in desk.events.values()
        if wanted and all(word in " ".join(str(event[name]) for name in cells).casefold() for word in wanted)
    ]
    found.sort(key=lambda event: (str(event["date_earliest"]), str(event["event_id"])), reverse=True)
    return [{name: event[name] for name in ("event_id", "title", "date_label", "status")} for event in found[:limit]]


def decision_card(decision: Decision) -> dict[str, Any]:
    """A decision in words: what, by whom, when, why."""
    what = "; ".join(
        f"{name} → {cell}" for name, cell in decision.corrections.items() if name not in ("with", "kind")
    )  # the key of another telling says nothing to a reader, the kind of a link is said beside it
    return {
        "key": decision.key,
        "about": decision.about,
        "verdict": decision.verdict,
        "what": what,
        "corrections": dict(decision.corrections),
        "reviewer": decision.reviewer,
        "decided": decision.decided,
        "note": decision.note,
        "quote": decision.quote or decision.what.partition(":")[2],
        "article_id": decision.article_id,
    }


def article_cards(desk: Desk, standing: Standing, out: Path, article_id: str) -> dict[str, Any]:
    """The numbers of an article as they stand, what was decided on them and on links (by ``kind:name``), and added."""
    numbers: dict[str, Any] = {}
    with open_for_reading(out) as archive:
        found = Contents(archive).table_rows("numbers", "article_id = ?", (article_id,))
    cells = {str(row["number_id"]): {name: row[name] for name in ("text", *CORRECTABLE_OF["number"])} for row in found}
    on_numbers = {each.key: each for each in standing.by_about["number"].values() if each.article_id == article_id}
    if on_numbers:
        with open_for_reading(out) as archive:
            for article, extraction in Contents(archive).figures_found():
                for quantity in extraction.quantities if article.article_id == article_id else ():
                    key = number_decision(article, quantity, "accept", "", {}).key
                    if key in on_numbers:
                        numbers[rows.number_id(article_id, quantity)] = decision_card(on_numbers[key])
    links = {
        each.what: decision_card(each)
        for each in standing.by_about["mention"].values()
        if each.article_id == article_id
    }
    added = [decision_card(each) for each in standing.by_about["missed"].values() if each.article_id == article_id]
    read = next((e for e in standing.by_about["article"].values() if e.article_id == article_id), None)
    return {"cells": cells, "numbers": numbers, "links": links, "added": added, "read": read and decision_card(read)}
