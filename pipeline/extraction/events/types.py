"""The event type of a trigger in its surroundings: "launch" of a consultation, of a report, of a scheme."""

from __future__ import annotations

from datetime import date
from typing import Final

from pipeline import edtf
from pipeline.extraction.events.attach import BY, UNTIL, Placed
from pipeline.extraction.events.cues import DECOYS, FINDING, OTHER
from pipeline.extraction.events.readings import NOT_FINITE, Reading
from pipeline.extraction.events.status import is_conditional
from pipeline.extraction.events.triggers import Trigger
from pipeline.extraction.events.verbs import Group
from pipeline.extraction.events.wordlists import load_words

SOURCES: Final = load_words("types", "sources")
_CHANGES: Final = frozenset({"rise", "increase", "fall", "drop", "double", "halve", "climb", "decrease"})
_JUDGES: Final = load_words("types", "judges")
_COURTS: Final = load_words("types", "courts")
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
#: Who takes up or leaves a post: the verbs mean a scheme elsewhere.
_TAKING_POST: Final = frozenset({"start", "join", "leave", "begin", "retire", "depart"})
#: Verbs by which a person follows another, or a body another body.
_HANDING_OVER: Final = frozenset({"take", "succeed", "replace"})
_HOLDERS: Final = frozenset({"who", "she", "he"})
_CALLING_OFF: Final = frozenset({"cancel", "call", "postpone", "reschedule"})
_CONSULTATION: Final = frozenset({"consultation", "consultations"})
_OPENING: Final = load_words("types", "opening")
_LAW: Final = frozenset({"bill", "amendment", "amendments", "legislation", "law", "clause"})
_LAW_MAKING: Final = frozenset({"introduce", "return", "bring", "publish", "table", "pass", "debate"})
_DOCUMENTS: Final = load_words("types", "documents")
_MONEY: Final = ("£", "€", "$")
#: Verbs that put something off.
_DELAYING: Final = frozenset({"delay", "postpone", "defer", "push", "put", "shelve"})
_LASTING_ON: Final = frozenset({"run", "last", "continue", "remain", "able"})
#: What a parliament does to a bill or a motion.
_VOTING: Final = frozenset({"consider", "approve", "back", "scrutinise", "accept", "support"})
_INQUIRING: Final = frozenset({"review", "inquiry", "enquiry", "evaluation", "study", "investigation"})
_ENDING: Final = frozenset({"conclude", "complete", "finish", "report"})
_VOTES: Final = frozenset({"vote", "amendment", "motion", "appeal", "challenge"})
_GOVERNING: Final = frozenset({"restore", "return", "collapse", "form", "resume", "fall", "dissolve"})
_GOVERNMENTS: Final = frozenset({"executive", "stormont", "power-sharing"})
_REMARKING: Final = frozenset({"say", "warn", "note", "add", "state", "conclude"})
_REPORTS: Final = frozenset({"report", "review", "audit", "survey", "study", "analysis", "paper"})
#: Nouns that tell what an unknown verb is about, the surest first.
_COMPANY: Final = (
    ("legislation", frozenset({"bill", "amendment", "amendments", "royal"})),
    ("consultation", frozenset({"consultation", "views", "comments", "submissions"})),
    ("meeting", frozenset({"hearing", "hearings", "inquest", "conference", "summit", "talks", "debate", "congress"})),
    ("appointment", frozenset({"chair", "chairman", "president", "commissioner", "successor"})),
    ("publication", frozenset({"report", "figures", "statistics", "findings", "guidance", "strategy", "paper"})),
)
_HALF: Final = 8
_CLOSE: Final = 4
_NEAR: Final = 6
_FAR: Final = 16
_QUESTIONS: Final = frozenset({"question", "questions", "parliament", "commons", "lords", "senedd"})
#: How many characters before a verb a figure is its subject.
_TALLY: Final = 40
_LASTING: Final = frozenset({"meeting", "legislation", "consultation", "publication"})
_FORECASTS: Final = load_words("types", "forecasts")
_TO_BE: Final = frozenset({"to", "be"})
_ANY: Final = frozenset({"any", "anyone", "every", "everyone", "those"})
_GOING: Final = frozenset({"rise", "increase", "fall", "drop"})
_RATES: Final = load_words("types", "rates")
_ARTICLES: Final = frozenset({"a", "an", "its", "the", "their"})
_PARLIAMENT: Final = load_words("types", "parliament")
_YEARS: Final = frozenset({"financial_year", "interval"})
_REFUSING: Final = frozenset({"will", "would", "progressive", "planned"})


def refine_type(reading: Reading, n: int, published: date) -> str | None:
    """The event type of trigger ``n``; ``None`` where it tells no event."""
    trigger = reading.triggers[n]
    lows = reading.passage.words.lows
    if trigger.type == "statistic" and trigger.base in _CHANGES and _is_rule_change(reading, n, published):
        return "announcement" if trigger.mood == "proposed" else "implementation"
    if trigger.type in DECOYS or _is_outturn(trigger) or _is_tally(reading, n) or _is_unreal(reading, n):
        return None
    if trigger.type == FINDING or trigger.base == "reveal":
        kind = _finding(trigger, lows, n in reading.owned)
        if trigger.type == FINDING or kind is not None:
            return kind
    after = lows[trigger.last : trigger.last + _NEAR]
    before = lows[max(0, trigger.first - _FAR) : trigger.first]
    if trigger.base in _OPENING and _is_on_consultation(reading, n):
        return "consultation"
    is_passive = trigger.group is not None and trigger.group.is_passive and n == reading.main
    head = lows[:1] if is_passive and trigger.first else []
    kind = _by_date(reading, n, _by_object(trigger, _noun_before(reading, n), before, after, head))
    if kind == "appointment" and trigger.base in _HANDING_OVER and _is_between_bodies(reading, trigger):
        kind = "implementation"
    return kind if trigger.group is None else _by_mood(trigger, trigger.group, kind)


def _is_outturn(trigger: Trigger) -> bool:
    """Whether a verb tells what money did or would do, which is a figure: "had spent £30m", "would save £1bn"."""
    if trigger.type != "funding":
        return False
    return trigger.base in {"save", "cost"} or (trigger.base == "spend" and trigger.mood in {"past", "perfect"})


def _is_unreal(reading: Reading, n: int) -> bool:
    """Whether it is only asked about, forecast, of any case whatever, or a medium's own telling: "whether it will
    continue", "expects the grant to be too small", "any case that it refers", "the Times reported"."""
    trigger, lows = reading.triggers[n], reading.passage.words.lows
    before = lows[max(0, trigger.first - _NEAR) : trigger.first]
    if trigger.group is None:
        return not _FORECASTS.isdisjoint(lows[max(0, trigger.first - _HALF) : trigger.first]) and _TO_BE.issubset(
            lows[trigger.last : trigger.last + _FAR]
        )
    for word in ("whether", "if"):
        if word in before and "," not in before[before.index(word) :]:
            return True
    if (
        lows[0] == "if"
        and trigger.mood == "would"
        and "," in lows[: trigger.first]
        and not is_conditional(reading.passage.text)
    ):
        return True  # "If the government also delayed the fund, it would release £1bn"
    relative = next((k for k in (1, 2) if len(before) >= k and before[-k] in {"that", "which", "who"}), 0)
    if relative and not _ANY.isdisjoint(before[:-relative]):
        return True
    return trigger.base == "report" and _is_medium(reading, trigger)


def _is_medium(reading: Reading, trigger: Trigger) -> bool:
    """Whether a newspaper or broadcaster stands right before a verb."""
    start = reading.passage.words.starts[trigger.first]
    return any(body.type == "media" and 0 <= start - body.end_char <= 2 for body in reading.passage.organisations)


def _is_tally(reading: Reading, n: int) -> bool:
    """Whether it is a count of what had been done by a date, "by March, 3,200 people had been moved", or more than
    before, "bought 5% more hours"."""
    trigger, owned = reading.triggers[n], reading.owned.get(n, ())
    after = reading.passage.words.lows[trigger.last : trigger.last + 2]
    if len(after) == 2 and after[0].endswith("%") and after[1] in {"more", "fewer", "less"}:
        return True
    if not owned or owned[0].role != BY or trigger.group is None or not trigger.group.is_past:
        return False
    start = reading.passage.words.starts[trigger.first]
    return trigger.mood == "past" and any(0 < start - each.end_char < _TALLY for each in reading.passage.quantities)


def _is_between_bodies(reading: Reading, trigger: Trigger) -> bool:
    """Whether what stands right behind a verb is a body: "took over from the General Social Care Council"."""
    words = reading.passage.words
    if trigger.base == "take" and "over" not in words.lows[trigger.position : trigger.last]:
        return False
    end = words.ends[trigger.last - 1]
    return any(0 <= body.start_char - end <= len(" the ") for body in reading.passage.organisations)


def _by_date(reading: Reading, n: int, kind: str) -> str:
    """The type by the dates of trigger ``n``: up to when, by when, or for the years of a sum."""
    trigger, owned = reading.triggers[n], reading.owned.get(n, ())
    if kind == "implementation" and trigger.base in _LASTING_ON and _is_limited(reading, n):
        return "ending"
    if kind in {"implementation", "announcement"} and _is_budgeted(reading, n):
        return "funding"
    if trigger.mood in {"must", "required"} and owned and owned[0].role == BY and kind != "consultation":
        return "deadline"
    if kind == "deadline" and trigger.base == "complete" and trigger.mood in _REFUSING:
        return "implementation"
    if trigger.base in _DELAYING and kind in {"implementation", "ending"} and not _is_new_start(reading, n):
        return "announcement"
    return kind


def _by_mood(trigger: Trigger, group: Group, kind: str) -> str | None:
    """The type by what the helpers say: refused, ceased, put forward; ``None`` where it is said not to be."""
    if group.has_ceased and kind in {"funding", "implementation"}:
        return "ending"
    if group.is_negated and trigger.base == "able":
        return "ending"
    if group.is_negated:
        is_refused = kind in {"implementation", "funding", "legislation"} and group.mood in _REFUSING
        return "rejection" if is_refused else kind if kind == "rejection" else None
    if group.mood == "proposed" and kind in {"implementation", "announcement", "publication", "ending", "legislation"}:
        return "proposal"
    return kind


def _is_limited(reading: Reading, n: int) -> bool:
    """Whether a trigger's date is the day up to which something goes on: "will now run until March"."""
    owned = reading.owned.get(n, ())
    return (
        bool(owned) and owned[0].role == UNTIL and reading.triggers[n].mood in {"will", "would", "planned", "present"}
    )


def _is_on_consultation(reading: Reading, n: int) -> bool:
    """Whether a sentence begins with a consultation or a call for evidence, however long its name: all of it for the
    main statement, its first words for any other finite verb."""
    lows, trigger = reading.passage.words.lows, reading.triggers[n]
    if n != reading.main and trigger.mood in NOT_FINITE:
        return False
    head = lows[: min(trigger.first, _HALF if n == reading.main else _CLOSE)]
    return not _CONSULTATION.isdisjoint(head) or "call for evidence" in " ".join(head)


def _is_new_start(reading: Reading, n: int) -> bool:
    """Whether what is put off has the date to which it is put off, not that of the decision."""
    owned = reading.owned.get(n, ())
    return not owned or owned[0].role in {UNTIL, BY}


def _is_budgeted(reading: Reading, n: int) -> bool:
    """Whether a trigger's date are the years of a sum that stands beside it: "£12m that it was spending in 2021-22"."""
    trigger, words = reading.triggers[n], reading.passage.words
    if trigger.is_strong or not any(
        edtf.precision(each.timex.edtf or "") in _YEARS for each in reading.owned.get(n, ())
    ):
        return False
    sums = [words.at(each.start_char) for each in reading.passage.quantities if each.unit == "GBP"]
    return any(abs(position - trigger.position) <= _FAR for position in sums)


def _is_rule_change(reading: Reading, n: int, published: date) -> bool:
    """A rate, wage, fee or allowance that goes up by decision: it will, or a named policy stands before the verb."""
    trigger = reading.triggers[n]
    lows = reading.passage.words.lows
    is_rate = not _RATES.isdisjoint(lows[max(0, trigger.first - _FAR) : trigger.first])
    is_done = not _ARTICLES.isdisjoint(lows[trigger.last : trigger.last + 1])
    if (
        (is_rate or is_done)
        and n in reading.owned
        and (trigger.mood in {"will", "would", "planned"} or _is_ahead(reading.owned[n][0], published))
    ):
        return True
    start = reading.passage.words.starts[trigger.first]
    is_named = any(0 <= start - mention.end_char < 3 for mention in reading.passage.policies)
    return n in reading.owned and is_named and trigger.base in _GOING


def _is_ahead(placed: Placed, published: date) -> bool:
    span = edtf.parse(placed.timex.edtf)
    return span is not None and span[0] > published


def _finding(trigger: Trigger, lows: list[str], is_dated: bool) -> str | None:
    """A report where what finds, shows or reveals is one; its name may stand behind the verb."""
    if is_dated and not _JUDGES.isdisjoint(lows[max(0, trigger.first - 6) : trigger.first]):
        return "announcement"
    window = lows[max(0, trigger.first - 12) : trigger.first] + lows[trigger.last : trigger.last + 4]
    return "publication" if is_dated or not SOURCES.isdisjoint(window) else None


def _noun_before(reading: Reading, n: int) -> str:
    """The type of the telling noun that stands as subject before a verb ("the hearing was put off"), or empty."""
    if n == 0 or reading.triggers[n - 1].group is not None:
        return ""
    gap = reading.triggers[n].first - reading.triggers[n - 1].last
    return reading.triggers[n - 1].type if gap <= _NEAR else ""


def _by_object(trigger: Trigger, noun: str, before: list[str], after: list[str], head: list[str]) -> str:
    """The type by what the verb is done to; ``noun`` is the type of a telling noun that is its subject, ``head`` the
    sentence's first word before a passive main statement."""
    kind = _by_setting(trigger, before, after) or _by_verb(trigger, before, after)
    if kind is not None:
        return kind
    base, kind = trigger.base, trigger.type
    near = {*before, *after}
    if kind == OTHER and noun in _LASTING:
        return noun
    if kind == OTHER:
        return _by_company(trigger, before, after)
    if base in _OPENING and not _CONSULTATION.isdisjoint(after[:4] if base in {"publish", "issue"} else near):
        return kind if base == "publish" and "for" in after[:2] else "consultation"
    if base in _LAW_MAKING and _is_of_law(base, before, after, head):
        return "legislation"
    is_paid = trigger.mood not in NOT_FINITE and any(low.startswith(_MONEY) for low in after)
    if kind == "announcement" and base not in _PENALTIES and is_paid:
        return "funding"
    if kind == "legislation" and base in {"publish", "unveil"} and "draft" in after[:_CLOSE]:
        return "publication"
    if base == "launch" and not _DOCUMENTS.isdisjoint(after):
        return "publication"
    return kind


def _by_setting(trigger: Trigger, before: list[str], after: list[str]) -> str | None:
    """The type of what a court undoes, of an event called off, and of something added."""
    if trigger.base in _UNDOING and not _COURTS.isdisjoint(before[-_HALF:]):
        return "announcement"
    if trigger.base in _ORDERING and not (_COURTS | _JUDGES).isdisjoint(before[-_HALF:]) and trigger.type != "funding":
        return "announcement"
    if trigger.base in _COURSE and trigger.type != "consultation" and not _TALKS.isdisjoint(before[-_CLOSE:]):
        return "meeting"
    if trigger.base in _TAKING_POST and before[-1:] and before[-1] in _HOLDERS:
        return "appointment"
    if trigger.base == "visit" and not _INSPECTORS.isdisjoint(before[-_CLOSE:]):
        return "implementation"
    is_off = trigger.base in _CALLING_OFF and trigger.type in {"ending", "implementation"}
    if is_off and not _EVENTS.isdisjoint({*before, *after}):
        return "meeting"
    return "implementation" if trigger.base == "add" and trigger.mood in NOT_FINITE else None


def _by_verb(trigger: Trigger, before: list[str], after: list[str]) -> str | None:
    """The type of verbs that mean one thing of a parliament, a review or a government and another elsewhere."""
    base, near = trigger.base, {*before, *after}
    if base in _OPENING and ("call", "for", "evidence") in zip(before, before[1:], before[2:], strict=False):
        return "consultation"
    if base in {"vote", "ballot"} and trigger.type != "rejection":
        if not _PARLIAMENT.isdisjoint(near):
            return "legislation"
        return "announcement" if trigger.mood in {"past", "perfect"} else trigger.type
    if base in _VOTING and not _PARLIAMENT.isdisjoint(before[-_HALF:]):
        return "legislation"
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
    if base in _REMARKING and _is_said_in_report(trigger, before, after):
        return "publication"
    return None


def _is_said_in_report(trigger: Trigger, before: list[str], after: list[str]) -> bool:
    """Whether it is a report that says it, or somebody in one: "warned in its review", "the report said"."""
    if "in" in after and not _REPORTS.isdisjoint(after[after.index("in") :]):
        return True
    return not _REPORTS.isdisjoint(before[-_CLOSE:]) and trigger.mood in {"past", "perfect"}


def _by_company(trigger: Trigger, before: list[str], after: list[str]) -> str:
    """The type of a verb that the lexicon doesn't know, by the nouns around it."""
    if "question" in after and "response" in after:
        return "meeting"
    near = {*before[-_HALF:], *after}
    for kind, words in _COMPANY:
        if not words.isdisjoint(near):
            return kind
    return "announcement" if trigger.mood in {"would", "present"} else "implementation"


def _is_of_law(base: str, before: list[str], after: list[str], head: list[str]) -> bool:
    """Whether it is a bill that is introduced or passed. A draft is only published, and only what stands close or at
    the sentence's ``head`` is."""
    near = {*before[-_CLOSE:], *after} if base == "publish" else {*before, *after}
    near |= set(head)
    return not _LAW.isdisjoint(near) and not (base == "publish" and "draft" in near)
