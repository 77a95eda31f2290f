"""The event type of a trigger in its surroundings: "launch" of a consultation, of a report, of a scheme."""

from __future__ import annotations

from datetime import date
from typing import Final

from pipeline import edtf
from pipeline.extraction.events.attach import Placed
from pipeline.extraction.events.clauses import object_words, subject_span
from pipeline.extraction.events.cues import DECOYS, FINDING
from pipeline.extraction.events.date_roles import BY, UNTIL
from pipeline.extraction.events.objects import (
    CONSULTATION,
    JUDGES,
    OPENING,
    POSTS,
    is_consulting,
    is_said_in_report,
    type_by_object,
)
from pipeline.extraction.events.readings import Reading
from pipeline.extraction.events.status import is_conditional
from pipeline.extraction.events.triggers import Trigger
from pipeline.extraction.events.verbs import Group
from pipeline.extraction.events.wordlists import load_words

SOURCES: Final = load_words("types", "sources")
_CHANGES: Final = frozenset({"go", "rise", "increase", "fall", "drop", "double", "halve", "climb", "decrease"})
_VIEWS: Final = load_words("types", "views")
#: What somebody asked to agree does, or with "not" refuses.
_GRANTING: Final = frozenset({"uphold", "accept", "approve", "agree", "allow", "back", "endorse", "grant"})
#: Who takes up or leaves a post: the verbs mean a scheme elsewhere.
_TAKING_POST: Final = frozenset({"start", "join", "leave", "begin", "retire", "depart", "serve"})
#: Verbs by which a person follows another, or a body another body.
_HANDING_OVER: Final = frozenset({"take", "succeed", "replace"})
_HOLDERS: Final = frozenset({"who", "she", "he"})
#: Speaking at an inquiry or a committee.
_SPEAKING: Final = frozenset({"give", "make"})
_BALLOTS: Final = frozenset({"ballot", "ballots"})
_STATEMENTS: Final = frozenset({"evidence", "statement", "statements", "submission", "submissions"})
_SITTINGS: Final = frozenset({"committee", "hearing", "inquest", "inquiry", "tribunal"})
#: Verbs that put something off.
_DELAYING: Final = frozenset({"delay", "postpone", "defer", "push", "put", "shelve"})
_LASTING_ON: Final = frozenset({"run", "last", "continue", "remain", "able"})
_REMARKING: Final = frozenset({"say", "warn", "note", "add", "outline", "set", "state", "conclude"})
_HALF: Final = 8
_NEAR: Final = 6
_FAR: Final = 16
#: How many characters before a verb a figure is its subject.
_TALLY: Final = 40
_FORECASTS: Final = load_words("types", "forecasts")
#: What one refuses to do when asked, what is caused rather than made, who starts a course, what begins by the calendar.
_REMARKS: Final = frozenset({"answer", "comment", "confirm", "disclose", "discuss", "elaborate", "respond", "say"})
_TROUBLING: Final = frozenset({"cause", "create"})
_TROUBLES: Final = load_words("types", "troubles")
_STARTERS: Final = load_words("types", "starters")
_STARTING: Final = frozenset({"begin", "complete", "enter", "join", "leave", "receive", "start"})
_TERM_TIMES: Final = frozenset({"begin", "close", "end", "finish", "open", "start"})
_TERMS: Final = frozenset({"course", "courses", "recess", "season", "semester", "winter", "year"})
_TO_BE: Final = frozenset({"to", "be"})
_ANY: Final = frozenset({"any", "anyone", "every", "everyone", "those"})
_GOING: Final = frozenset({"rise", "increase", "fall", "drop"})
#: What is set by law, and how near before the verb.
_SET_RATES: Final = load_words("types", "set_rates")
_CLOSE: Final = 3
_RATES: Final = load_words("types", "rates")
_ARTICLES: Final = frozenset({"a", "an", "its", "the", "their"})
_YEARS: Final = frozenset({"financial_year", "interval"})
#: Going on with a plan, which with "not" refuses it.
_PROCEEDING: Final = frozenset({"go", "press", "proceed", "push", "take"})
_UNDERTAKING: Final = frozenset(
    {"agree", "consider", "commit", "decide", "pledge", "promise", "undertake", "vote", "vow"}
)
_REFUSING: Final = frozenset({"will", "would", "progressive", "planned"})


def refine_type(reading: Reading, n: int, published: date) -> str | None:
    """The event type of trigger ``n``; ``None`` where it tells no event."""
    trigger = reading.triggers[n]
    lows = reading.passage.words.lows
    if trigger.type == "statistic" and trigger.base in _CHANGES and _is_rule_change(reading, n, published):
        return "announcement" if trigger.mood == "proposed" else "implementation"
    if trigger.type in DECOYS or _is_outturn(trigger) or _is_tally(reading, n) or _is_unreal(reading, n):
        return None
    if trigger.type == FINDING or (trigger.base == "reveal" and not _is_made_known(trigger)):
        kind = _finding(trigger, lows, n in reading.owned)
        if trigger.type == FINDING or kind is not None:
            return kind
    start, end = subject_span(reading, n)
    after, before = object_words(reading, n), lows[start:end]
    if trigger.base in OPENING and (is_consulting(before) or not _BALLOTS.isdisjoint(before)):
        return "consultation"
    tail = lows[trigger.last : trigger.last + _NEAR]
    if trigger.base == "conclude" and "that" in tail:
        kind = "publication" if JUDGES.isdisjoint(before) else "announcement"
    elif (
        trigger.base in _TAKING_POST or (trigger.base == "take" and "over" in lows[trigger.position : trigger.last])
    ) and _is_person(reading, trigger, before, end):
        kind = "appointment"
    elif trigger.base in _SPEAKING and _is_before_panel(lows[trigger.position : trigger.position + _HALF]):
        kind = "meeting"
    elif trigger.base == "have" and _is_consulting_later(lows[trigger.last :]):
        kind = "consultation"
    elif trigger.base in _REMARKING and (is_said_in_report(trigger, before, tail) or _is_watchdog(reading, n)):
        kind = "publication"
    else:
        kind = type_by_object(trigger, _noun_in(reading, start, end), before, after)
    kind = _by_date(reading, n, _by_infinitive(reading, n) if kind == "announcement" else kind)
    if kind == "appointment" and trigger.base in _HANDING_OVER and _is_between_bodies(reading, trigger):
        kind = "implementation"
    return kind if trigger.group is None else _by_mood(trigger, trigger.group, kind, _is_until(reading, n))


def _by_infinitive(reading: Reading, n: int) -> str:
    """The type of a decision by what is decided: "agreed in May to write off £60m" gives money."""
    trigger = reading.triggers[n]
    if trigger.base not in _UNDERTAKING or n + 1 >= len(reading.triggers):
        return "announcement"
    inner = reading.triggers[n + 1]
    if trigger.base == "consider":
        return "proposal" if inner.mood == "gerund" and inner.first == trigger.last else "announcement"
    is_hung = inner.mood in {"planned", "purpose", "required"} and 0 <= inner.position - trigger.last <= _NEAR
    return inner.type if is_hung and inner.type in {"funding", "rejection"} else "announcement"


def _is_person(reading: Reading, trigger: Trigger, before: list[str], end: int) -> bool:
    """Whether the subject is somebody with a post: "she", a name, "the director of children’s services"."""
    words = reading.passage.words
    if trigger.first and words.lows[trigger.first - 1] in _HOLDERS:
        return True
    if not POSTS.isdisjoint(before):
        return True
    return any(words.at(person.end_char - 1) == end - 1 for person in reading.passage.people)


def _is_consulting_later(words: list[str]) -> bool:
    """Whether what others have until a day to do is to answer a consultation."""
    return not CONSULTATION.isdisjoint(words) or not _VIEWS.isdisjoint(words)


def _is_before_panel(words: list[str]) -> bool:
    """Whether one speaks at a sitting: "made a closing statement to the tribunal"."""
    return not _STATEMENTS.isdisjoint(words) and not _SITTINGS.isdisjoint(words)


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
    if trigger.type == "rejection" and not _REMARKS.isdisjoint(lows[trigger.last : trigger.last + 2]):
        return True  # "declined to comment"
    if trigger.base in _TROUBLING and not _TROUBLES.isdisjoint(lows[trigger.last : trigger.last + _NEAR]):
        return True  # "is creating uncertainty"
    if trigger.mood == "gerund" and trigger.base in _STARTING and not _STARTERS.isdisjoint(before[-1:]):
        return True  # "those starting courses"
    if trigger.base in _TERM_TIMES and not _TERMS.isdisjoint(lows[max(0, trigger.first - _CLOSE) : trigger.first]):
        return True  # "the academic year, which starts in September"
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
    if trigger.base in _DELAYING and kind in {"implementation", "ending"}:
        if _is_new_start(reading, n):
            return "implementation"
        return kind if trigger.base == "shelve" and not owned else "announcement"
    return kind


def _by_mood(trigger: Trigger, group: Group, kind: str, is_until: bool) -> str | None:
    """The type by what the helpers say: refused, ceased, put forward; ``None`` where it is said not to be at all, and
    not only until a day (``is_until``)."""
    if group.has_ceased and kind in {"funding", "implementation"}:
        return "ending"
    if group.is_negated and is_until:
        return kind  # "was not published until May"
    if group.is_negated and trigger.base == "able":
        return "ending"
    if group.is_negated:
        is_refused = group.mood in _REFUSING and (
            kind in {"implementation", "funding", "legislation", "publication"} or trigger.base in _PROCEEDING
        )
        is_refused |= trigger.base in _GRANTING and group.mood in {"past", "perfect"}
        is_refused |= group.mood == "planned" and group.governor is not None and kind != "proposal"
        return "rejection" if is_refused else kind if kind == "rejection" else None
    if group.mood == "proposed" and kind in {"implementation", "announcement", "publication", "ending", "legislation"}:
        return "proposal"
    return kind


def _is_until(reading: Reading, n: int) -> bool:
    owned = reading.owned.get(n, ())
    return bool(owned) and owned[0].role == UNTIL


def _is_limited(reading: Reading, n: int) -> bool:
    """Whether a trigger's date is the day up to which something goes on: "will now run until March"."""
    return _is_until(reading, n) and reading.triggers[n].mood in {"will", "would", "planned", "present"}


def _is_new_start(reading: Reading, n: int) -> bool:
    """Whether what is put off has the date to which it is put off, not that of the decision."""
    owned = reading.owned.get(n, ())
    return bool(owned) and owned[0].role in {UNTIL, BY}


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
    is_set = not _SET_RATES.isdisjoint(lows[max(0, trigger.first - _CLOSE) : trigger.first])
    if is_set and n in reading.owned and edtf.precision(reading.owned[n][0].timex.edtf or "") in {"day", "month"}:
        return True  # "the allowance rose in April"
    start = reading.passage.words.starts[trigger.first]
    is_named = any(0 <= start - mention.end_char < 3 for mention in reading.passage.policies)
    return n in reading.owned and is_named and trigger.base in _GOING


def _is_ahead(placed: Placed, published: date) -> bool:
    span = edtf.parse(placed.timex.edtf)
    return span is not None and span[0] > published


def _finding(trigger: Trigger, lows: list[str], is_dated: bool) -> str | None:
    """A report where what finds, shows or reveals is one; its name may stand behind the verb."""
    if is_dated and not JUDGES.isdisjoint(lows[max(0, trigger.first - 6) : trigger.first]):
        return "announcement"
    window = lows[max(0, trigger.first - 12) : trigger.first] + lows[trigger.last : trigger.last + 4]
    return "publication" if is_dated or not SOURCES.isdisjoint(window) else None


def _is_watchdog(reading: Reading, n: int) -> bool:
    """Whether it is a regulator that said it some time ago, which it does in reports: "Ofsted warned in 2019"."""
    owned, start = reading.owned.get(n, ()), reading.passage.words.starts[reading.triggers[n].first]
    is_back = bool(owned) and edtf.precision(owned[0].timex.edtf or "") in {"month", "year"}
    return is_back and any(
        each.type == "regulator" and 0 <= start - each.end_char <= 2 for each in reading.passage.organisations
    )


def _is_made_known(trigger: Trigger) -> bool:
    """Whether what is revealed is a decision: "the places were revealed in May"."""
    return trigger.group is not None and trigger.group.is_passive and trigger.mood in {"past", "perfect"}


def _noun_in(reading: Reading, start: int, end: int) -> str:
    """The type of the last telling noun of a subject ("the hearing was put off"), or empty."""
    for trigger in reversed(reading.triggers):
        if trigger.group is None and start <= trigger.position < end:
            return trigger.type
    return ""
