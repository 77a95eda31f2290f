"""The event type by what a verb is said of and done to: its own subject and object, not the sentence's nouns."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from pipeline.extraction.events.cues import FINDING, OTHER
from pipeline.extraction.events.readings import NOT_FINITE
from pipeline.extraction.events.triggers import Trigger
from pipeline.extraction.events.wordlists import load_words

JUDGES: Final = load_words("types", "judges")
#: Who holds a post.
POSTS: Final = load_words("types", "posts")
CONSULTATION: Final = frozenset({"consultation", "consultations"})
OPENING: Final = load_words("types", "opening")
_HALF: Final = 8
_COURTS: Final = load_words("types", "courts")
#: Who is regulated or employed.
_STAFF: Final = load_words("types", "staff")
_DECIDING: Final = frozenset({"agree", "choose", "decide", "opt", "vote"})
_SUSPENDING: Final = frozenset({"suspend", "dismiss", "sack"})
_EVENTS: Final = load_words("types", "events")
#: What a court does to somebody's decision, and what is done to an event that doesn't take place.
_UNDOING: Final = frozenset({"quash", "overturn", "strike"})
_ORDERING: Final = frozenset({"impose", "make", "grant", "award"})
_COURSE: Final = frozenset(
    {"end", "conclude", "finish", "close", "break", "resume", "start", "begin", "open", "adjourn"}
)
_TALKS: Final = load_words("types", "talks")
_INSPECTORS: Final = load_words("types", "inspectors")
#: Verdicts and orders that cost money, which is not a policy's.
_PENALTIES: Final = frozenset({"fine", "order", "rule", "sentence", "convict", "settle"})
_CALLING_OFF: Final = frozenset({"cancel", "call", "postpone", "reschedule"})
#: What comes of a consultation and is none: "the consultation response was published".
_OUTCOMES: Final = load_words("types", "outcomes")
#: What comes after a consultation is none: "following the consultation, a paper was published".
_AFTERWARDS: Final = frozenset({"after", "following", "since"})
_LAW: Final = frozenset({"bill", "amendment", "amendments", "legislation", "law", "clause"})
#: What a bill itself does: "the bill returns to the Commons".
_MOVING: Final = frozenset({"return", "pass"})
#: What a bill goes through, and verbs by which it does.
_STAGES: Final = frozenset({"stage", "reading", "proceedings"})
_GOING_ON: Final = _COURSE | {"commence", "take"}
_REPLACED: Final = frozenset({"her", "him"})
_LAW_MAKING: Final = frozenset({"introduce", "return", "bring", "publish", "table", "pass", "debate"})
_DOCUMENTS: Final = load_words("types", "documents")
_MONEY: Final = ("£", "€", "$")
#: What a parliament does to a bill or a motion.
_VOTING: Final = frozenset({"consider", "approve", "agree", "adopt", "back", "scrutinise", "accept", "support"})
#: What somebody changes without a document: "revised its offer".
_REVISING: Final = frozenset({"revise", "update"})
_POSITIONS: Final = load_words("types", "positions")
_INQUIRING: Final = frozenset({"review", "inquiry", "enquiry", "evaluation", "study", "investigation"})
_BOARDS: Final = frozenset({"board", "commission", "panel"})
_REFUSING: Final = frozenset({"block", "oppose", "refuse", "reject"})
#: What is done with money's names, and with a law itself.
_BESTOWING: Final = frozenset({"announce", "confirm", "unveil"})
_GRANTS: Final = frozenset({"cash", "funding", "grant", "grants", "investment", "money", "subsidy"})
#: Types of nouns that are announced: "the appointment was confirmed".
_CONFIRMED: Final = frozenset({"appointment", "funding"})
_RESHAPING: Final = load_words("types", "reshaping")
_CLAIMING: Final = frozenset({"lodge", "make", "put", "submit", "table"})
_UNIONS: Final = load_words("types", "unions")
_VIEWS: Final = load_words("types", "views")
_ENDING: Final = frozenset({"conclude", "complete", "finish", "report"})
_VOTES: Final = frozenset({"vote", "amendment", "motion", "appeal", "challenge"})
_GOVERNING: Final = frozenset({"restore", "return", "returned", "collapse", "form", "resume", "fall", "dissolve"})
_GOVERNMENTS: Final = frozenset({"executive", "stormont", "power-sharing"})
_REPORTS: Final = frozenset({"report", "review", "audit", "survey", "study", "analysis", "paper"})
#: Nouns that tell what an unknown verb is about, the surest first.
_COMPANY: Final = (
    ("legislation", frozenset({"bill", "amendment", "amendments", "royal"})),
    ("consultation", frozenset({"consultation", "views", "comments", "submissions"})),
    ("meeting", frozenset({"hearing", "hearings", "inquest", "conference", "summit", "talks", "debate", "congress"})),
    ("appointment", frozenset({"chair", "chairman", "president", "commissioner", "successor"})),
    ("announcement", frozenset({"decision", "decisions", "announcement"})),
    (
        "publication",
        frozenset(
            {"report", "figures", "statistics", "findings", "guidance", "strategy", "paper", "version", "edition"}
        ),
    ),
)
_CLOSE: Final = 4
_QUESTIONS: Final = frozenset({"question", "questions", "parliament", "commons", "lords", "senedd"})
_LASTING: Final = frozenset({"meeting", "legislation", "consultation", "publication"})
_PARLIAMENT: Final = load_words("types", "parliament")


def _bestowed(trigger: Trigger, noun: str, before: list[str]) -> str:
    """The type of what is announced or confirmed in the passive, where that tells it; else empty."""
    if trigger.base not in _BESTOWING or trigger.group is None or not trigger.group.is_passive:
        return ""
    if noun in _CONFIRMED:
        return noun
    return "" if _GRANTS.isdisjoint(before[-1:]) else "funding"


def type_by_object(trigger: Trigger, noun: str, before: list[str], after: list[str]) -> str:
    """The type by what the verb is done to; ``noun`` is the type of a telling noun that is its subject, ``before`` are
    the words of its subject, ``after`` those of its object."""
    kind = _by_setting(trigger, before, after) or _by_verb(trigger, before, after)
    if kind is not None:
        return kind
    base, kind = trigger.base, trigger.type
    if kind == OTHER and noun in _LASTING:
        return noun
    if kind == OTHER:
        return _by_company(trigger, before, after)
    bestowed = _bestowed(trigger, noun, before)
    if bestowed:
        return bestowed
    if base in OPENING and is_consulting(after):
        return kind if base == "publish" and "for" in after[:2] else "consultation"
    if base in _LAW_MAKING and _is_of_law(trigger, before, after):
        return "legislation"
    is_paid = trigger.mood not in NOT_FINITE and any(low.startswith(_MONEY) for low in after)
    if base in _BESTOWING and not _GRANTS.isdisjoint(after[:_CLOSE]):
        return "funding"
    if (
        kind == "implementation"
        and base in _RESHAPING
        and trigger.mood != "required"
        and not _LAW.isdisjoint(after[:_CLOSE])
    ):
        return "legislation"
    if kind == "announcement" and base not in _PENALTIES and is_paid:
        return "funding"
    if kind == "legislation" and base in {"publish", "unveil"} and "draft" in (*before[-_CLOSE:], *after[:_CLOSE]):
        return "publication"
    if base in _REVISING and not trigger.is_strong and not _POSITIONS.isdisjoint(after):
        return "announcement"
    if base == "launch" and not _DOCUMENTS.isdisjoint(after):
        return "publication"
    return kind


def _by_setting(trigger: Trigger, before: list[str], after: list[str]) -> str | None:
    """The type of what a court undoes, of an event called off, and of something added."""
    if trigger.base in _UNDOING and not _COURTS.isdisjoint(before[-_HALF:]):
        return "announcement"
    if trigger.base in _ORDERING and not (_COURTS | JUDGES).isdisjoint(before[-_HALF:]) and trigger.type != "funding":
        return "announcement"
    if trigger.base in _COURSE and trigger.type != "consultation" and not _TALKS.isdisjoint(before):
        return "meeting"
    is_passive = trigger.group is not None and trigger.group.is_passive
    if trigger.base in _SUSPENDING and is_passive and not _STAFF.isdisjoint(before[-_CLOSE:]):
        return "announcement"
    if trigger.base == "visit" and not _INSPECTORS.isdisjoint(before[-_CLOSE:]):
        return "implementation"
    is_off = trigger.base in _CALLING_OFF and trigger.type in {"ending", "implementation"}
    if is_off and not _EVENTS.isdisjoint({*before, *after}):
        return "meeting"
    return "implementation" if trigger.base == "add" and trigger.mood in NOT_FINITE else None


def _by_verb(trigger: Trigger, before: list[str], after: list[str]) -> str | None:
    """The type of verbs that mean one thing of a parliament, a person or a consultation and another elsewhere."""
    base, near = trigger.base, {*before, *after}
    if base in OPENING and ("call", "for", "evidence") in zip(before, before[1:], before[2:], strict=False):
        return "consultation"
    if base in _DECIDING and (after[:2] == ["not", "to"] or not _REFUSING.isdisjoint(after[:_CLOSE])):
        return "rejection"
    if trigger.type == "deadline" and base == "give" and not _VIEWS.isdisjoint(near):
        return "consultation"
    if base in _CLAIMING and "claim" in near and ("pay" in near or not _UNIONS.isdisjoint(before)):
        return "proposal"
    if base in _COURSE and not _LAW.isdisjoint(near) and not _PARLIAMENT.isdisjoint(before[-_HALF:]):
        return "legislation"
    if base in _GOING_ON and len(_STAGES.intersection(before)) + (not _LAW.isdisjoint(before)) > 1:
        return "legislation"  # "stage 3 of the bill took place", "stage 2 proceedings began"
    if base in {"replace", "succeed"} and not _REPLACED.isdisjoint(after[:1]):
        return "appointment"
    if base == "stand" and trigger.group is not None and trigger.group.is_passive:
        return "ending"
    if (base == "become" and not POSTS.isdisjoint(after)) or (base == "join" and not _BOARDS.isdisjoint(after)):
        return "appointment"
    if base in {"vote", "ballot"} and trigger.type != "rejection":
        if not _PARLIAMENT.isdisjoint(near):
            return "legislation"
        return "announcement" if trigger.mood in {"past", "perfect"} else trigger.type
    if base in _VOTING and not _PARLIAMENT.isdisjoint({*before[-_HALF:], *after}):
        return "legislation"
    return _by_undertaking(trigger, before, after)


def _by_undertaking(trigger: Trigger, before: list[str], after: list[str]) -> str | None:
    """The type of what is done with a review, a vote, a government or a question."""
    base, near = trigger.base, {*before, *after}
    if base == "lose" and not _VOTES.isdisjoint(near):
        return "rejection"
    if base in _GOVERNING and not _GOVERNMENTS.isdisjoint(near):
        return "appointment"
    is_inquiry = not _INQUIRING.isdisjoint(before[-_HALF:])
    if base in _ENDING and is_inquiry and trigger.type != FINDING:
        return "publication"
    if base == "commission" and (is_inquiry or not _INQUIRING.isdisjoint(after)):
        return "announcement"
    if base in {"launch", "open", "begin", "start"} and (is_inquiry or not _INQUIRING.isdisjoint(after[:4])):
        return "implementation" if _DOCUMENTS.isdisjoint(after[:4]) else None
    if base == "pay" and trigger.mood in {"must", "required"}:
        return "implementation"
    if base == "ask":
        is_passive = trigger.group is not None and trigger.group.is_passive
        kind = trigger.type if is_passive or not _QUESTIONS.isdisjoint(near) else "proposal"
        return "announcement" if is_passive and after[:1] == ["to"] else kind
    return None


def is_said_in_report(trigger: Trigger, before: list[str], after: list[str]) -> bool:
    """Whether it is a report that says it, or somebody in one: "warned in its review", "the report said"."""
    if "in" in after and not _REPORTS.isdisjoint(after[after.index("in") :]):
        return True
    return not _REPORTS.isdisjoint(before[-_CLOSE:]) and trigger.mood in {"past", "perfect"}


def _by_company(trigger: Trigger, before: list[str], after: list[str]) -> str:
    """The type of a verb that the lexicon doesn't know, by the nouns around it."""
    if "question" in after and "response" in after:
        return "meeting"
    if after[:1] == ["by"] and not _PARLIAMENT.isdisjoint(after):
        return "legislation"
    near = {*before[-_HALF:], *after}
    for kind, words in _COMPANY:
        if not words.isdisjoint(near):
            return kind
    return "announcement" if trigger.mood in {"would", "present"} else "implementation"


def _is_of_law(trigger: Trigger, before: list[str], after: list[str]) -> bool:
    """Whether it is a bill that is introduced or passed, or that returns; a draft is only published."""
    is_passive = trigger.group is None or trigger.group.is_passive
    theme = {*before, *after} if is_passive or trigger.base in _MOVING else set(after)
    return not _LAW.isdisjoint(theme) and not (trigger.base == "publish" and "draft" in theme)


def is_consulting(words: list[str]) -> bool:
    """Whether a subject or object is a consultation or a call for evidence, not what came of one: "the consultation
    report"."""
    for k, (word, behind) in enumerate(pairwise([*words, ""])):
        if word in CONSULTATION and behind not in _OUTCOMES and _AFTERWARDS.isdisjoint(words[max(0, k - 2) : k]):
            return True
    return "call for evidence" in " ".join(words)
