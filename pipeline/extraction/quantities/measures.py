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
from pipeline.extraction.quantities.clauses import Clauses, of_noun
from pipeline.extraction.quantities.datasets import Setting
from pipeline.extraction.quantities.measure_cues import (
    AFTER_NOUN_IN,
    APPOSED,
    BARE,
    BRACKET_AGAIN,
    CHANGE_NOUN,
    COMMON_MONEY,
    COMPARED_AGAIN,
    FTE,
    GROUPS,
    IS_DONE,
    LIKELY,
    LIST_LINK,
    MONEY_FOR,
    NEW_ITEM,
    NOUN_IN,
    OF,
    OF_THESE,
    PRONOUN,
    PURPOSE,
    SAME_AGAIN,
    SHARE_VERB,
    SHARED,
    WHOLES,
)
from pipeline.extraction.quantities.measure_frames import (
    led_to,
    of_added,
    of_answers,
    of_length,
    of_money,
    of_recipient,
    of_sum,
    of_vote,
    with_average,
)
from pipeline.extraction.quantities.phrases import as_group, first_phrase, last_clause, noun_phrase, tidy
from pipeline.extraction.quantities.told_again import fuller_words
from pipeline.extraction.quantities.votes import find_votes
from pipeline.extraction.quantities.wording import condense, group_of, is_weak, opens_with_verb
from pipeline.records import Quantity


def _shared(part: str, whole: str) -> str:
    """A part and its whole: "agency staff as share of the workforce", "Black staff among managers"."""
    if not part:
        return whole
    return f"{part} as share of the {whole}" if WHOLES.search(whole) else f"{part} among {whole}"


def find_measures(
    text: str, settings: Sequence[Setting], quantities: Sequence[Quantity], dates: Sequence[tuple[int, int]]
) -> list[str]:
    """A measure for each quantity, in order; "" where there are no words for one. ``dates`` are spans, by start."""
    measures = [""] * len(quantities)
    who = ""
    intro = ""
    told: dict[str, str] = {}
    for setting in settings:
        if not setting.numbers:
            if setting.kind != "list_item":
                intro = _intro(text, setting)
                if clues.tells_survey(text[setting.start_char : setting.end_char]):
                    who = "respondents"
            continue
        inside = dates[bisect_left(dates, (setting.start_char, 0)) : bisect_left(dates, (setting.end_char, 0))]
        sentence = _Sentence(text, setting, quantities, inside, who, intro if setting.kind == "list_item" else "")
        for place in range(len(setting.numbers)):
            i = setting.numbers[place]
            measure = condense(sentence.measure(place, measures)) or (measures[i - 1] if place else "")
            if is_weak(measure):
                measure = (measures[i - 1] if place else "") or told.get(quantities[i].unit, "") or measure
            elif quantities[i].unit not in clues.TIME_UNITS:
                told[quantities[i].unit] = measure
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


class _Sentence(Clauses):
    """One sentence while its numbers get their measures."""

    def __init__(
        self, text: str, setting: Setting, quantities: Sequence[Quantity], dates: Sequence[tuple[int, int]], who: str,
        intro: str,
    ) -> None:  # fmt: skip
        super().__init__(text, setting, quantities, dates)
        self.who, self.intro = who, intro
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
        elif quantity.unit != "percent":
            found = with_average(before, after, found)
        return found if len(found.split()) > 1 else led_to(before, found)

    def _plain(self, place: int, measures: Sequence[str]) -> str:
        """The measure by the words beside the number."""
        i = self.setting.numbers[place]
        quantity = self.quantities[i]
        counted = [j for j in self.setting.numbers[:place] if self.quantities[j].unit not in clues.TIME_UNITS]
        last = counted[-1] if counted else None
        between = self.text[self.quantities[last].end_char : quantity.start_char] if last is not None else ""
        after = self.after(quantity)
        carried = measures[self._part(counted)] if last is not None else ""
        if quantity.unit in clues.TIME_UNITS:
            times = [j for j in self.setting.numbers[:place] if self.quantities[j].unit == quantity.unit]
            if times and quantity.role == "change":
                return measures[times[-1]]
            return of_length(self.before(quantity)) or self._of_time(quantity, after)
        if added := of_added(self.before(quantity), after):
            return added
        if last is not None and carried and self._is_base(self.quantities[last], between):
            return carried
        if last is not None and carried and self._goes_on(quantity, self.quantities[last], between, after):
            return carried
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
            return self._likelihood(quantity, after) or self.subject(quantity) or carried
        if quantity.role == "change":
            return self._of_change(quantity, after) or carried or self.left(quantity)
        if quantity.unit in ("percent", "percentage_point"):
            return self._of_share(quantity, after, between, carried, last)
        if quantity.unit in ("GBP", "other"):
            return self._of_money(quantity, after, carried) or carried
        following = [self.quantities[j] for j in self.setting.numbers[place + 1 : place + 2]]
        if following and clues.OF_WHOLE.fullmatch(self.text, quantity.end_char, following[0].start_char):
            return as_group(tidy(first_phrase(self.after(following[0]))))
        if last is not None and clues.OF_WHOLE.fullmatch(between):
            return noun_phrase(tidy(first_phrase(after)))
        if re.match(r"\s*\)", after) and self.aside(quantity.start_char):
            return self._in_brackets(quantity, after) or carried
        if BARE.match(after):
            return self.subject(quantity) or carried or self.left(quantity)
        return self._counted(quantity, after) or carried or self.left(quantity)

    def group(self, measures: Sequence[str]) -> str:
        """The people that the sentence's last share is of: what a bare "48% said …" goes on from."""
        for i in reversed(self.setting.numbers):
            of = OF.match(self.after(self.quantities[i]))
            if self.quantities[i].unit == "percent" and of:
                head = noun_phrase(tidy(first_phrase(" " + self.after(self.quantities[i])[of.end() :])))
                if 0 < len(head.split()) <= 8:
                    return re.split(r"\s(?:who|that|which|as|to)\b", head)[0]
        is_survey = clues.tells_survey(self.text[self.setting.start_char : self.setting.end_char])
        return "respondents" if is_survey else ""

    # ------------------------------------------------------------------ by kind

    def _goes_on(self, quantity: Quantity, last: Quantity, between: str, after: str) -> bool:
        """Whether the number only goes on from the last one: its old level, its size in other units, its bracket."""
        if BRACKET_AGAIN.match(between) and (
            quantity.unit != last.unit or BARE.match(after) or quantity.role == "change" == last.role
        ):
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
        phrase = tidy(first_phrase(after))
        return phrase or self.left(quantity)

    def _likelihood(self, quantity: Quantity, after: str) -> str:
        how = LIKELY.match(after)
        if how:
            rest = re.sub(r",\s+as\s+an?\s+[^,]{1,60},", "", after[how.end() :])
            phrase = tidy(first_phrase(rest))
            groups = GROUPS.search(self.intro)
            whose = f", {groups['one']} compared with {groups['other']}" if groups else ""
            return f"likelihood of {phrase}{whose}" if phrase else ""
        before = tidy(last_clause(self.before(quantity)))
        return tidy(f"{before} {tidy(first_phrase(after))}")

    def _of_change(self, quantity: Quantity, after: str) -> str:
        """What rises or falls: behind "in" of a noun, or before the verb; "lost a tenth of its beds"."""
        of = OF.match(after) if quantity.unit == "percent" else None
        if of and (whole := tidy(first_phrase(" " + after[of.end() :]))):
            return noun_phrase(whole)
        noun = AFTER_NOUN_IN.match(after)
        if noun:
            what = tidy(first_phrase(" " + (noun["what"] or "")))
            mod = tidy(noun["mod"] or "")
            if what or mod:
                return f"{mod} {what}".strip() if mod.casefold() not in what.casefold() else what
        before = self.before(quantity)
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

    def _of_share(self, quantity: Quantity, after: str, between: str, carried: str, last: int | None) -> str:
        """What a share is of, and who has it."""
        of = OF.match(after)
        before = self.before(quantity)
        if of:
            return self._of_whole(quantity, tidy(first_phrase(" " + after[of.end() :])), before, between, carried)
        if re.match(r"\s*\)", after):
            return self._in_brackets(quantity, after) or carried
        if BARE.match(after):
            return self.subject(quantity) or self.left(quantity) or carried
        phrase = tidy(first_phrase(after))
        subject = "" if NEW_ITEM.search(between) else tidy(last_clause(before))
        opening = OF_THESE.search(before)
        if opening and not subject:
            subject = tidy(opening["what"])
            return f"{subject} who {phrase}" if subject and not PRONOUN.match(subject) else f"{self.who} who {phrase}"
        among = re.match(r"\s+(?:among|for|in|of)\s", after)
        if among and PRONOUN.match(noun_phrase(subject) or "it") and SHARED.search(carried):
            return _shared(SHARED.split(carried)[0], tidy(first_phrase(after)))
        if subject and not PRONOUN.match(subject):
            return tidy(f"{subject} {phrase}")
        who = group_of(carried) or self.who
        is_done = IS_DONE.match(after) is not None
        if not is_done and not opens_with_verb(phrase):
            return phrase
        link = "" if is_done else "who "
        return f"{who} {link}{phrase}" if who and phrase and not re.search(r"\bwho\b", phrase) else phrase

    def _of_whole(self, quantity: Quantity, whole: str, before: str, between: str, carried: str) -> str:
        """ "15.2% of children's social workers": with the share's owner, where the text names one."""
        if carried and whole.casefold() in ("total", "whole", "", "workforce as a whole"):
            return carried
        share = SHARE_VERB.search(before)
        if share:
            subject = noun_phrase(tidy(last_clause(before[: share.start()])))
            if not subject or PRONOUN.match(subject):
                subject = (
                    carried.split(" among ", maxsplit=1)[0].split(" as share of ", maxsplit=1)[0]
                    if carried and "as share of" not in between
                    else ""
                )
                if not subject or not APPOSED.match(between):
                    wider = tidy(
                        last_clause(
                            re.sub(
                                r"[\s,]*(?:\b(?:which|who|that|and|this|it|they)\b)?\s*$", "", before[: share.start()]
                            )
                        )
                    )
                    subject = of_noun(noun_phrase(wider)) or subject
            return _shared(subject, whole)
        if carried and SHARED.search(carried) and clues.COMPARED_WITH.search(before):
            return _shared(SHARED.split(carried)[0], whole)
        if carried and APPOSED.fullmatch(between) and WHOLES.search(whole):
            return _shared(carried, whole)
        if (
            carried
            and LIST_LINK.match(between) is None
            and re.fullmatch(r"[^.;]{0,70}(?:,|\band)\s*", between)
            and SHARED.search(carried)
        ):
            return _shared(SHARED.split(carried)[0], whole)
        verb = "" if NEW_ITEM.search(between) else tidy(last_clause(before))
        if verb and not PRONOUN.match(verb):
            return tidy(f"{noun_phrase(whole) if len(whole.split()) > 12 else whole} {verb}")
        return as_group(whole)

    def _in_brackets(self, quantity: Quantity, after: str) -> str:
        """ "The rest (16%) said …": the phrase before the bracket and, where it is a subject, what it does."""
        left = self.left(quantity)
        follows = re.sub(r"^\s*\)", "", after)
        phrase = (
            ""
            if re.match(
                r"\s*(?:[.,;:–—]|$|is\b|are\b|was\b|were\b|and\b|or\b|in\b|at\b|of\b|compared\b|to\b|than\b)", follows
            )
            else tidy(first_phrase(follows))
        )
        if re.match(r"numbers?\b", left):
            return self.topic() or left
        if PRONOUN.match(left):
            return f"{self.who} who {phrase}" if self.who and phrase else phrase or self.who
        return as_group(tidy(f"{left} {phrase}"))

    def _of_money(self, quantity: Quantity, after: str, carried: str) -> str:
        before = self.before(quantity)
        if framed := of_money(before, carried):
            return framed
        if BARE.match(after) and not MONEY_FOR.match(after) and (framed := of_recipient(before)):
            return framed
        if (BARE.match(after) or not after.strip()) and (named := of_sum(before)) and not self.verb_before(quantity):
            return named
        phrase = first_phrase(after)
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
            noun = COMMON_MONEY.search(" ".join(phrase.split()[:4])) or COMMON_MONEY.search(last_clause(before))
            what = tidy(MONEY_FOR.sub("", phrase))
            link = "to" if PURPOSE.match(after) else "for"
            subject = self.subject(quantity) if self.verb_before(quantity) else ""
            if subject:
                return subject
            head = noun["noun"] if noun else "funding"
            return what if noun and noun["noun"] in what else f"{head} {link} {what}" if what else self.left(quantity)
        return tidy(phrase)

    def _counted(self, quantity: Quantity, after: str) -> str:
        """What is counted; with its verb where the number opens the clause ("18 councils took part")."""
        left = tidy(last_clause(self.before(quantity)))
        if re.match(r"\s+times\b", after):
            return f"times {left}"
        phrase = tidy(first_phrase(after))
        return noun_phrase(phrase) if left else as_group(phrase)
