"""What a number measures, in words of the article: a noun phrase without the number and the period.

The subject of a change ("the vacancy rate fell from …"), what a share is of ("63% of practitioners said …"), what is
counted ("6,028 FTE social workers joined …"), what money is for; carried on where a number only goes on from the one
before it ("up from 51%", "(9.2%)", "6.9% of case holders").
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from pipeline.extraction.quantities import clues
from pipeline.extraction.quantities.datasets import Setting
from pipeline.extraction.quantities.deeds import done_to
from pipeline.extraction.quantities.gates import last_word
from pipeline.extraction.quantities.measure_cues import (
    AFTER_NOUN_IN,
    AND_MORE,
    BARE,
    BARE_NOUN,
    BRACKET_AGAIN,
    CHANGE_NOUN,
    COMPARED_AGAIN,
    FTE,
    IS_DONE,
    LIKELY,
    MONEY_FOR,
    MORE_BEFORE,
    MORE_OF,
    NEW_ITEM,
    NOUN_IN,
    NUMBER_DOING,
    OF,
    OF_THEM,
    ON_BASE,
    PER_ONE,
    RATE,
    SAME_AGAIN,
    STRIKING,
    UNTOLD,
)
from pipeline.extraction.quantities.measure_frames import (
    of_added,
    of_answers,
    of_length,
    of_level,
    of_money,
    of_pay,
    of_recipient,
    of_sum,
    of_vote,
    with_average,
    with_rate,
)
from pipeline.extraction.quantities.measure_links import (
    OWN_NOUN,
    PLACE_AFTER,
    TO_COME,
    goes_on_again,
    is_told_again,
    named_money,
    next_place,
    of_giving,
    of_likelihood,
    of_pair_in,
    of_part,
    of_pay_rise,
    of_which,
    paid_group,
    without_giver,
)
from pipeline.extraction.quantities.phrases import as_group, first_phrase, last_clause, noun_phrase, tidy
from pipeline.extraction.quantities.shares import Shares
from pipeline.extraction.quantities.sums import of_funded, of_purpose
from pipeline.extraction.quantities.told_again import fuller_words
from pipeline.extraction.quantities.votes import find_votes
from pipeline.extraction.quantities.wording import condense, group_of, head_of, is_empty, is_weak, opens_with_verb
from pipeline.records import Quantity


def find_measures(
    text: str, settings: Sequence[Setting], quantities: Sequence[Quantity], dates: Sequence[tuple[int, int]]
) -> list[str]:
    """A measure for each quantity, in order; "" where there are no words for one. ``dates`` are spans, by start."""
    measures = [""] * len(quantities)
    who = ""
    intro = ""
    told: dict[str, str] = {}  # the last measure of each unit, and under "" the last of all
    for setting in settings:
        if not setting.numbers:
            if setting.kind != "list_item":
                intro = _intro(text, setting)
                if clues.tells_survey(text[setting.start_char : setting.end_char]):
                    who = "respondents"
            continue
        inside = dates[bisect_left(dates, (setting.start_char, 0)) : bisect_left(dates, (setting.end_char, 0))]
        above = intro if setting.kind == "list_item" else ""
        sentence = _Sentence(text, setting, quantities, inside, who, told.get("count", ""), above)
        for place in range(len(setting.numbers)):
            i = setting.numbers[place]
            measure = condense(sentence.measure(place, measures)) or (measures[i - 1] if place else "")
            if quantities[i].unit == "GBP":
                measure = without_giver(measure)
            if (doing := NUMBER_DOING.match(measure)) and (told_of := group_of(told.get("count", ""))):
                measure = f"{head_of(told_of)} {measure[doing.end() :]}"
            if is_weak(measure):
                near = told.get("" if quantities[i].role == "change" else quantities[i].unit)
                measure = (measures[i - 1] if place else "") or near or told.get("", measure)
            elif quantities[i].unit not in clues.TIME_UNITS:
                told[quantities[i].unit] = told[""] = measure
            if rate := RATE.match(text, quantities[i].end_char):
                measure = with_rate(measure, quantities[i].unit, rate["rate"])
            if FTE.match(text, quantities[i].end_char) and not FTE.search(f" {measure}"):
                measure += " (FTE)"
            measures[i] = measure
        who = sentence.group(measures) or who
        if setting.kind != "list_item":
            intro = _intro(text, setting)
    return fuller_words(quantities, measures)


def _intro(text: str, setting: Setting) -> str:
    """The line above a list, which ends in a colon; else ""."""
    return text[setting.start_char : setting.end_char] if text[setting.end_char - 1] == ":" else ""


class _Sentence(Shares):
    """One sentence while its numbers get their measures."""

    def __init__(
        self, text: str, setting: Setting, quantities: Sequence[Quantity], dates: Sequence[tuple[int, int]], who: str,
        counted: str, intro: str,
    ) -> None:  # fmt: skip
        super().__init__(text, setting, quantities, dates, who, counted)
        self.intro = intro
        self.deeds: dict[int, str] = {}
        self.parts: dict[int, str] = {}
        self.votes = find_votes(text, setting.start_char, setting.numbers, quantities)

    def measure(self, place: int, measures: Sequence[str]) -> str:
        """The measure of the number at ``place`` among the sentence's numbers, framed by what its sentence says."""
        i = self.setting.numbers[place]
        quantity = self.quantities[i]
        before, after = self.before(quantity), self.after(quantity)
        if i in self.votes:
            one = i if i - 1 not in self.votes else i - 1
            behind = self.text[self.quantities[one + 1].end_char : self.setting.end_char]
            return of_vote(self.before(self.quantities[one]), behind, self.votes[i], quantity.unit == "percent")
        found = self._plain(place, measures)
        if quantity.unit == "count":
            found = of_answers(before, found)
            if per := PER_ONE.match(after):
                found = f"{with_average(before, after, found)} {per['per']}"
        elif quantity.unit != "percent":
            found = with_average(before, after, found)
        if quantity.unit == "count" and quantity.role == "level" and found and BARE_NOUN.fullmatch(found):
            found = self._with_deed(place, found, measures)
        return found or self.segment(quantity)

    def _with_deed(self, place: int, found: str, measures: Sequence[str]) -> str:
        """A bare noun with what is done to it; in a list ("40 nurses and 12 clerks") with what is done to the one before."""
        i = self.setting.numbers[place]
        before = self.before(self.quantities[i])
        if last_word(before) in ("extra", "further", "additional") and (more := MORE_BEFORE.search(before)):
            found = f"{more['more'].lower()} {found}"
        if place and (last := self.deeds.get(i - 1)):
            between = self.text[self.quantities[i - 1].end_char : self.quantities[i].start_char]
            if AND_MORE.fullmatch(between):
                self.deeds[i] = last
                return f"{found} {last}"
        told = done_to(self.before(self.quantities[i]), found)
        if told:
            self.deeds[i] = told[len(found) :].strip()
        return told or found

    def _plain(self, place: int, measures: Sequence[str]) -> str:
        """The measure by the words beside the number."""
        i = self.setting.numbers[place]
        quantity = self.quantities[i]
        counted = [j for j in self.setting.numbers[:place] if self.quantities[j].unit not in clues.TIME_UNITS]
        last = counted[-1] if counted else None
        between = self.text[self.quantities[last].end_char : quantity.start_char] if last is not None else ""
        after, before_all = self.after(quantity), self.text[self.setting.start_char : quantity.start_char]
        carried = measures[self._part(counted)] if last is not None else ""
        if quantity.unit in clues.TIME_UNITS:
            times = [j for j in self.setting.numbers[:place] if self.quantities[j].unit == quantity.unit]
            if times and quantity.role == "change":
                return measures[times[-1]]
            return of_length(self.before(quantity)) or self._of_time(quantity, after)
        if added := of_added(self.before(quantity), after):
            return added
        if them := OF_THEM.match(after):
            return self.of_them(quantity, them, carried)
        if quantity.role == "level" and (level := of_level(self.before(quantity))):
            return level
        if (
            quantity.role == "level"
            and "from " in before_all
            and (paired := of_pair_in(before_all, self.text[quantity.end_char : self.setting.end_char]))
        ):
            head, _, rest = paired.partition(" ")
            return f"{head_of(group_of(carried))} {rest}" if head == "those" and group_of(carried) else paired
        if last is not None and carried and self._is_base(self.quantities[last], between):
            return carried
        if last is not None and carried and self._goes_on(quantity, self.quantities[last], between, after):
            return carried
        if last is not None and carried and self.quantities[last].unit == quantity.unit:
            if goes_on_again(self.clean(self.quantities[last].end_char, quantity.start_char)) and BARE.match(after):
                return carried
            if TO_COME.fullmatch(between):
                return carried
            if placed := next_place(between, after, carried):
                return placed
        if carried and self._is_compared(
            quantity, self.quantities[last] if last is not None else quantity, between, after
        ):
            return carried
        if carried and (
            re.match(r"\s+as\s+(?:many|much)\b", after)
            or re.search(r"\bas\s+(?:many|much)\s+as\b[^.;]*\(\s*$", between)
        ):
            return carried
        if carried and quantity.unit == "multiplier" and quantity.role == "change" and clues.TIMES_THE.match(after):
            return carried
        if quantity.unit == "multiplier" or LIKELY.match(after):
            return of_likelihood(self.before(quantity), after, self.intro) or self.subject(quantity) or carried
        if quantity.role == "change":
            return self._of_change(quantity, after) or carried or self.left(quantity)
        if quantity.unit in ("percent", "percentage_point"):
            return self.of_share(quantity, after, between, carried, last)
        if quantity.unit in ("GBP", "other"):
            return self._of_money(quantity, after, carried) or carried
        following = [self.quantities[j] for j in self.setting.numbers[place + 1 : place + 2]]
        if (
            following
            and clues.OF_WHOLE.fullmatch(self.text, quantity.end_char, following[0].start_char)
            and last is not None
        ):
            part, whole = of_part(between, carried)
            if part:
                self.parts[following[0].start_char] = whole
                return part
        if quantity.start_char in self.parts:
            return self.parts[quantity.start_char]
        if following and clues.OF_WHOLE.fullmatch(self.text, quantity.end_char, following[0].start_char):
            return as_group(tidy(first_phrase(self.after(following[0]))))
        if last is not None and clues.OF_WHOLE.fullmatch(between):
            return noun_phrase(tidy(first_phrase(after)))
        if re.match(r"\s*\)", after) and self.aside(quantity.start_char):
            return self.in_brackets(quantity, after) or carried
        if BARE.match(after):
            return self.subject(quantity) or carried or self.left(quantity)
        return self._counted(quantity, after, between, carried) or carried or self.left(quantity)

    def _goes_on(self, quantity: Quantity, last: Quantity, between: str, after: str) -> bool:
        """Whether the number only goes on from the last one: its old level, its size in other units, its bracket."""
        if BRACKET_AGAIN.match(between) and (
            quantity.unit != last.unit or BARE.match(after) or quantity.role == "change" == last.role
        ):
            return True
        if last.role == "change" and ON_BASE.fullmatch(between) and quantity.role == "level":
            return True
        if SAME_AGAIN.match(between):
            return not (
                OF.match(after)
                and quantity.unit == "percent"
                and clues.SAME_TIME.match(after)
                and "compared" in between
            )
        return False

    def _part(self, counted: Sequence[int]) -> int:
        """The last number, or the part where that is its whole: "22 of the 153 …, up from 17" goes on from 22."""
        if len(counted) > 1:
            part, whole = self.quantities[counted[-2]], self.quantities[counted[-1]]
            if clues.OF_WHOLE.fullmatch(self.text, part.end_char, whole.start_char):
                return counted[-2]
        return counted[-1]

    def _is_base(self, last: Quantity, between: str) -> bool:
        """Whether the number is what a multiple before it is of: "twice the £10m given in 2020-21"."""
        return last.unit == "multiplier" and last.role == "change" and clues.TIMES_THE.fullmatch(between) is not None

    def _is_compared(self, quantity: Quantity, last: Quantity, between: str, after: str) -> bool:
        """Whether the number is an earlier level of the last one's measure: ", against 79% in 2023"."""
        is_level = quantity.unit == last.unit and quantity.role == last.role == "level"
        return is_level and COMPARED_AGAIN.search(between) is not None and BARE.match(after) is not None

    def _of_time(self, quantity: Quantity, after: str) -> str:
        if UNTOLD.match(after) and (found := self.subject(quantity) or self.left(quantity)):
            return found
        return tidy(first_phrase(after)).strip(" .") or self.left(quantity)

    def _of_change(self, quantity: Quantity, after: str) -> str:
        """What rises or falls: behind "in" of a noun, or before the verb; "lost a tenth of its beds"."""
        of = OF.match(after) if quantity.unit == "percent" else None
        if of and (whole := tidy(first_phrase(" " + after[of.end() :]))):
            return noun_phrase(whole)
        if (more := MORE_OF.match(after)) and quantity.unit in ("percent", "multiplier"):
            what = noun_phrase(tidy(first_phrase(" " + more["what"])))
            if what and not opens_with_verb(what):
                return done_to(self.before(quantity), what) or what
        noun = AFTER_NOUN_IN.match(after)
        sentence = self.text[self.setting.start_char : self.setting.end_char]
        before = self.before(quantity)
        if noun:
            what = tidy(first_phrase(" " + (noun["what"] or "")))
            mod = tidy(noun["mod"] or "")
            if mod.casefold() in ("pay", "salary", "wage") and (who := paid_group(before, what)):
                return f"{mod} for {who}"
            if not what and not mod and (pay := of_pay_rise(sentence)):
                return pay
            if what or mod:
                return f"{mod} {what}".strip() if mod.casefold() not in what.casefold() else what
        clause = last_clause(before)
        held = (
            NOUN_IN.search(re.sub(r"\s+(?:of|by|was)\s+(?:\w+\s+){0,4}$", "", clause))
            if CHANGE_NOUN.search(clause)
            else None
        )
        if held:
            return tidy(held["what"])
        if CHANGE_NOUN.search(clause):
            following = re.match(r"^\s+(?:(?:in|to|of|on|among)\s+)?(?P<what>.+)", first_phrase(after), re.DOTALL)
            if following and not BARE.match(after.replace(" in ", " ", 1) if after.startswith(" in ") else after):
                return tidy(following["what"])
        return self.subject(quantity)

    def _of_money(self, quantity: Quantity, after: str, carried: str) -> str:
        before = self.before(quantity)
        if rate := RATE.match(after):
            after = after[rate.end() :]
        if (named := named_money(after)) and len(named.split()) > 1:
            return of_funded(named)
        if framed := of_pay(before) or of_money(before, carried) or of_which(before, after, True):
            return framed
        is_bare = BARE.match(after) is not None and not MONEY_FOR.match(after)
        if (is_bare or is_empty(tidy(first_phrase(after)))) and (framed := of_recipient(before) or of_giving(before)):
            return framed
        named = of_sum(before)
        is_purpose = OWN_NOUN.search(named) is None and of_purpose(before, after) != ""
        if (
            named
            and (BARE.match(after) or not after.strip() or OWN_NOUN.search(named))
            and not (is_purpose or self.verb_before(quantity))
        ):
            return named
        phrase = first_phrase(after)
        if PLACE_AFTER.match(after) and (named := of_sum(before)) and named.casefold() != "funding":
            return tidy(f"{named} {phrase}")
        if re.match(r"\s+of\s+(?:the\s+|its\s+|this\s+)?[£\d]", self.text[quantity.end_char : quantity.end_char + 14]):
            return tidy(
                first_phrase(
                    re.sub(
                        r"^\s+of\s+(?:the\s+|its\s+|this\s+)?[£\d]\S*",
                        "",
                        self.text[quantity.end_char : self.setting.end_char],
                    )
                )
            )
        if re.search(
            r"[£\d]\S*\s+of\s+(?:the\s+|its\s+|this\s+)?$",
            self.text[max(0, quantity.start_char - 30) : quantity.start_char],
        ):
            return noun_phrase(tidy(phrase))
        if BARE.match(after) and not MONEY_FOR.match(after):
            return self.subject(quantity) or self.left(quantity)
        if MONEY_FOR.match(after):
            subject = self.subject(quantity) if self.verb_before(quantity) else ""
            return subject or of_purpose(before, after) or self.left(quantity)
        named = tidy(phrase)
        return of_purpose(before, after) if opens_with_verb(named) else of_funded(named)

    def _counted(self, quantity: Quantity, after: str, between: str, carried: str) -> str:
        """What is counted; with its verb where the number opens the clause ("18 councils took part")."""
        if (opens_with_verb(tidy(first_phrase(after))) or after.lstrip()[:4] == "join") and (
            told := of_which(self.before(quantity), after, False)
        ):
            return told
        left = STRIKING.sub("", tidy(last_clause(self.before(quantity))))
        if re.match(r"\s+times\b", after):
            return f"times {left}"
        phrase = tidy(first_phrase(after))
        if carried and is_told_again(phrase, carried, between):
            return carried
        if NEW_ITEM.search(between) and 0 < len(phrase.split()) <= 3 and phrase.islower() and not group_of(phrase):
            group = group_of(carried)  # "six were good, 19 fair"
            if group and group != carried:
                return f"{group} {phrase}"
        if (IS_DONE.match(after) or opens_with_verb(phrase)) and (
            group := group_of(carried or ("" if left else self.counted))
        ):
            return f"{group} {phrase}"
        return noun_phrase(phrase) if left else as_group(phrase)
