"""What a reviewer asks for, turned into decisions that are kept, and taken back.

Every request is a small JSON object. A wrong one raises ``Refused`` with a sentence for the reviewer, and nothing is
kept. What one request decided is one step of undoing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock
from typing import Any, Final

from pipeline.errors import CarefeedError
from pipeline.records import Telling
from pipeline.review import desk as desks
from pipeline.review.desk import Desk, Standing
from pipeline.review.sentences import sentences_of
from pipeline.reviewing import append_decisions
from pipeline.timeline.adding import missed_decision
from pipeline.timeline.decisions import (
    CORRECTABLE,
    VERDICTS,
    WITHDRAWN,
    Decision,
    check_corrections,
    content_key,
    decide,
    telling_key,
)
from pipeline.timeline.grouping import group_decision
from pipeline.timeline.linking import chain_decision
from pipeline.timeline.mending import link_decision, number_decision
from pipeline.vocabulary import LINK_KINDS

Request = Mapping[str, Any]
_LONGEST: Final = 2000
#: What an event can't do without, and what the pages call it.
_NEEDED: Final = {"date": "date", "type": "kind", "status": "status"}


class Refused(CarefeedError):
    """A request that can't be done; the message is for the reviewer."""


@dataclass(frozen=True, slots=True)
class Step:
    """What one request changed: the decisions that stood before by key (None: none did), or a line of the topics."""

    name: str
    before: tuple[tuple[Decision, Decision | None], ...] = ()
    topic: tuple[str, str, str | None] | None = None


class Reviewer:
    """The one who decides: on the desk of an archive, into the user's folder. Safe to be used by several threads."""

    def __init__(self, out: Path, models: Path, project: Path, name: str) -> None:
        self.out, self.models, self.project, self.name = out, models, project, name
        self.lock = RLock()
        self._steps: list[Step] = []
        self._desk: Desk | None = None

    @property
    def desk(self) -> Desk:
        """The desk, loaded anew where a run has changed the archive."""
        with self.lock:
            if self._desk is None or not desks.is_current(self._desk, self.out):
                self._desk = desks.load_desk(self.out, self.models, self.project)
            return self._desk

    def standing(self) -> Standing:
        """The decisions that stand now."""
        return desks.load_standing(self.project)

    def do(self, name: str, request: Request) -> str:
        """Do what is asked for: what was done, in words. Raises ``Refused``."""
        if name not in _ACTIONS:
            raise Refused(f"there is no action {name!r}")
        with self.lock:
            return _ACTIONS[name](self, request)

    # ----------------------------------------------------------------------- keeping and taking back

    def keep(self, name: str, decisions: Sequence[Decision]) -> str:
        """Keep decisions as one step."""
        standing = self.standing().by_key
        before = tuple((each, standing.get(each.key)) for each in decisions)
        append_decisions(self.project, decisions)
        self._steps.append(Step(name, before))
        return name

    def keep_topic(self, name: str, table: str, key: str, value: str) -> str:
        """Keep a line on a topic as one step."""
        from pipeline.topics.edits import FILE_NAME, load_edits  # noqa: PLC0415  (scikit-learn isn't needed here)
        from pipeline.topics.writing import set_line  # noqa: PLC0415

        path = self.project / FILE_NAME
        edits = load_edits(path)
        before = (edits.names if table == "names" else edits.merges).get(key)
        set_line(path, table, key, value)
        self._steps.append(Step(name, topic=(table, key, before)))
        return name

    def undo(self) -> str:
        """Take the last step back: what stood before it stands again."""
        if not self._steps:
            raise Refused("there is nothing to undo: nothing was decided since the server was started")
        step = self._steps.pop()
        if step.topic is not None:
            from pipeline.topics.edits import FILE_NAME  # noqa: PLC0415
            from pipeline.topics.writing import set_line  # noqa: PLC0415

            set_line(self.project / FILE_NAME, *step.topic)
        append_decisions(self.project, [self._back(now, before) for now, before in step.before])
        return f"Taken back: {step.name}"

    def _back(self, now: Decision, before: Decision | None) -> Decision:
        stood = before or replace(now, verdict=WITHDRAWN, corrections={}, note="")
        return replace(stood, decided=moment(), reviewer=self.name)


def moment() -> str:
    """Now, in ISO 8601, exact enough that of two decisions the later is told."""
    return datetime.now(UTC).isoformat()


# --------------------------------------------------------------------------- the actions


def _text(request: Request, name: str) -> str:
    value = request.get(name, "")
    if not isinstance(value, str) or len(value) > _LONGEST:
        raise Refused(f"{name} must be a text of {_LONGEST} characters at most")
    return " ".join(value.split())


def _corrections(request: Request) -> dict[str, str]:
    given = request.get("corrections", {})
    if not isinstance(given, dict):
        raise Refused("corrections must be an object")
    found = {name: _text(given, name) for name in given}
    return {name: value for name, value in found.items() if value}


def _event(reviewer: Reviewer, request: Request, name: str = "event") -> tuple[str, list[Telling]]:
    event_id = _text(request, name)
    tellings = reviewer.desk.tellings_of(event_id)
    if not tellings:
        raise Refused(f"there is no event {event_id!r} any more: load the page again")
    return event_id, tellings


def _title(reviewer: Reviewer, event_id: str) -> str:
    return f"“{reviewer.desk.events[event_id]['title']}”"


def _checked(verdict: str, corrections: dict[str, str], about: str) -> dict[str, str]:
    """The corrections, once verdict and corrections are found to go together."""
    if verdict not in VERDICTS:
        raise Refused(f"the verdict {verdict!r} is none of {', '.join(VERDICTS)}")
    if verdict == "correct" and not corrections:
        raise Refused("nothing was changed: accept it if it is right as it is")
    if problem := check_corrections(corrections, about):
        raise Refused(problem)
    return corrections if verdict == "correct" else {}


def _decide_event(reviewer: Reviewer, request: Request) -> str:
    event_id, tellings = _event(reviewer, request)
    verdict, note = _text(request, "verdict"), _text(request, "note")
    corrections, unknown = reviewer.desk.names.settle(_corrections(request))
    if unknown:
        raise Refused(unknown)
    corrections = _checked(verdict, corrections, "event")
    if verdict == "correct":  # what was corrected before stays so, unless it is corrected anew
        standing = reviewer.standing().by_key
        earlier = [standing.get(decide(each, "accept", "", {}).key) for each in tellings]
        before = next((each for each in earlier if each and each.verdict == "correct"), None)
        corrections = {**(before.corrections if before else {}), **corrections}
    now = moment()
    words = {"accept": "Accepted", "correct": "Corrected", "reject": "Rejected"}[verdict]
    decisions = [decide(each, verdict, now, corrections, reviewer.name, note=note) for each in tellings]
    return reviewer.keep(f"{words} {_title(reviewer, event_id)}", decisions)


def _merge_events(reviewer: Reviewer, request: Request) -> str:
    event_id, tellings = _event(reviewer, request)
    into, others = _event(reviewer, request, "into")
    if event_id == into:
        raise Refused("an event can't be merged with itself: choose another one")
    now = moment()
    decisions = [group_decision(each, now, others[0], reviewer.name) for each in tellings]
    return reviewer.keep(f"Merged {_title(reviewer, event_id)} into {_title(reviewer, into)}", decisions)


def _split_event(reviewer: Reviewer, request: Request) -> str:
    event_id, tellings = _event(reviewer, request)
    wanted = _text(request, "telling")
    parted = [each for each in tellings if each.evidence_id == wanted]
    if not parted:
        raise Refused("the sentence is none of this event's any more: load the page again")
    if len(tellings) < 2:
        raise Refused("the event is told by one sentence only: there is nothing to split")
    now = moment()
    decisions = [group_decision(each, now, None, reviewer.name) for each in parted]
    decisions += _rejoin(reviewer, [each for each in tellings if each not in parted], parted[0], now)
    return reviewer.keep(f"Split a sentence off {_title(reviewer, event_id)}", decisions)


def _rejoin(reviewer: Reviewer, others: Sequence[Telling], parted: Telling, now: str) -> list[Decision]:
    """What keeps the other tellings together where they were joined by way of the one that is split off."""
    standing = reviewer.standing().by_key
    decided = [(each, standing.get(group_decision(each, "", None).key)) for each in others]
    loose = [each for each, found in decided if found and found.corrections.get("with") == telling_key(parted)]
    home = next((each for each in others if each not in loose), None) or others[0]
    return [group_decision(each, now, None if each is home else home, reviewer.name) for each in loose]


def _link_events(reviewer: Reviewer, request: Request) -> str:
    event_id, tellings = _event(reviewer, request)
    other, others = _event(reviewer, request, "other")
    kind = _text(request, "kind")
    if event_id == other:
        raise Refused("an event can't be linked to itself: choose another one")
    if kind not in ("", *LINK_KINDS):
        raise Refused(f"the link {kind!r} is none of {', '.join(LINK_KINDS)}")
    back = [pair for pair in desks.links_of(reviewer.desk, other) if pair[1] == event_id]
    if kind and back:
        raise Refused(f"{_title(reviewer, other)} {back[0][0]} this event already: take that link away first")
    decision = chain_decision(tellings[0], others[0], kind, moment(), reviewer.name)
    standing = reviewer.standing().of_chain(tellings, others)
    if standing and standing.corrections.get("kind", "") == kind:
        raise Refused("that is decided already")
    words = f"{_title(reviewer, event_id)} {kind or 'has no link to'} {_title(reviewer, other)}"
    return reviewer.keep(words, [replace(decision, note=_text(request, "note"))])


def _add_event(reviewer: Reviewer, request: Request) -> str:
    article_id, field, start = (_text(request, each) for each in ("article", "field", "start"))
    sentence = next(
        (e for e in sentences_of(reviewer.out, article_id) if (e.field, str(e.start_char)) == (field, start)), None
    )
    if sentence is None:
        raise Refused("there is no such sentence any more: load the page again")
    corrections, unknown = reviewer.desk.names.settle(_corrections(request))
    if unknown:
        raise Refused(unknown)
    if missing := [word for name, word in _NEEDED.items() if name not in corrections]:
        raise Refused(f"an event needs a {' and a '.join(missing)}")
    about_event = {name: cell for name, cell in corrections.items() if name in CORRECTABLE}
    problem = check_corrections(about_event) or check_corrections(
        {name: cell for name, cell in corrections.items() if name not in ("date", "type")}, "missed"
    )
    if problem:
        raise Refused(problem)
    decision = missed_decision(article_id, field, sentence.text, corrections, moment(), reviewer.name)
    key = content_key(article_id, sentence.text, decision.type, decision.date)
    own = (each for each in reviewer.desk.tellings.values() if each.article_id == article_id)
    if key in map(telling_key, own) or decision.key in reviewer.standing().by_key:
        raise Refused("the sentence tells that already: a kind or a date of its own tells events of one sentence apart")
    words = f"An event was added ({decision.date}, {decision.type}, {decision.corrections['status']})"
    return reviewer.keep(words, [replace(decision, note=_text(request, "note"))])


def _decide_number(reviewer: Reviewer, request: Request) -> str:
    found = desks.find_number(reviewer.out, _text(request, "number"))
    if found is None:
        raise Refused("there is no such number any more: load the page again")
    article, quantity = found
    verdict = _text(request, "verdict")
    corrections = _checked(verdict, _corrections(request), "number")
    decision = number_decision(article, quantity, verdict, moment(), corrections, reviewer.name)
    return reviewer.keep(f"Number {quantity.text}: {verdict}", [replace(decision, note=_text(request, "note"))])


def _decide_link(reviewer: Reviewer, request: Request) -> str:
    article_id, kind, name = (_text(request, each) for each in ("article", "kind", "name"))
    if article_id not in reviewer.desk.articles or kind not in ("organisation", "policy") or not name:
        raise Refused("there is no such link: load the page again")
    verdict = _text(request, "verdict")
    if verdict == "correct":
        full, problem = reviewer.desk.names.find(kind, _text(request, "to"))
        if problem:
            raise Refused(problem)
        decision = link_decision(article_id, kind, name, verdict, moment(), {"name": full}, reviewer.name)
        return reviewer.keep(f"{name} is {full} here", [decision])
    if verdict != "reject":
        raise Refused("a link is corrected or rejected")
    return reviewer.keep(
        f"{name} is not meant here", [link_decision(article_id, kind, name, verdict, moment(), {}, reviewer.name)]
    )


def _accept_article(reviewer: Reviewer, request: Request) -> str:
    article_id = _text(request, "article")
    if article_id not in reviewer.desk.articles:
        raise Refused("there is no such article any more: load the page again")
    decision = Decision(article_id, "", "", "", "accept", moment(), {}, reviewer.name, about="article")
    return reviewer.keep("The article was read through: all is here and right", [decision])


def _name_topic(reviewer: Reviewer, request: Request) -> str:
    topic_id, label = _topic(reviewer, request, "topic"), _text(request, "label")
    if not label:
        raise Refused("the name is empty")
    return reviewer.keep_topic(f"The topic is called “{label}”", "names", topic_id, label)


def _merge_topics(reviewer: Reviewer, request: Request) -> str:
    topic_id, into = _topic(reviewer, request, "topic"), _topic(reviewer, request, "into")
    if topic_id == into:
        raise Refused("a topic can't go into itself: choose another one")
    label = reviewer.desk.topics[into]["label"]
    return reviewer.keep_topic(f"The topic goes into “{label}”", "merges", topic_id, into)


def _topic(reviewer: Reviewer, request: Request, name: str) -> str:
    topic_id = _text(request, name)
    if topic_id not in reviewer.desk.topics:
        raise Refused(f"there is no topic {topic_id!r} any more: load the page again")
    return topic_id


_ACTIONS: Final[Mapping[str, Callable[[Reviewer, Request], str]]] = {
    "decide": _decide_event,
    "merge": _merge_events,
    "split": _split_event,
    "chain": _link_events,
    "missed": _add_event,
    "number": _decide_number,
    "link": _decide_link,
    "article": _accept_article,
    "name-topic": _name_topic,
    "merge-topics": _merge_topics,
    "undo": lambda reviewer, _: reviewer.undo(),
}
