"""The name that is set before a line that doesn't say what it is about: "Family fund: Consultation closed in May"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from pipeline.records import PolicyEvent
from pipeline.timeline.clauses import own_clause
from pipeline.timeline.fitting import LONGEST
from pipeline.timeline.headline import load_words
from pipeline.timeline.replacing import find_replacement
from pipeline.timeline.subjects import LABEL_LENGTH, find_kind, find_name, is_law_aside
from pipeline.timeline.wording import content_words, fold, share

_LONGEST_LABEL: Final = 60
_FEWEST_WORDS: Final = 5
#: Words that mean something said elsewhere: the label says what.
_LEANS: Final = re.compile(r"\b(?:this|these|it|its|them|the scheme|the programme|the fund|the rules)\b")
_RELATIVE: Final = re.compile(r"(?:and\s+|but\s+)?(?:\w+\s+)?(?:which|whom|who)\b|with\b", re.IGNORECASE)
_MOSTLY_NAMED: Final = 0.6
#: "Each council": no pronoun.
_DETERMINES: Final = re.compile(
    r"(?:each|all|most|some|many|both|another)\s(?!of\b|will\b|would\b|is\b|are\b|was\b|were\b|has\b|have\b|had\b)[a-z]"
)
#: Policies beside which much is told that isn't theirs: a manifesto, a Budget.
_WIDE: Final = re.compile(r"\b(?:Speech|[Bb]udget|manifesto|[Ss]tatement|[Ss]pending [Rr]eview)$")
#: Of these, without a word more, it can't be told whose they are.
_ANYBODYS: Final = re.compile(
    r"(?:Post|Role|Decision|Move|Start|Consultation|Call for evidence|Increase|Offer|Report|Talks|Responses|Recruitment"
    r"|Hearing|Ruling|Vote|Ballot|Pause|Changes?|Idea|Deal|Agreement|Award|Results|Figures|Survey|Review|Implementation)\s"
    r"(?:to\s(?:be\s|begin|start|end|close|open|run|take|come|meet|apply)|will|is|are|was|were|due|expected|came|closed|closes"
    r"|opened|opens|began|begins|ended|ends|published|released|launched)\b"
)


def label_of(text: str, short: str, event: PolicyEvent, acronyms: Mapping[str, str]) -> str:
    """The policy's name to set before a line that doesn't name it; empty where it does or there would be no room.

    A line whose subject says nothing by itself ("it", "most") always gets one, if what is left of it (``short``) names
    no policy. A policy that another takes the place of is no label.
    """
    if not event.policies or is_law_aside(event.policies[0], event):
        return ""
    named = (*event.policies, *(acronyms[name] for name in event.policies if name in acronyms))
    name = event.policies[0]
    replaced = find_replacement(event.quote, event.policies)
    if find_name(short, named) or (replaced and replaced[1] == name and event.type not in ("ending", "rejection")):
        return ""
    label = acronyms.get(name, name) if len(name) > LABEL_LENGTH else name
    label = label[:1].upper() + label[1:]
    first = fold(text).split(" ", 1)[0].strip(",’'")
    is_needed = first in load_words().pronouns and _DETERMINES.match(fold(text)) is None
    is_whole = not short.endswith("…") and len(label) + 2 + len(short) <= LONGEST
    is_new = share(content_words(name), content_words(short)) < _MOSTLY_NAMED
    if is_needed:
        return label if len(label) <= _LONGEST_LABEL else ""
    leans = len(short.split()) < _FEWEST_WORDS or _LEANS.search(short) is not None
    is_fit = leans or not (
        _is_elsewhere((name, acronyms.get(name, name)), event) or (_WIDE.search(name) and not _is_told(event, named))
    )
    return label if is_whole and is_new and is_fit else ""


def name_owner(line: str, event: PolicyEvent, acronyms: Mapping[str, str]) -> str:
    """A line whose subject could be anybody's ("Post to be taken up"), with whose it is before it.

    That is the policy or the one body that the sentence names; where the event has no policy, its one body.
    """
    if not _ANYBODYS.match(line):
        return line
    policies = [name for name in event.policies if not is_law_aside(name, event) and find_name(event.quote, [name])]
    bodies = [name for name in event.organisations if not event.policies or find_name(event.quote, [name])]
    for name in (*policies[:1], *(bodies if len(event.organisations) == 1 else ())):
        short = acronyms.get(name, name)
        if find_name(line, (name, short)):
            return line
        for each in (name, short):
            if len(each) <= _LONGEST_LABEL and len(labelled := f"{each[:1].upper()}{each[1:]}: {line}") <= LONGEST:
                return labelled
    return line


def _is_told(event: PolicyEvent, names: Sequence[str]) -> bool:
    """Whether the sentence has one of the policy's names, or its kind."""
    return find_name(event.quote, names) is not None or find_kind(event.quote, event.policies) is not None


def _is_elsewhere(names: Sequence[str], event: PolicyEvent) -> bool:
    """Whether the sentence names the policy, but in another clause than the event's own: the event may not be its."""
    start, end = own_clause(event)
    if _RELATIVE.match(event.quote[start:end]):
        return False
    return find_name(event.quote, names) is not None and find_name(event.quote[start:end], names) is None
