"""One sentence with its numbers and its usable dates: which date stands at which number.

What stands in brackets, between dashes or in a relative clause keeps its dates to itself. A date of the news ("the
report came out in May") is none of the figures'.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from pipeline import edtf
from pipeline.extraction.quantities import bases, clues, levels, spans
from pipeline.extraction.quantities.asides import find_asides, without
from pipeline.extraction.quantities.datasets import Setting
from pipeline.extraction.timex.grammar import endpoints
from pipeline.records import Quantity, Timex

#: A date further away than this from its number, in characters, is not the number's own.
REACH: Final = 180


class DatedSentence:
    """The numbers, the dates, and the asides that part them."""

    def __init__(self, text: str, published: date, setting: Setting, quantities: Sequence[Quantity]) -> None:
        self.text, self.published, self.setting, self.quantities = text, published, setting, quantities
        self.asides = find_asides(text, setting.start_char, setting.end_char)
        self.dates = [
            timex
            for timex in setting.dates
            if clues.is_of_data(text, timex, setting.start_char)
            and not clues.is_reporting_date(text, timex, setting.end_char)
        ]
        self.numbers = list(setting.numbers)
        self.is_subordinate = clues.SUBORDINATE.match(text, setting.start_char) is not None
        self.owned = self._find_owned()
        self.olds = {i for i in self.numbers if levels.is_old(text, setting, quantities, i)}
        self.olds |= {i for k, i in enumerate(self.numbers) if k and self.is_base(self.numbers[k - 1], i)}
        self.olds |= {i for k, i in enumerate(self.numbers) if k and self.is_compared_to(self.numbers[k - 1], i)}
        self.totals = {i for k, i in enumerate(self.numbers) if k and self.is_total(self.numbers[k - 1], i)}

    def _find_owned(self) -> dict[int, Timex]:
        """The numbers right behind the date that they belong to: "the previous year's 9,202", "the 2013 figure of 50"."""
        owned: dict[int, Timex] = {}
        for i in self.numbers if self.dates else ():
            start = self.quantities[i].start_char
            last = next((t for t in reversed(self.dates) if t.end_char <= start), None)
            if last and start - last.end_char < 40:
                at = last.end_char - 2 if last.text[-1] in "’'s" else last.end_char
                if (
                    (
                        clues.OF_OWNED.fullmatch(self.text, last.end_char, start)
                        and clues.FIGURE_BEFORE.search(self.text, self.setting.start_char, last.start_char)
                    )
                    or clues.OWNED.fullmatch(self.text, at, start)
                    or clues.OWNED.fullmatch(self.text, at + 1, start)
                ):
                    owned[i] = last
        return owned

    def before(self, i: int, length: int = 120) -> str:
        """The text before a number, in its sentence."""
        start = self.quantities[i].start_char
        return self.text[max(self.setting.start_char, start - length) : start]

    def aside(self, position: int) -> tuple[int, int] | None:
        """The bracket or the dashes that a place stands in."""
        if not self.asides:
            return None
        return next((aside for aside in self.asides if aside[0] <= position < aside[1]), None)

    def is_total(self, last: int, i: int) -> bool:
        """Whether the number is the whole that the one before is a part of: "23 of the 153 councils"."""
        between = self.text[self.quantities[last].end_char : self.quantities[i].start_char]
        return self.quantities[i].unit in ("count", "GBP") and clues.OF_WHOLE.fullmatch(between) is not None

    def is_base(self, last: int, i: int) -> bool:
        """Whether the number is what a multiple before it is of: "three times the 210 recorded in 2021"."""
        multiple = self.quantities[last]
        return (
            multiple.unit == "multiplier"
            and multiple.role == "change"
            and clues.TIMES_THE.fullmatch(self.text, multiple.end_char, self.quantities[i].start_char) is not None
        )

    def is_compared_to(self, last: int, i: int) -> bool:
        """Whether the number is the level that the change before it is on: "an increase of 12% on 43,100"."""
        return (
            self.quantities[last].role == "change"
            and self.quantities[i].role == "level"
            and bases.ON_LEVEL.fullmatch(self.text, self.quantities[last].end_char, self.quantities[i].start_char)
            is not None
        )

    def is_stretch(self, i: int) -> bool:
        """Whether the number is a stretch of time beside the figures, as in "over the past two years"."""
        return self.quantities[i].unit in clues.TIME_UNITS and self.quantities[i].tier == "minor"

    def is_old(self, i: int) -> bool:
        """Whether the number is an earlier level."""
        return i in self.olds

    def is_compared(self, i: int) -> bool:
        """Whether the number stands behind "compared with"."""
        return levels.is_compared(self.text, self.setting, self.quantities[i])

    def partner(self, i: int) -> int | None:
        """The new level that follows an old one."""
        return levels.partner(self.text, self.setting, self.quantities, i)

    def value(self, timex: Timex) -> str | None:
        """A date's EDTF; "since 2022" runs up to the day of publication."""
        if clues.SINCE.search(self.text[max(self.setting.start_char, timex.start_char - 40) : timex.start_char]):
            first = edtf.parse(timex.edtf)
            if first and first[0] < self.published and timex.edtf:
                return f"{timex.edtf.split('/')[0]}/{self.published.isoformat()}"
        return timex.edtf

    def usable(self, timex: Timex, i: int) -> bool:
        """Whether a stretch that ends today ("over the past five years") can be a number's time: not a share's."""
        quantity = self.quantities[i]
        first = edtf.parse(timex.edtf)
        if timex.type != "DATE" and first and first[1] > self.published:
            return False
        if quantity.unit == "percent" and quantity.role == "level" and first and first[0] >= self.published:
            is_ahead = timex.text.casefold().startswith(("the next", "next", "the coming", "the following"))
            if is_ahead and clues.INTENDS.search(self.text, quantity.end_char, timex.start_char):
                return False
        if (
            quantity.role == "level"
            and clues.PAST_STRETCH.match(timex.text)
            and not clues.is_set_against(self.before(i, 40))
            and clues.NEW_TO.search(self.before(i, 40))
        ):
            return False
        return timex.type == "DATE" or quantity.role == "change" or quantity.unit in ("GBP", "count")

    def own(self, i: int) -> Timex | None:
        """The date that stands at the number itself: around it, before its bracket, or after it in its clause."""
        quantity = self.quantities[i]
        start, end = quantity.start_char, quantity.end_char
        aside = self.aside(start)
        if (
            aside is not None
            and clues.RELATIVE_ASIDE.match(self.text, aside[0]) is None
            and not any(aside[0] <= t.start_char < aside[1] for t in self.dates)
            and self.hangs_on(i, aside) is None
        ):
            end, aside = aside[1], None
        previous = [t for t in self.dates if t.end_char <= start]
        if previous and clues.OPENED.fullmatch(self.text, previous[-1].end_char, start):
            head = self.text[max(self.setting.start_char, previous[-1].start_char - 12) : previous[-1].start_char]
            if quantity.role == "level" or not bases.THAN_THEN.search(head):
                return previous[-1]
        if i in self.owned:
            return self.owned[i]
        for timex in self.dates:
            if timex.start_char <= start and quantity.end_char <= timex.end_char:
                return timex
            if timex.start_char < end or timex.start_char - end > REACH or not self.usable(timex, i):
                continue
            if timex in self.owned.values():
                return None
            if clues.SAME_PERIOD.fullmatch(timex.text) and any(
                clues.OF_SAME.fullmatch(self.text, timex.end_char, t.start_char) for t in self.dates
            ):
                continue
            is_share = (
                quantity.unit == "percent" and quantity.role == "level" and not clues.NEW_TO.search(self.before(i, 40))
            )
            if self.is_compared_time(i, timex) or (is_share and clues.OF_STRETCH.fullmatch(timex.text)):
                continue
            if self.aside(timex.start_char) != aside:
                if timex.start_char - end < 60 and clues.NAMED_BRACKET.fullmatch(self.text, end, timex.start_char):
                    return timex
                continue
            between = without(self.text, end, timex.start_char, self.asides if aside is None else ())
            if between.startswith(", ") and self.before(i, 2) == ", ":
                between = between[1:]  # "a record number, 415, were moved in May": apposed between commas
            if (
                quantity.unit == "count"
                and clues.PLANNED.search(between)
                and edtf.precision(timex.edtf or "") in ("day", "month", "season")
            ):
                return None
            if quantity.unit == "count" and self._is_due(i, timex, between):
                return None
            if quantity.unit == "GBP" and clues.TO_DO.match(between) and re.search(r"\d", between):
                return None
            if self.is_subordinate and "," in between:
                return None
            if quantity.role == "change" and self.is_shared_since(i, timex):
                return timex
            if quantity.role == "level" and bases.IS_CHANGE_ON.fullmatch(between):
                return None
            if quantity.role == "change" and bases.JUST_COMPARED.fullmatch(between):
                return timex
            if clues.BREAK.search(between) or (
                quantity.unit == "multiplier" and quantity.role == "level" and clues.AS_MANY.fullmatch(between)
            ):
                return None
            others = [
                j
                for j in self.numbers
                if end <= self.quantities[j].start_char < timex.start_char and self.counts_on_the_way(j, aside)
            ]
            if others and not self.is_chain(i, others, timex):
                return timex if len(others) == 1 and self.is_compared_to(i, others[0]) else None
            is_for_year = edtf.precision(timex.edtf or "2000") == "financial_year" and between.endswith(" for ")
            is_apart = "," in between and not others and not is_for_year and self.main_before(i) is not None
            if is_apart and not bases.BASE.search(between) and not clues.AS_OF.search(between):
                return None
            return timex
        return None

    def is_shared_since(self, i: int, timex: Timex) -> bool:
        """Whether "since 2017-18" at the end is of this change and of those like it on the way: "down 3% and up 4%, since"."""
        if not clues.SINCE.search(self.text[max(self.setting.start_char, timex.start_char - 40) : timex.start_char]):
            return False
        start, unit = self.quantities[i].end_char, self.quantities[i].unit
        others = [self.quantities[j] for j in self.numbers if start <= self.quantities[j].start_char < timex.start_char]
        return bool(others) and all(other.role == "change" and other.unit == unit for other in others)

    def _is_due(self, i: int, timex: Timex, between: str) -> bool:
        """Whether a date is the one by which so many are planned: "will train 200 nurses by the summer"."""
        span = edtf.parse(timex.edtf)
        is_ahead = span is not None and span[1] > self.published and clues.BY.search(between) is not None
        return is_ahead and clues.PLANS_TO.search(self.before(i, 60)) is not None

    def is_compared_time(self, i: int, timex: Timex) -> bool:
        """Whether a date is what a share's own words look back to: "12% felt a fall from last year"."""
        quantity = self.quantities[i]
        if quantity.role == "change" or quantity.unit != "percent" or i in self.olds or i in self.owned:
            return False
        if timex.is_relative and clues.WOULD.search(self.text, quantity.end_char, timex.start_char):
            return True  # "83% said they would strike this year"
        is_earlier = clues.SHIFT.match(timex.text) or clues.YEAR_BEFORE.fullmatch(timex.text)
        head = self.text[quantity.end_char : timex.start_char]
        return is_earlier is not None and "," not in head and bases.THAN_THEN.search(head) is not None

    def counts_on_the_way(self, j: int, aside: tuple[int, int] | None) -> bool:
        """Whether a number between another one and a date stands in the way of the two."""
        quantity = self.quantities[j]
        is_small = quantity.tier == "minor" and quantity.unit == "count"
        return (
            j not in self.totals
            and not is_small
            and not self.is_stretch(j)
            and not clues.LIMIT_BEFORE.search(self.before(j, 20))
            and self.aside(quantity.start_char) == aside
        )

    def is_chain(self, i: int, others: list[int], timex: Timex) -> bool:
        """Whether the numbers on the way to the date are of one pair or chain: "by 3.1% (920) to 30,560 in …"."""
        ends = [self.quantities[j].end_char for j in (i, *others)]
        starts = [*(self.quantities[j].start_char for j in others), timex.start_char]
        links = [self.text[low:high] for low, high in zip(ends, starts, strict=True)]
        return all(clues.LINK.fullmatch(link) for link in links[:-1]) and clues.BREAK.search(links[-1]) is None

    def ends(self, timex: Timex) -> tuple[str, str] | None:
        """The two ends of a span of time; money's years ("2022-25") are one stretch."""
        if "-" in (timex.edtf or "") and re.fullmatch(r"\d{4}\s?[-–/]\s?\d{2,4}", timex.text):
            return None
        found = endpoints(timex, self.published)
        if found is None and clues.SAME_PERIOD.fullmatch(timex.text):
            found = spans.ends_of_years(timex.edtf)
        head = self.text[max(self.setting.start_char, timex.start_char - 14) : timex.start_char]
        is_months = found is not None and all(edtf.precision(part) == "month" for part in found)
        return None if is_months and clues.OVER_MONTHS.search(head) else found

    def told(self, timex: Timex) -> str | None:
        """A main date as the time of what follows: "since 2022, when …" is 2022."""
        if re.match(r",?\s+when\b", self.text[timex.end_char : timex.end_char + 8]):
            return timex.edtf
        return self.value(timex)

    def main_before(self, i: int) -> Timex | None:
        """The last date before the number that is not of a comparison, an aside or a stretch."""
        start = self.quantities[i].start_char
        aside = self.aside(start)
        for timex in reversed(self.dates):
            if timex.end_char > start or timex.type != "DATE":
                continue
            if clues.SHIFT.match(timex.text):
                if self.aside(timex.start_char) == aside and clues.IN_WHEN.fullmatch(self.text, timex.end_char, start):
                    return timex
                continue
            if clues.is_event_day(self.text, timex, self.setting.start_char):
                continue
            if clues.DONE_THEN.search(
                self.text[max(self.setting.start_char, timex.start_char - 90) : timex.start_char]
            ):
                continue
            where = self.aside(timex.start_char)
            if where is not None and where != aside:
                continue
            head = self.text[max(self.setting.start_char, timex.start_char - 90) : timex.start_char]
            between = self.text[timex.end_char : start]
            span = edtf.parse(timex.edtf)
            if where is None and re.match(r",?\s+when\b[^.;]{0,60}$", between):
                return timex
            if (clues.BY.search(head) and timex.start_char >= self.setting.start_char + 5) or (
                clues.SINCE.search(head)
                and not re.match(r",?\s+when\b", between)
                and not clues.CUMULATIVE.search(between)
                and not (
                    timex.start_char < self.setting.start_char + 12
                    and clues.TO_DATE.search(self.text, self.quantities[i].end_char, self.setting.end_char)
                )
            ):
                continue
            if span and span[1] < self.published and clues.PLANNED.search(between):
                continue
            if (
                self.ends(timex) is None
                and bases.COMPARED_DATE.search(head)
                and any(self.quantities[j].end_char <= timex.start_char for j in self.numbers)
            ):
                continue
            return timex
        return None

    def hangs_on(self, i: int, aside: tuple[int, int]) -> int | None:
        """The number that an aside with this number hangs on."""
        heads = [j for j in self.numbers if 0 <= aside[0] - self.quantities[j].end_char < 25]
        return heads[-1] if heads else None

    def end_of_rise(self, i: int, own: Timex) -> str | None:
        """The date of the level that a rise over a stretch led to: "by 58% over the past decade, to £10bn in 2024-25"."""
        for j in self.numbers:
            if self.quantities[j].start_char > own.end_char and self.quantities[j].role == "level":
                link = self.text[own.end_char : self.quantities[j].start_char]
                timex = self.own(j) if re.fullmatch(r",?\s+to\s+(?:\w+\s+){0,2}", link) else None
                return timex.edtf if timex else None
        return None

    def chain_span(self, i: int) -> str | None:
        """For "rose by 54% between 2018-19 and 2023-24, to 4,300": the end of the change's span."""
        start = self.quantities[i].start_char
        for timex in reversed(self.dates):
            if timex.end_char <= start and start - timex.end_char < 20:
                ends = self.ends(timex)
                return ends[1] if ends and re.match(r"\s*,?\s+to\b", self.text[timex.end_char : start]) else None
        return None

    def dated_old_after(self, i: int) -> str | None:
        """The date of the old level in "fell to 115,400, from 125,000 in 2022-23"."""
        for j in self.numbers:
            if j > i and self.quantities[j].unit == self.quantities[i].unit:
                between = self.text[self.quantities[i].end_char : self.quantities[j].start_char]
                own = (
                    self.own(j)
                    if re.fullmatch(r"[^.;]{0,30}?,?\s+(?:(?:up|down)\s+)?from\s+(?:\w+\s+){0,2}", between)
                    else None
                )
                is_shift = own is not None and (clues.SHIFT.match(own.text) or clues.YEAR_BEFORE.fullmatch(own.text))
                return own.edtf if own and not is_shift else None
        return None
