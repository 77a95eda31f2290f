"""What a date says of a number: its own value, the end of a span, a year before or after, or how far back it counts.

"5% up on 2021" holds for the time after 2021, "in the same quarter of 2018" for the base's quarter in that year, "over the
past five years" for the five years that end with the data.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from pipeline import edtf
from pipeline.extraction.quantities import bases, clues, spans
from pipeline.extraction.quantities.datasets import Defaults, Setting, year_of_data
from pipeline.extraction.quantities.dated import REACH, DatedSentence
from pipeline.extraction.quantities.deals import is_backdated, is_of_deal
from pipeline.extraction.timex import almanac
from pipeline.extraction.timex.numerals import read_number
from pipeline.records import Quantity, Timex

#: A count below this is told of the date that stands at it or of none, unless it is one of a list:
SMALL: Final = 13
#: of more than so many counts, each within so many characters.
LIST: Final = 3
LISTED: Final = 120
#: What parts a share from "the past year" behind it: then the stretch is of something else.
_APART: Final = re.compile(r"[,;:\d]|\b(?:than|from|on|increased|risen|fallen|changed)\b")


class ReadSentence(DatedSentence):
    """A sentence whose dates are read for its numbers; ``default`` is what the story's data fall back on."""

    def __init__(
        self, text: str, published: date, setting: Setting, quantities: Sequence[Quantity], default: Defaults
    ) -> None:
        super().__init__(text, published, setting, quantities)
        self.default = default
        self.years_to: frozenset[str] = frozenset()

    def needs_base(self, quantity: Quantity, own: Timex) -> bool:
        """Whether a number's own date only says how far it lies from another: a change's, "a year earlier"."""
        head = self.text[max(self.setting.start_char, own.start_char - 40) : own.start_char]
        return (
            quantity.role == "change"
            or clues.SHIFT.match(own.text) is not None
            or clues.OF_SAME_BEFORE.search(head) is not None
        )

    def from_own(self, i: int, own: Timex, base: str | None) -> str | None:
        """The period that a number's own date gives it; ``base`` is what the text speaks of, to count from."""
        quantity = self.quantities[i]
        value = self.value(own)
        if quantity.role == "change" and is_backdated(self.text, own) and self.default.deal:
            return self.default.deal
        if self.is_old(i) and own.text.casefold() == "last year" and (then := base or self.default.data):
            return almanac.shift(then, -12)
        if of_data := year_of_data(own, self.default.data, quantity.role):
            return of_data
        if quantity.role == "change" and (counted := self._counted_back(i, own, value, base)):
            return counted
        head = self.text[max(self.setting.start_char, own.start_char - 14) : own.start_char]
        is_year_to = clues.YEAR_TO.match(own.text) or clues.YEAR_TO_BEFORE.search(head)
        if self.is_pair(i) and is_year_to and own.start_char > quantity.end_char and value:
            last = almanac.shift(value.rpartition("/")[2], 0)
            return almanac.shift(last, -12) if self.is_old(i) and last else last
        if base and (years := self.years_back(own, base)):
            return base if quantity.role == "change" else almanac.shift(base, -12 * years)
        if clues.SHIFT.match(own.text):
            return self._shifted(quantity, own, value, base)
        if quantity.role == "change" and (old := self._compared_with(i, own)):
            return spans.span(old, value)
        if quantity.role == "change" and self._is_change_from(i, own):
            if base and clues.YEAR_BEFORE.fullmatch(own.text):
                return base
            if own.start_char > quantity.start_char and not self.is_ahead(own):
                return spans.span(value, base) if base and base != value else spans.year_after(value, self.published)
        ends = self.ends(own) or self._from_year_to_year(i, own)
        if ends and quantity.role == "level" and self._is_window(i, own, ends):
            return value
        if ends and quantity.role == "level":
            if self.is_old(i):
                return ends[0]
            if clues.NEW_TO.search(self.before(i)):
                return ends[1]
        if ends and quantity.role == "change" and almanac.shift(ends[0], 12) == ends[1]:
            return ends[1]
        return self.as_stock(i, value, own)

    def _counted_back(self, i: int, own: Timex, value: str | None, base: str | None) -> str | None:
        """The span of a change told with a stretch: "over the past five years", "since 2021", "in a decade, to 40"."""
        if base and (months := spans.stretch_back(own.text, value, self.published)):
            end = spans.end_of_stretch(base)
            return end if months == 12 else spans.join(almanac.shift(end, -months) or end, end)
        if self.is_since(value) and base and not self.is_since(base):
            return spans.span((value or base).partition("/")[0], base)
        if own.type == "DURATION" and (risen := self.end_of_rise(i, own)):
            found = edtf.parse(value)
            years = round((found[1] - found[0]).days / 365.25) if found else 0
            return spans.join(almanac.shift(risen, -12 * years) or risen, risen) if years else risen
        return None

    def _compared_with(self, i: int, own: Timex) -> str | None:
        """The earlier time that a change's date is set against: "8% fewer in 2018-19, compared with 2014-15"."""
        end = max(own.end_char, self.quantities[i].end_char)
        later = next((t for t in self.dates if t.start_char >= end and t.edtf != own.edtf), None)
        if later is None or clues.SHIFT.match(later.text) or self.aside(later.start_char) is not None:
            return None
        if any(end <= self.quantities[j].start_char < later.start_char and not self.aside(self.quantities[j].start_char)
               for j in self.numbers):  # fmt: skip
            return None
        first, last = edtf.parse(later.edtf), edtf.parse(own.edtf)
        is_set = bases.THEN_COMPARED.search(self.text[end : later.start_char])
        return later.edtf if is_set and first and last and first[0] < last[0] else None

    @staticmethod
    def _shifted(quantity: Quantity, own: Timex, value: str | None, base: str | None) -> str | None:
        """The base a year or more back: "two years earlier"; for a change the time from there to the base."""
        end = spans.end_of_stretch(base) if base and base != value else None
        shifted = spans.shifted(own.text, end) if end else None
        if quantity.role == "change" and end:
            return end if shifted is None or almanac.shift(shifted, 12) == end else spans.join(shifted, end)
        return shifted or value

    def _is_change_from(self, i: int, own: Timex) -> bool:
        """Whether a change's own date is that of what it is set against: "up 5% on 2021", "twice the number in 2008"."""
        quantity = self.quantities[i]
        between = self.text[quantity.end_char : own.start_char]
        is_possessive = between == " " and "’" in self.text[own.end_char - 2 : own.end_char + 1]
        is_of = is_possessive or bases.OF_BASE.fullmatch(between)
        if quantity.unit == "multiplier" and is_of and self.ends(own) is None:
            return True
        if not any(
            cue.search(between) for cue in (bases.BASE, bases.BASE_LEVEL, bases.BASE_BRACKET, bases.THAN_NUMBER)
        ):
            return False
        return self.ends(own) is None or bases.FROM_BASE.search(between) is None

    def as_stock(self, i: int, value: str | None, own: Timex | None = None) -> str | None:
        """The end of "the year to …" for what is counted at a moment, the year for what happens in it."""
        quantity = self.quantities[i]
        span = edtf.parse(value)
        if not span or not value or quantity.role != "level" or not clues.NEW_TO.search(self.before(i)):
            return value
        days = (span[1] - span[0]).days
        if "/" not in value or not 300 < days < 370 or self._is_reporting_year(value):
            return value
        clause = self.text[max(self.setting.start_char, quantity.start_char - 90) : quantity.start_char]
        return value if clues.FLOW.search(clause) else f"{span[1]:%Y-%m}"

    def _is_reporting_year(self, value: str) -> bool:
        """Whether April to March is told as a year of its own ("2023-24"), not as "the year to March 2024"."""
        return edtf.precision(value) == "financial_year" and value not in self.years_to

    def stock_end(self, i: int, value: str) -> str:
        """The last month of a "year to …" for what is counted at a moment; other values as they are."""
        span = edtf.parse(value)
        is_year_to = (
            span and "/" in value and 300 < (span[1] - span[0]).days < 370 and not self._is_reporting_year(value)
        )
        clause = self.before(i, 90)
        return f"{span[1]:%Y-%m}" if span and is_year_to and not clues.FLOW.search(clause) else value

    def date_of_survey(self, i: int, main: Timex | None, is_sample: bool) -> str | None:
        """The date of the one survey that the sentence tells of, for its shares and the number of those asked."""
        quantity = self.quantities[i]
        dates = [timex for timex in self.dates if timex.type == "DATE"]
        if quantity.role == "change" or quantity.unit not in ("percent", "count") or len(dates) != 1:
            return None
        timex = dates[0]
        if not clues.tells_survey(self.text[self.setting.start_char : self.setting.end_char]):
            return None
        if not is_sample if main else "," in self.text[quantity.end_char : timex.start_char]:
            return None
        head = self.text[max(self.setting.start_char, timex.start_char - 90) : timex.start_char]
        is_its = clues.SURVEY_BEHIND.match(self.text, timex.end_char) or clues.SURVEY_AHEAD.search(head)
        span = edtf.parse(timex.edtf)
        return timex.edtf if is_its and span and span[0] <= self.published else None

    def tells_other_source(self) -> bool:
        """Whether the sentence says when somebody spoke: "In September, the charity found …" is no story's data."""
        return any(
            clues.is_reporting_date(self.text, timex, self.setting.end_char)
            for timex in self.setting.dates
            if timex not in self.dates
        )

    def is_of_stretch(self, i: int) -> bool:
        """Whether a share is of "the past year" or "the previous month": of no time that the story tells."""
        end = self.quantities[i].end_char
        if clues.NEW_TO.search(self.before(i, 40)):
            return False
        timex = next((t for t in self.setting.dates if t.start_char >= end), None)
        if timex is None or not clues.LAST_STRETCH.fullmatch(timex.text):
            return False
        between = self.text[end : timex.start_char]
        return len(between) < REACH and _APART.search(between) is None

    def years_back(self, own: Timex, base: str) -> int:
        """How many years "the same quarter of 2018", "the same period last year" lie before the base."""
        if not clues.OF_SAME_BEFORE.search(
            self.text[max(self.setting.start_char, own.start_char - 40) : own.start_char]
        ):
            return 0
        span, then = edtf.parse(base), edtf.parse(own.edtf)
        if not span or not then or edtf.precision(own.edtf or "") != "year":
            return 0
        return max(0, 1 if own.is_relative else span[1].year - then[0].year)

    def over_years(self, i: int, value: str | None) -> str | None:
        """For money "from 2022-23 … over three years": so many years from the date's beginning."""
        quantity = self.quantities[i]
        if quantity.role == "change" and value and ("/" not in value or edtf.precision(value) == "financial_year"):
            over = clues.CHANGED_OVER.match(self.text, quantity.end_char, self.setting.end_char)
            years = read_number(over["n"]) if over else None
            return spans.join(almanac.shift(value, -round(12 * years)) or value, value) if years else value
        match = clues.OVER_YEARS.match(self.text, quantity.end_char, self.setting.end_char)
        first, _, _ = (value or "").partition("/")
        count = read_number(match["n"]) if match and quantity.unit == "GBP" and value else None
        if count is None:
            return value
        whole = spans.shifted_by(first if len(first) == 7 else value or "", round(12 * count))
        return spans.join(first, whole) if whole else value

    def is_since(self, period: str | None) -> bool:
        """Whether a period runs up to the day of publication: of one figure, not of those around it."""
        return (period or "").endswith(f"/{self.published.isoformat()}")

    def is_pair(self, i: int) -> bool:
        """Whether the number is an end of "from A to B"."""
        return self.quantities[i].role == "level" and (
            self.is_old(i)
            or (
                clues.NEW_TO.search(self.before(i, 40)) is not None
                and any(self.partner(j) == i for j in self.numbers if j < i)
            )
        )

    def is_of_deal(self, i: int) -> bool:
        """Whether a rise is the one of the pay deal that the story is about."""
        sentence = self.text[self.setting.start_char : self.setting.end_char]
        return is_of_deal(sentence, self.before(i), self.quantities[i])

    def is_new(self, i: int) -> bool:
        """Whether the number is the level that something came to: "rose by 4% to 310"."""
        before = self.before(i, 40)
        return (
            self.quantities[i].role == "level"
            and clues.NEW_TO.search(before) is not None
            and not clues.UP_TO.search(before)
        )

    def _from_year_to_year(self, i: int, own: Timex) -> tuple[str, str] | None:
        """The two years of "rose from 9% to 11%, from 2021-22", which would else be one financial year."""
        if edtf.precision(own.edtf or "2000") != "financial_year" or not self.is_pair(i):
            return None
        if not bases.FROM_BASE.search(self.text, self.setting.start_char, own.start_char):
            return None
        first = int((own.edtf or "")[:4])
        return f"{first:04d}", f"{first + 1:04d}"

    def _is_window(self, i: int, own: Timex, ends: tuple[str, str]) -> bool:
        """Whether months right behind an end of a pair are its own: "from 160 between May and July 2023 to 90 in …"."""
        if not all(edtf.precision(part) == "month" for part in ends):
            return False
        other = self.partner(i) if self.is_old(i) else next((j for j in self.numbers if self.partner(j) == i), None)
        if other is not None and self.own(other) in (own, None):
            return False
        return clues.IN_MONTHS.fullmatch(self.text, self.quantities[i].end_char, own.start_char) is not None

    def is_pair_of(self, base: str | None) -> bool:
        """Whether a time is a span of years, of which a new level has the last."""
        return spans.ends_of_years(base) is not None and not self.is_since(base)

    def carries(self, i: int) -> bool:
        """Whether a number takes over the time of the one before it: not in a new clause that tells of today or of plans."""
        start = self.quantities[i].start_char
        low = max(
            (self.quantities[j].end_char for j in self.numbers if self.quantities[j].end_char <= start), default=start
        )
        opened = clues.NEW_CLAUSE.search(self.text, low, start)
        if opened is None:
            return True
        end = min(self.setting.end_char, self.quantities[i].end_char + 60)
        return clues.OF_TODAY.search(self.text, opened.start(), end) is None

    def is_listed(self, i: int) -> bool:
        """Whether a small count is one of a list of counts that holds a larger one: "six good, 19 fair and 20 poor"."""
        counts = [j for j in self.numbers if self.quantities[j].unit == "count" and self.quantities[j].tier == "core"]
        near = [j for j in counts if abs(self.quantities[j].start_char - self.quantities[i].start_char) < LISTED]
        return len(near) > LIST and any(self.quantities[j].value >= SMALL for j in near)

    def is_ahead(self, timex: Timex | None) -> bool:
        """Whether a date is still to come: of the new level of "will rise from £90 to £120 in May", not of the old."""
        span = edtf.parse(timex.edtf) if timex else None
        return span is not None and span[0] > self.published and "/" not in ((timex and timex.edtf) or "/")

    def is_said_month(self, i: int, own: Timex) -> bool:
        """Whether a bare month stands right behind an old level ("up from 12% in May"): the last one of that name."""
        return (
            own.is_relative
            and re.fullmatch(r"\s+in\s+", self.text[self.quantities[i].end_char : own.start_char]) is not None
        )
