"""Times that numbers share: the two of a pair with the change between them, and "the same time" told of again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pipeline.extraction.quantities import bases, clues, spans
from pipeline.extraction.quantities.datasets import Defaults, Setting
from pipeline.extraction.quantities.reading import ReadSentence
from pipeline.records import Quantity


class PairedSentence(ReadSentence):
    """A sentence that can go on from the pair and the last dates told before it."""

    def __init__(
        self, text: str, published: date, setting: Setting, quantities: Sequence[Quantity], default: Defaults
    ) -> None:
        super().__init__(text, published, setting, quantities, default)
        self.pair: tuple[str, str] | None = None
        self.last_date: str | None = None
        self.last_topic: str | None = None

    def told_pair(self, periods: Sequence[str | None]) -> tuple[str, str] | None:
        """The two times between which the sentence tells a rise or fall: "from 410 in 2010 to 370 in 2015"."""
        for i in self.numbers:
            new = self.partner(i) if self.is_old(i) else None
            first, last = periods[i], None if new is None else periods[new]
            if new is not None and first and last and first != last and self.own(i) and self.own(new):
                return first, last
        return None

    def changes_from_pairs(self, periods: list[str | None]) -> None:
        """A change told with its two levels holds from the old one to the new one, or for the new one's year."""
        levels = [i for i in self.numbers if self.quantities[i].role == "level" and periods[i]]
        for i in self.numbers:
            if self.quantities[i].role == "change" and i + 1 in self.owned and self.own(i) is None:
                periods[i] = spans.span(periods[i + 1], periods[i] or self.default.data)
                continue
            if self.quantities[i].role == "change" and self.quantities[i].unit == "multiplier":
                following = next((j for j in levels if j > i), None)
                new = next(
                    (j for j in reversed(levels) if j < i and not self.is_stretch(j) and not self.is_old(j)), None
                )
                if (
                    following is not None
                    and new is not None
                    and self.own(following) is not None
                    and clues.TIMES_THE.fullmatch(
                        self.text, self.quantities[i].end_char, self.quantities[following].start_char
                    )
                ):
                    periods[i] = spans.span(periods[following], periods[new])
                    continue
                if following is None or self.partner(following) is None:
                    continue
            if self.quantities[i].role != "change":
                continue
            mine = self.own(i)
            olds = [j for j in levels if self.is_old(j) and abs(j - i) <= 2 and self.own(j) is not None]
            for j in olds:
                if mine is not None and mine is not self.own(j):
                    continue
                new = self.partner(j)
                if new not in levels or self.own(new) is None:
                    new = next((k for k in reversed(levels) if k < j and not self.is_old(k)), None)
                if new is not None and self.own(new) is not self.own(j):
                    periods[i] = spans.span(periods[j], periods[new])
                    break

    def levels_from_changes(self, periods: list[str | None]) -> None:
        """A level told with nothing but its change ("310, a fall of 3% from 2021") holds for the change's last time."""
        for i in self.numbers[:-1]:
            change = self.quantities[i + 1]
            if periods[i] or self.quantities[i].role != "level" or change.role != "change" or i + 1 not in self.numbers:
                continue
            between = self.text[self.quantities[i].end_char : change.start_char]
            if self.own(i + 1) is not None and bases.APPOSED_CHANGE.fullmatch(between):
                periods[i] = spans.last_part(periods[i + 1])

    def find_same_time(self, spoken: str | None) -> dict[int, str]:
        """The numbers of a sentence that opens with "in the same month": they hold for the time just spoken of."""
        opened = clues.SAME_TIME_AGAIN.match(self.text, self.setting.start_char)
        own = self.dates[0] if self.dates else None
        if opened and self.last_topic and "time" not in opened[0]:
            return dict.fromkeys(self.numbers, self.last_topic)
        if opened and spoken and own and own.start_char < opened.end() and own.edtf:
            return dict.fromkeys(self.numbers, own.edtf)
        if self.last_date and clues.BY_THEN.match(self.text, self.setting.start_char):
            return dict.fromkeys(self.numbers, self.last_date)
        if opened and spoken:
            return dict.fromkeys(self.numbers, spoken)
        return self._same_time_behind()

    def _same_time_behind(self) -> dict[int, str]:
        """The numbers before "at the same time" or "over this period" at the end of a clause without a date of its own."""
        behind = clues.SAME_TIME_BEHIND.search(self.text, self.setting.start_char, self.setting.end_char)
        if behind is None or self.dates:
            return {}
        before = [i for i in self.numbers if self.quantities[i].end_char <= behind.start() and not self.is_stretch(i)]
        between = self.text[self.quantities[before[-1]].end_char : behind.start()] if before else ";"
        if clues.BREAK.search(between):
            return {}
        if self.pair and "period" in behind[0]:
            old, new = self.pair
            return {i: spans.join(old, new) for i in before if self.quantities[i].role == "change"}
        is_time = "time" in behind[0] and self.last_topic
        return dict.fromkeys(before, self.last_topic) if is_time and self.last_topic else {}
