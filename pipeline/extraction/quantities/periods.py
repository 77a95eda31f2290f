"""The time that a number holds for: its own clause's, then the sentence's, the paragraph's, the list's, the data's.

The evidence has a rank, and the first that speaks decides: the time of an opening ("over the same period") or of a vote;
the date that stands at the number; what needs no base (a survey's date, the end of a span, none for a sample); else the
base that the text speaks of, from the nearest (the number before) to the furthest (the data of the story).

A number takes the date that stands at it ("3,640 in 2018-19", "in the year to September 2024 (3,118.4)"), else the
last main one before it in its sentence, else what the paragraph last spoke of. What stands in brackets or between
dashes keeps its dates to itself. The old level of a pair ("from 15.3% to 14.1%", "up from 12.8%") lies a year before
the new one unless the text says otherwise; a pair over a span ("from 2022-24") takes its two ends. Numbers of a
statistical story fall back on the date of its data.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pipeline import edtf
from pipeline.extraction.quantities import bases, clues, spans
from pipeline.extraction.quantities.carrying import goes_on
from pipeline.extraction.quantities.datasets import (
    NEW_SURVEY,
    Defaults,
    Setting,
    find_defaults,
    is_beside_story,
    tells_release,
)
from pipeline.extraction.quantities.pairs import PairedSentence
from pipeline.extraction.quantities.reading import SMALL
from pipeline.extraction.quantities.redated import in_money_years, in_the_past
from pipeline.extraction.quantities.scope import is_answers, is_scope
from pipeline.extraction.quantities.told_again import by_same_value, lead_takes_body, parts_take_whole
from pipeline.extraction.quantities.votes import day_of_vote, find_votes
from pipeline.extraction.timex import almanac
from pipeline.records import Quantity, Timex


@dataclass(frozen=True, slots=True)
class _Told:
    """A decision: a period, or that there is none."""

    period: str | None


@dataclass(slots=True)
class _Story:
    """What has been read so far: the last date of the paragraph, of the line above a list, of the paragraph before."""

    spoken: str | None = None
    above: str | None = None
    before: str | None = None
    day: str | None = None
    last: str | None = None
    topic: str | None = None
    piece: int = -1
    kind: str = ""
    years_to: frozenset[str] = frozenset()
    pair: tuple[str, str] | None = None


def find_periods(
    text: str, published: date, settings: Sequence[Setting], quantities: Sequence[Quantity]
) -> list[str | None]:
    """EDTF or ``None`` for each quantity, in order; ``settings`` are all sentences of the text in order."""
    periods: list[str | None] = [None] * len(quantities)
    settings = [in_the_past(text, published, setting) for setting in in_money_years(text, published, settings)]
    defaults = find_defaults(text, settings)
    story = _Story(
        years_to=frozenset(
            timex.edtf
            for setting in settings
            for timex in setting.dates
            if timex.edtf and clues.YEAR_TO.match(timex.text)
        )
    )
    base_levels: set[int] = set()
    for setting, default in zip(settings, defaults, strict=True):
        if is_beside_story(text, setting):
            if setting.numbers:
                _Sentence(text, published, setting, quantities, _Story(), Defaults()).fill(periods)
            continue
        if setting.piece != story.piece:
            is_on = clues.CONNECTIVE.match(text, setting.start_char) is not None
            story.before = story.spoken or (story.before if is_on or setting.kind == "list_item" else None)
            if setting.kind == "list_item":
                story.above = story.spoken if story.kind != "list_item" else story.above
            elif story.kind == "heading":
                story.above = story.spoken
            else:
                carried = story.above if story.kind == "list_item" else story.before
                story.above = story.before = carried if is_on and default.data is None else None
            story.spoken, story.piece, story.kind = None, setting.piece, setting.kind
        if not setting.numbers and not setting.dates:
            continue
        sentence = _Sentence(text, published, setting, quantities, story, default)
        sentence.fill(periods)
        story.pair = sentence.told_pair(periods) or (None if sentence.dates else story.pair)
        base_levels |= sentence.olds | set(sentence.owned)
        story.spoken = sentence.topic(periods) or story.spoken
        story.topic = story.spoken or story.topic
        story.last = next((timex.edtf for timex in reversed(setting.dates) if timex.type == "DATE"), None)
        days = [timex.edtf for timex in setting.dates if edtf.precision(timex.edtf or "") == "day"]
        past = [day for day in (*days, story.day) if day and day <= published.isoformat()]
        story.day = max(past, default=None)
    parts_take_whole(text, settings, quantities, periods)
    lead_takes_body(text, settings, quantities, periods, base_levels)
    return by_same_value(text, settings, quantities, periods)


class _Sentence(PairedSentence):
    """One sentence while its numbers get their periods: the numbers, the dates, and the brackets that part them."""

    def __init__(
        self, text: str, published: date, setting: Setting, quantities: Sequence[Quantity], story: _Story,
        default: Defaults,
    ) -> None:  # fmt: skip
        super().__init__(text, published, setting, quantities, default)
        self.years_to, self.pair = story.years_to, story.pair
        self.spoken = story.spoken or story.above
        self.prior = story.before
        self.votes = find_votes(text, setting.start_char, setting.numbers, quantities)
        self.last_date, self.last_topic = story.last, story.topic
        self.same = self.find_same_time(story.spoken)
        self.last_day = story.spoken or story.day
        self.looked_back: set[int] = set()

    def fill(self, periods: list[str | None]) -> None:
        """Set the periods of the sentence's numbers: those of the main clause first, asides after."""
        outer = [i for i in self.numbers if self.aside(self.quantities[i].start_char) is None]
        inner = [i for i in self.numbers if i not in outer]
        for group in (outer, inner):
            current: str | None = None
            whole: str | None = None
            for i in group:
                quantity = self.quantities[i]
                if self.is_stretch(i) and not self.own(i):
                    continue
                held = (whole if quantity.role == "change" else None) or current
                periods[i] = self._period(i, held if held and self.carries(i) else None, periods)
                if quantity.role == "change" and not self.is_stretch(i) and i not in self.looked_back:
                    whole = periods[i]
                if self.is_stretch(i) or self.is_since(periods[i]) or i in self.looked_back:
                    continue
                if quantity.role == "change" and periods[i] == self.default.deal:
                    continue
                if not self.is_old(i) and (quantity.role == "level" or current is None) and not self.is_compared(i):
                    current = (spans.last_part(periods[i]) if quantity.role == "change" else periods[i]) or current
        self.changes_from_pairs(periods)
        self.levels_from_changes(periods)

    def topic(self, periods: Sequence[str | None]) -> str | None:
        """The date that the next sentence goes on from: that of the first number, else the first main date."""
        for i in self.numbers:
            if periods[i] and not self.is_old(i) and not self.is_stretch(i) and not self.is_since(periods[i]):
                return periods[i]
        for timex in self.dates:
            head = self.text[max(self.setting.start_char, timex.start_char - 90) : timex.start_char]
            if timex.text.casefold() in ("this year", "last year") and self.default.data:
                continue
            if timex.type != "DATE" or clues.SHIFT.match(timex.text) or self.aside(timex.start_char) is not None:
                continue
            if clues.is_event_day(self.text, timex, self.setting.start_char):
                continue
            is_after_number = any(self.quantities[j].end_char <= timex.start_char for j in self.numbers)
            if not (is_after_number and bases.COMPARED_DATE.search(head)):
                return timex.edtf
        return None

    # ------------------------------------------------------------------ one number

    def _period(self, i: int, current: str | None, periods: Sequence[str | None]) -> str | None:
        quantity = self.quantities[i]
        if i in self.same:
            ends = spans.ends_of_years(self.same[i]) if quantity.role == "level" else None
            if ends and (self.is_old(i) or self.is_new(i)):
                return ends[0] if self.is_old(i) else ends[1]
            return almanac.shift(self.same[i], -12) if self.is_old(i) and not self.own(i) else self.same[i]
        if i in self.votes:
            return day_of_vote(self.setting.dates, quantity, self.last_day)
        if is_scope(self.text, self.setting.start_char, quantity):
            return None
        own = self._opening(i) or self.own(i)
        if own and self.is_new(i) and self.is_since(self.value(own)) and self.default.data:
            own = None
        outer = self._before_aside(i, periods)
        main = self.main_before(i)
        if main and ((quantity.unit == "GBP" and self._is_given(i, main)) or not self.carries(i)):
            main = None
        if own is None and main and clues.WHEN.fullmatch(self.text, main.end_char, quantity.start_char):
            return self.from_own(i, main, None)
        if own is None and main and clues.SHIFT.match(main.text):
            self.looked_back.add(i)
            then = spans.shifted(main.text, self.spoken or self.prior or self.default.data or "") or main.edtf
            return almanac.shift(then, -12) if then and self.is_old(i) else then
        if own is None and quantity.role == "level" and outer and clues.SHIFT_BRACKET.search(self.before(i)):
            return almanac.shift(outer, -12)
        if self.is_old(i) and self.is_ahead(own or main):
            return almanac.shift(own.edtf or "", -12) if own and self.is_said_month(i, own) else None
        if own is not None and not self.needs_base(quantity, own):
            return self.over_years(i, self.from_own(i, own, None))
        if own is None and (told := self._apart(i, current, outer, main)):
            return told.period
        is_given = main is not None and quantity.unit == "GBP" and self._is_given(i, main)
        base = current or outer or (self.told(main) if main and not is_given else self._closing(i)) or self._fallback(i)
        if own is not None:
            return self.over_years(i, self.from_own(i, own, base))
        return self._on_base(i, base, main, is_first=outer is None)

    def _apart(self, i: int, current: str | None, outer: str | None, main: Timex | None) -> _Told | None:
        """What decides on a figure without a date of its own whatever the text has spoken of; ``None`` where nothing does."""
        quantity = self.quantities[i]
        if self.pair and not self.default.data and not self.dates and self.is_pair(i):
            return _Told(self.pair[0] if self.is_old(i) else self.pair[1])
        if self.is_new(i) and (span := self.chain_span(i)):
            return _Told(span)
        if quantity.unit == "percent" and quantity.role == "level" and self.is_of_stretch(i):
            is_near = main is not None and not clues.BREAK.search(self.text[main.end_char : quantity.start_char])
            return _Told(main.edtf if main and is_near else None)
        if quantity.unit == "count" and quantity.role == "level" and clues.SIZE_OF_BODY.search(self.before(i, 90)):
            return _Told(None)
        if surveyed := self.date_of_survey(i, main, self._is_plan(i)):
            return _Told(surveyed)
        if self._is_plan(i):
            return _Told(None)
        if self.default.deal and quantity.role == "change" and main is None and self.is_of_deal(i):
            return _Told(self.default.deal)
        is_main = main is not None and ((current is None and outer is None) or self.is_pair(i))
        if main is not None and is_main and self.ends(main):
            return _Told(self.from_own(i, main, current))
        return None

    def _on_base(self, i: int, base: str | None, main: Timex | None, *, is_first: bool) -> str | None:
        """The period of a figure without a date of its own, from the time that the text speaks of."""
        quantity = self.quantities[i]
        if (
            quantity.unit == "count"
            and quantity.value < SMALL
            and is_first
            and not self.votes
            and not self.is_listed(i)
        ):
            return None
        if (quantity.unit == "GBP" or quantity.role == "change") and (told := self.over_years(i, base)) != base:
            return told
        if is_answers(self.text, self.setting.start_char, quantity):
            return main.edtf if main and "/" in (main.edtf or "") and not main.is_relative else None
        if self._is_of_population(i):
            return None
        later = (
            self.dated_old_after(i) if self.is_new(i) or clues.AGAINST_OLD.match(self.text, quantity.end_char) else None
        )
        if later is not None and (base is None or base == later):
            return almanac.shift(later, 12)
        if self.is_new(i) and self.is_pair_of(base):
            base = spans.last_part(base)
        return self._of_old(i, base) if self.is_old(i) else self.as_stock(i, base)

    def _of_old(self, i: int, base: str | None) -> str | None:
        """The period of an earlier level: a year before the new one's, or the beginning of the span of both."""
        quantity = self.quantities[i]
        pair = self.partner(i)
        timex = self.own(pair) if pair is not None else None
        if timex is None:
            return almanac.shift(self.stock_end(i, base), -12) if base else None
        ends = self.ends(timex)
        is_span = "/" in (timex.edtf or "")
        when = edtf.parse(timex.edtf)
        if when and when[0] > self.published and quantity.unit == "GBP" and not is_span:
            return None
        if quantity.unit == "GBP" and not ends and is_span and edtf.precision(timex.edtf or "") != "financial_year":
            return timex.edtf
        return ends[0] if ends else almanac.shift(self.value(timex) or "", -12)

    def _is_of_population(self, i: int) -> bool:
        """Whether the number is the whole population's, set against the story's own: its time is not told."""
        tail = self.text[self.quantities[i].end_char : self.quantities[i].end_char + 60]
        return clues.POPULATION_BEFORE.search(self.before(i)) is not None or (
            self.is_compared(i) and clues.OTHER_GROUP.match(tail) is not None
        )

    def _is_plan(self, i: int) -> bool:
        """Whether a count is what money or a plan is for, or the size of a sample: it has no date of its own."""
        quantity = self.quantities[i]
        return (quantity.unit == "count" and clues.PURPOSE.search(self.before(i, 60)) is not None) or (
            quantity.unit == "count" and clues.SAMPLE.search(self.before(i, 140)) is not None
        )

    def _is_quoted(self, i: int) -> bool:
        """Whether the number stands in what somebody says."""
        return clues.QUOTED.search(self.text, self.setting.start_char, self.quantities[i].start_char) is not None

    def _opening(self, i: int) -> Timex | None:
        """The date that a sentence opens with, right before the number: "In July 2024, 388 cases were …"."""
        first = self.dates[0] if self.dates else None
        if first is None or first.end_char > self.quantities[i].start_char or first.type != "DATE":
            return None
        is_open = clues.OPENING.fullmatch(self.text, self.setting.start_char, first.start_char)
        is_next = clues.RIGHT_BEHIND.fullmatch(self.text, first.end_char, self.quantities[i].start_char)
        return first if is_open and is_next else None

    def _is_given(self, i: int, main: Timex) -> bool:
        """Whether a day or month is when money was given ("last month, ministers set aside £2m"), not what it is for."""
        between = self.text[main.end_char : self.quantities[i].start_char]
        return edtf.precision(main.edtf or "") in ("day", "month") and clues.GIVEN.search(between) is not None

    def _before_aside(self, i: int, periods: Sequence[str | None]) -> str | None:
        """The period of the number that an aside hangs on: "3.1% (920 staff)"."""
        aside = self.aside(self.quantities[i].start_char)
        if aside is None:
            return None
        heads = [j for j in self.numbers if 0 <= aside[0] - self.quantities[j].end_char < 60 and periods[j]]
        return periods[heads[-1]] if heads else None

    def _closing(self, i: int) -> str | None:
        """The "as of …" that a sentence ends with: it holds for all figures that have no other date."""
        last = self.dates[-1] if self.dates else None
        if last is None or last.start_char < self.quantities[i].end_char or self.aside(last.start_char) is not None:
            return None
        is_year = edtf.precision(last.edtf or "2000") == "financial_year" and len(self.dates) == 1
        head = self.text[max(self.setting.start_char, last.start_char - 60) : last.start_char]
        between = self.text[self.quantities[i].end_char : last.start_char]
        if (
            is_year
            and self.quantities[i].unit != "GBP"
            and not clues.NEW_CLAUSE.search(between)
            and clues.DURING_YEAR.search(head)
            and not bases.COMPARED_DATE.search(head)
        ):
            return last.edtf if re.match(r"\s*[.,]?\s*$", self.text[last.end_char : self.setting.end_char]) else None
        return last.edtf if clues.AS_OF.search(self.text[max(0, last.start_char - 12) : last.start_char]) else None

    def _fallback(self, i: int) -> str | None:
        """What the paragraph, the list or the story speaks of, for a figure that can be of it."""
        quantity = self.quantities[i]
        if not (self.spoken or self.prior or self.default.data or self.default.survey):
            return None
        if self._is_quoted(i):
            return None
        sentence = self.text[self.setting.start_char : self.setting.end_char]
        if NEW_SURVEY.search(sentence) and not self.dates:
            return None
        if self.spoken and clues.OF_THAT.match(self.text, quantity.end_char) and not clues.OTHER_VOICE.search(sentence):
            return self.spoken
        told = edtf.parse(self.spoken)
        if clues.PRESENT.search(sentence) or clues.WOULD.search(self.before(i)):
            return None
        if told and told[0] > self.published and quantity.unit != "GBP":
            return None
        if self.spoken and (self.setting.kind == "list_item" or goes_on(sentence, quantity)):
            return self.spoken
        if self.prior and goes_on(sentence, quantity):
            return self.prior
        if (quantity.unit == "GBP" and not clues.AVERAGE.search(sentence)) or quantity.tier == "minor":
            return None
        if clues.tells_survey(sentence) and self.default.survey:
            return self.default.survey
        if (clues.FUTURE.search(sentence) and quantity.unit == "count") or (
            clues.OTHER_VOICE.search(sentence) and not tells_release(sentence)
        ):
            return None
        if clues.tells_survey(sentence) or self.tells_other_source():
            return None
        return self.default.data or self.default.survey
