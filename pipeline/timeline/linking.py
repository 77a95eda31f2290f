"""Which events reviewers want linked, and which not: put on the links that were found.

A decision ``link`` says that the event of a telling answers or comes after that of another one, and how (``kind``);
``unlink`` that it doesn't. It is about the two tellings, so it goes with them whatever events they are of. Of several
on the same two events the latest counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Final

from pipeline.records import Telling
from pipeline.timeline.decisions import Decision, content_key, decide, standing_decisions, telling_key

ABOUT: Final = "chain"


@dataclass(frozen=True, slots=True)
class Linking:
    """Pairs of tellings by identifier with the kind of link between their events, empty for none; the latest last."""

    pairs: tuple[tuple[str, str, str], ...] = ()

    @property
    def evidence_ids(self) -> frozenset[str]:
        """Every telling that reviewers said something of."""
        return frozenset(each for later, earlier, _ in self.pairs for each in (later, earlier))

    def of_events(self, event_of: Mapping[str, str]) -> dict[tuple[str, str], str]:
        """The kind of link between each two events, the one that has the link first; ``event_of`` is by telling."""
        found = {}
        for later, earlier, kind in self.pairs:
            pair = event_of.get(later, ""), event_of.get(earlier, "")
            if all(pair) and pair[0] != pair[1]:
                found[pair] = kind
        return found


def chain_decision(later: Telling, earlier: Telling, kind: str, decided: str, reviewer: str = "") -> Decision:
    """That ``later``'s event has a link of a kind to ``earlier``'s; with an empty kind, that it has none."""
    verdict, corrections = ("link", {"kind": kind}) if kind else ("unlink", {})
    other = f"{earlier.article_id} {telling_key(earlier)}"
    return decide(later, verdict, decided, corrections, reviewer, about=ABOUT, what=other)


def articles_linked(decisions: Iterable[Decision]) -> set[str]:
    """The articles whose tellings the decisions are about, on both sides."""
    asked = [each for each in decisions if each.about == ABOUT]
    return {name for each in asked for name in (each.article_id, each.what.partition(" ")[0])}


def make_linking(tellings: Iterable[Telling], decisions: Iterable[Decision]) -> tuple[Linking, tuple[Decision, ...]]:
    """What the decisions ask for of these tellings, as they were found, and the decisions that found none of theirs."""
    wanted = standing_decisions(decisions, ABOUT)
    if not wanted:
        return Linking(), ()
    by_key = {telling_key(telling): telling.evidence_id for telling in tellings}
    pairs, missed = [], []
    for each in sorted(wanted.values(), key=lambda each: (each.decided, each.key)):
        later = by_key.get(content_key(each.article_id, each.quote, each.type, each.date))
        earlier = by_key.get(each.what.partition(" ")[2])
        kind = each.corrections.get("kind", "")
        if later is None or earlier is None or bool(kind) != (each.verdict == "link"):
            missed.append(each)
        else:
            pairs.append((later, earlier, kind))
    return Linking(tuple(pairs)), tuple(sorted(missed, key=lambda each: each.key))


def put_decided(links: MutableMapping[str, dict[str, str]], decided: Mapping[tuple[str, str], str]) -> None:
    """Put what reviewers decided in the place of what was found; ``links`` are by the event that has them."""
    for (later, earlier), kind in decided.items():
        own = links.setdefault(later, {})
        own.pop(earlier, None)
        if kind:
            own[earlier] = kind
