"""One sentence cut for its numbers: what stands before and behind each, its subject, the verb that leads to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from pipeline.extraction.quantities.asides import find_asides
from pipeline.extraction.quantities.datasets import Setting
from pipeline.extraction.quantities.measure_cues import (
    ANAPHOR,
    CHANGE_NOUN,
    CHANGE_VERB,
    EMBEDDED,
    FTE_BRACKET,
    NOUN_BEFORE,
    NOUN_FORM,
    NOUN_IN,
    NUMBER_BRACKET,
    PRONOUN,
    TRANSITIVE,
)
from pipeline.extraction.quantities.phrases import first_phrase, last_clause, noun_phrase, tidy, without_dates
from pipeline.extraction.quantities.wording import condense
from pipeline.records import Quantity

#: What parts an item of a list from the next number, and the clause of one number from that of the next.
_NEXT_ITEM: Final = re.compile(
    r"(?:\s+and|,|\s+or|\s+with)\s*(?:(?:about|around|just|over|under|almost|nearly|more|"
    r"less|than|an?|another|only|the|with)\s+)*$"
)
_NEXT_CLAUSE: Final = re.compile(
    r"(?:\s+(?:and|but|while)\s+(?=(?:the|an?|its|their)\s|[A-Z])|,\s)(?:(?!\s+(?:and|but|while)\s|,\s)[^(])*$"
)
#: "Placement type: most children …": what an item of a list is about.
_LABEL: Final = re.compile(r"[A-Z][\w’'/-]*(?:\s+[\w’'/&-]+){0,5}:\s+")
#: "The overspend, calculated from the returns, stands at": an aside without a verb of its own.
_PARTICIPLE_ASIDE: Final = re.compile(
    r",\s+(?:which|who|(?:[a-z]+ed|based|known|seen|given|made|set|drawn|taken)\s+(?:by|from|in|on|at|as|to|before|after|between|during))\b"
    r"[^,;:]{2,90},\s*$"
)
#: "most children are in care, and this proportion fell": what the proportion is of.
_MOST_OF: Final = re.compile(
    r"\b(?:[Mm]ost|(?:the|a)\s+majority\s+of)\s+(?P<what>[^,;:]{3,90}),\s+(?:(?:and|but|although|though)\s+)?(?:this|that|their|the|its)\s*"
    r"(?:(?:proportion|share|percentage|number|figure|rate)\s*)?(?:(?:has|have|had)\s*)?$"
)
#: "the largest group was nurses without a degree, whose number rose": what the number is of.
_WHOSE_NUMBER: Final = re.compile(
    r"\b(?:was|were|is|are)\s+(?P<what>[^,;:]{3,90}),\s+whose\s+(?:number|share|proportion|percentage|total)s?\s*(?:(?:has|have|had)\s*)?$"
)
_THEIR_SHARE: Final = re.compile(r",\s+with\s+(?:their|its)\s+(?:number|share|proportion|percentage|total)s?\s*$")
_BREAK: Final = re.compile(r"[;:]|\b(?:while|whereas|but|although|said|which|who|where)\b")


def of_noun(phrase: str) -> str:
    """X of "a rise in X"; other phrases as they are."""
    held = NOUN_IN.search(phrase) if CHANGE_NOUN.search(f"the {phrase}") else None
    return tidy(held["what"]) if held else phrase


class Clauses:
    """The sentence with its numbers; dates and the asides that a place is not in are left out of what is cut."""

    def __init__(
        self, text: str, setting: Setting, quantities: Sequence[Quantity], dates: Sequence[tuple[int, int]]
    ) -> None:
        self.text, self.setting, self.quantities, self.dates = text, setting, quantities, dates
        self.asides = find_asides(text, setting.start_char, setting.end_char)
        self._cut: dict[tuple[str, int], str] = {}
        label = _LABEL.match(text, setting.start_char, setting.end_char) if setting.kind == "list_item" else None
        self.begin = label.end() if label else setting.start_char

    def subject(self, quantity: Quantity) -> str:
        """What stands before the verb of change or state that leads to the number."""
        verb = self.verb_before(quantity)
        if verb is None:
            return ""
        middle = self.clean(self.setting.start_char + verb[1], quantity.start_char)
        if TRANSITIVE.search(self.text, self.setting.start_char + verb[0], self.setting.start_char + verb[1]):
            middle = re.sub(r"\b(?:from|by|to|down|up|of|at)\b(?:(?!\b(?:from|by)\b).)*$", "", middle)
            thing = tidy(middle)
            if (
                thing
                and not re.match(r"(?:\w+ly|further|again|even|slightly|from|by|to|the\s+most)\b", thing)
                and len(thing) > 3
            ):
                return thing
        led = self.clean(self.begin, self.setting.start_char + verb[0])
        phrase = last_clause(_PARTICIPLE_ASIDE.sub("", led) or led)
        found = of_noun(tidy(phrase))
        if not found or PRONOUN.match(found):
            phrase = led
            if told := _MOST_OF.search(phrase):
                return tidy(condense(told["what"]))
            if told := _WHOSE_NUMBER.search(phrase):
                return tidy(told["what"])
            wider = of_noun(tidy(last_clause(ANAPHOR.sub("", phrase))))
            if len(wider.split()) < 2 and _THEIR_SHARE.search(phrase) and (opening := self.head()):
                return opening
            if wider and not PRONOUN.match(wider):
                return wider
            return self.topic() or self.head()
        return found

    def head(self) -> str:
        """The subject that the sentence opens with."""
        whole = self.clean(self.begin, self.setting.end_char)
        opened = re.sub(
            r"^[“\"]?(?:as|in|at|for|since|despite|with|under|according\s+to|among|over|"
            r"however|meanwhile|but|and)\b[^,]{0,80},\s+",
            "",
            whole,
            flags=re.IGNORECASE,
        )
        found = tidy(noun_phrase(opened))
        is_told = 0 < len(found.split()) <= 16 and not PRONOUN.match(found) and not PRONOUN.match(found.split()[0])
        return found if is_told else ""

    def topic(self) -> str:
        """What the sentence says to rise or fall: "a rise in X"."""
        whole = self.clean(self.setting.start_char, self.setting.end_char)
        match = CHANGE_NOUN.search(whole)
        return tidy(first_phrase(" " + re.sub(r"^\s*(?:in|of|to)\s+", "", whole[match.end() :]))) if match else ""

    def verb_before(self, quantity: Quantity) -> tuple[int, int] | None:
        """Span, in the sentence, of the last verb of change before the number, outside of asides."""
        length = quantity.start_char - self.setting.start_char
        masked = self.masked(self.setting.start_char, quantity.start_char)
        best = None
        for match in CHANGE_VERB.finditer(masked, 0, length):
            if not (NOUN_FORM.match(match[0]) and NOUN_BEFORE.search(masked, 0, match.start())):
                best = match
        if best is None:
            return None
        gap = masked[best.end() :]
        if len(gap) > 150 or _BREAK.search(gap):
            return None
        return best.span()

    def masked(self, start: int, end: int) -> str:
        """Text with asides that don't hold the end blanked out."""
        out = self.text[start:end]
        for low, high in self.asides:
            if low >= start and high <= end:
                out = out[: low - start] + " " * (high - low) + out[high - start :]
        return out

    def clean(self, start: int, end: int) -> str:
        """Text without dates and without the asides that end before its end."""
        cuts = sorted([*self.dates, *(aside for aside in self.asides if aside[1] <= end)])
        return without_dates(self.text, start, end, cuts)

    def before(self, quantity: Quantity) -> str:
        """What stands before the number in its sentence, without dates."""
        key = ("before", quantity.start_char)
        if key not in self._cut:
            self._cut[key] = self._before(quantity)
        return self._cut[key]

    def after(self, quantity: Quantity) -> str:
        """What follows the number in its sentence, without dates; a list's items go on to the next number."""
        key = ("after", quantity.start_char)
        if key not in self._cut:
            self._cut[key] = self._after(quantity)
        return self._cut[key]

    def _before(self, quantity: Quantity) -> str:
        return self.clean(self.setting.start_char, quantity.start_char)

    def _after(self, quantity: Quantity) -> str:
        end = self.setting.end_char
        shut = NUMBER_BRACKET.match(self.text, quantity.end_char, end)
        begin = shut.end() if shut else quantity.end_char
        mine = self.aside(quantity.start_char)
        following = [
            self.quantities[j]
            for j in self.setting.numbers
            if self.quantities[j].start_char >= begin
            and self.quantities[j].unit not in EMBEDDED
            and self.aside(self.quantities[j].start_char) in (mine, None)
        ]
        if following:
            between = self.text[begin : following[0].start_char]
            cut = _NEXT_ITEM.search(between) or _NEXT_CLAUSE.search(between)
            if cut and cut.start() > 0:
                end = begin + cut.start()
            elif following[0].unit != "count":
                end = following[0].start_char
        cuts = (
            sorted([*self.dates, *(part for part in self.asides if part[0] >= begin)]) if mine is None else self.dates
        )
        after = without_dates(self.text, begin, max(begin, end), cuts)
        return FTE_BRACKET.sub(" ", after) if "(" in after else after

    def aside(self, position: int) -> tuple[int, int] | None:
        if not self.asides:
            return None
        return next((part for part in self.asides if part[0] <= position < part[1]), None)

    def left(self, quantity: Quantity) -> str:
        """The phrase before the number, where nothing better is told."""
        before = re.sub(r"\(\s*(?:\w+\s+){0,3}$", "", self.before(quantity))
        found = tidy(last_clause(before))
        aside = self.aside(quantity.start_char)
        if aside and (not found or PRONOUN.match(found)):
            return tidy(last_clause(self.clean(self.setting.start_char, aside[0])))
        return found

    def segment(self, quantity: Quantity) -> str:
        """The piece between marks before the number: "the fall in referrals" of "…, after the fall in referrals, from 40"."""
        pieces = re.split(r"[,;:(]|\s[–—]\s", self.before(quantity))
        return next((found for piece in reversed(pieces) if (found := of_noun(tidy(piece)))), "")
