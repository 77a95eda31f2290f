"""What a share is of and who has it: "63% of practitioners said …", "agency staff made up 15% of the workforce".

The part and its whole, the people that a bare "48% said …" goes on from, and the figure in a bracket.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extraction.quantities import clues
from pipeline.extraction.quantities.clauses import Clauses, of_noun
from pipeline.extraction.quantities.datasets import Setting
from pipeline.extraction.quantities.measure_cues import (
    APPOSED,
    BARE,
    FIGURE_FOR,
    IS_DONE,
    LIST_LINK,
    NEW_ITEM,
    OF,
    OF_THESE,
    PART_OF,
    PRONOUN,
    SHARE_VERB,
    SHARED,
    WHOLES,
)
from pipeline.extraction.quantities.measure_frames import last_noun
from pipeline.extraction.quantities.measure_links import SHARE_NOUN, of_rate, of_relative
from pipeline.extraction.quantities.phrases import as_group, first_phrase, last_clause, noun_phrase, tidy
from pipeline.extraction.quantities.wording import group_of, opens_with_deed
from pipeline.records import Quantity


def _shared(part: str, whole: str) -> str:
    """A part and its whole: "agency staff as share of the workforce", "Black staff among managers"."""
    if not part:
        return whole
    whole = whole.removeprefix("all ")
    return f"{part} as share of the {whole}" if WHOLES.search(whole) else f"{part} among {whole}"


class Shares(Clauses):
    """A sentence whose shares are told; ``who`` are the people asked, ``counted`` what the text counted last."""

    def __init__(
        self, text: str, setting: Setting, quantities: Sequence[Quantity], dates: Sequence[tuple[int, int]], who: str,
        counted: str,
    ) -> None:  # fmt: skip
        super().__init__(text, setting, quantities, dates)
        self.who, self.counted = who, counted

    def group(self, measures: Sequence[str]) -> str:
        """The people that the sentence's last share is of: what a bare "48% said …" goes on from."""
        for i in reversed(self.setting.numbers):
            of = OF.match(self.after(self.quantities[i]))
            if self.quantities[i].unit == "percent" and of:
                head = noun_phrase(tidy(first_phrase(" " + self.after(self.quantities[i])[of.end() :])))
                if PRONOUN.match(head) or head in ("whom", "them"):
                    head = group_of(measures[i])
                if 0 < len(head.split()) <= 8:
                    return re.split(r"\s(?:who|that|which|as)\b|(?<!ing)\sto\b", head)[0]
        is_survey = clues.tells_survey(self.text[self.setting.start_char : self.setting.end_char])
        return "respondents" if is_survey else ""

    def of_share(self, quantity: Quantity, after: str, between: str, carried: str, last: int | None) -> str:
        """What a share is of, and who has it."""
        of = OF.match(after)
        before = self.before(quantity)
        if of:
            return self._of_whole(quantity, tidy(first_phrase(" " + after[of.end() :])), before, between, carried)
        if re.match(r"\s*\)", after):
            return self.in_brackets(quantity, after) or carried
        if BARE.match(after):
            if related := of_relative(before) or of_rate(before):
                return related
            subject = self.subject(quantity) or self.left(quantity)
            if carried and (other := FIGURE_FOR.match(subject)):
                return f"{group_of(carried) or carried} {other['whose']}"
            return subject or carried
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
        if not is_done and not opens_with_deed(phrase):
            return phrase
        link = "" if is_done or phrase.partition(" ")[0].endswith("ing") else "who "
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
        if carried and clues.COMPARED_WITH.search(before) and (group := group_of(carried)) and group != carried:
            return f"{whole}{carried[len(group) :]}"
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

    def in_brackets(self, quantity: Quantity, after: str) -> str:
        """ "The rest (16%) said …": the phrase before the bracket and, where it is a subject, what it does."""
        left = PART_OF.sub("", self.left(quantity))
        follows = re.sub(r"^\s*\)", "", after)
        if follows.startswith(" of ") and SHARE_NOUN.fullmatch(left):
            return as_group(tidy(first_phrase(follows[3:])))
        phrase = (
            ""
            if re.match(
                r"\s*(?:[.,;:–—]|$|is\b|are\b|was\b|were\b|and\b|or\b|in\b|at\b|of\b|compared\b|to\b|than\b|for\s+the\s+\w+\s+time\b)",
                follows,
            )
            else tidy(first_phrase(follows))
        )
        if re.match(r"numbers?\b", left):
            return self.topic() or left
        if PRONOUN.match(left):
            return f"{self.who} who {phrase}" if self.who and phrase else phrase or self.who
        return as_group(tidy(f"{left} {phrase}"))

    def of_them(self, quantity: Quantity, them: re.Match[str], carried: str) -> str:
        """ "40 of whom were detained", "12 of these": the people told of just before, with what is said of the part."""
        group = group_of(carried) or carried
        if not group:
            told = re.sub(
                r"[\s,;–—(]+(?:(?:and|about|some|around|nearly|almost|over|only|just|all|but)\s+)*$",
                "",
                self.before(quantity),
            )
            group = last_noun(noun_phrase(last_clause(told))) or group or self.counted
        return as_group(tidy(f"{group} {tidy(first_phrase(them['rest']))}"))
