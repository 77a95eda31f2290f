"""On which policies an event is, who is named in it, with how much money, and in which nation."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from pipeline.extraction.events.candidates import Candidate
from pipeline.extraction.events.passages import LONGEST, Passage
from pipeline.extraction.events.scope import PASSING, Held, in_scope
from pipeline.extraction.events.wordlists import load_words
from pipeline.lists import unique
from pipeline.records import Person, Quantity
from pipeline.vocabulary import NATIONS

_NATION: Final = (
    ("Wales", re.compile(r"\b(?:Wales|Welsh|Senedd)\b")),
    ("Scotland", re.compile(r"\b(?:Scotland|Scottish|Holyrood|MSPs?)\b")),
    ("Northern Ireland", re.compile(r"\b(?:Northern Ireland|Northern Irish|Stormont)\b")),
    ("England", re.compile(r"\b(?:England|English)\b")),
    ("UK", re.compile(r"\b(?:UK|United Kingdom|Great Britain)\b")),
)
_FROM_TO: Final = re.compile(r"\bfrom £[\d.,]+\w* to £")
_MONEYED: Final = frozenset({"funding", "ending", "proposal", "appointment"})
#: Smaller sums are what somebody gets or pays, not what a policy costs.
_LEAST: Final = 10_000
#: A policy that is spoken of without its name.
_UNNAMED: Final = re.compile(
    r"\b(?:an?|new|the) (?:[\w’'-]+ ){0,5}?(?:scheme|programme|fund|framework|standards?|strategy|plan|bill|rules|duty|"
    r"body|group|pilot|grant|review|policy|levy|cap|service|act|guidance)\b",
    re.IGNORECASE,
)
_LAW: Final = frozenset({"act", "bill", "regulations"})
#: How many sentences back a noun can point.
_NEAR: Final = 3
_POINTING: Final = frozenset({"the", "this", "these", "its", "that"})
#: By a policy's type the nouns that can stand for it.
_HEADS: Final = {
    kind: load_words("heads", kind)
    for kind in (
        "act", "bill", "body", "fund", "guidance", "programme", "regulations", "review", "rules", "standards",
        "strategy",
    )
}  # fmt: skip
_ALL_HEADS: Final = frozenset().union(*_HEADS.values())
#: Nouns by which an article's first sentence announces what is named later, the articles before them, and how far.
_ANNOUNCED: Final = _ALL_HEADS | load_words("details", "announced")
_NEW: Final = frozenset({"a", "an"})
_BEFORE: Final = 5
#: Where a sentence's subject begins.
_OPENING: Final = 12
_LEAD: Final = 3
#: Events with which something else begins where a sentence begins with "a".
_BEGINNING: Final = frozenset({"implementation", "publication"})
_WHOLE: Final = frozenset({"full", "final", "further", "formal"})
#: Words near a sentence's beginning by which it turns to something else.
_TURNING: Final = load_words("details", "turning")
_HEAD: Final = 6
_ORDINALS: Final = frozenset({"first", "second", "third", "next", "final", "last"})
_STAGES: Final = frozenset({"stage", "phase", "step", "round", "tranche", "wave"})
_TURN: Final = 3
#: Words at a sentence's head by which it goes on about the one before, and for money that this told of.
_RESUMING: Final = frozenset({"this", "these", "they", "it"})
_MONEY: Final = frozenset({"cash", "funding", "funds", "investment", "money"})
#: Events by which a law takes effect, and the moods and words of what it makes others do.
_COMING: Final = frozenset({"implementation", "deadline", "ending"})
_BINDING: Final = frozenset({"must", "required"})
_BARRED: Final = frozenset({"banned", "barred", "longer", "must", "obliged", "required", "unable", "unlawful"})
#: Words for what a review comes to, and those before them.
_RESULTS: Final = frozenset({"report", "recommendations", "proposals", "findings"})
_OWNING: Final = frozenset({"his", "her", "its"})
_OFTEN: Final = 4


def find_policies(candidate: Candidate, passages: Sequence[Passage], article: ArticlePolicies) -> tuple[str, ...]:
    """Canonical names: the sentence's own and those that it refers to ("the scheme"); a lead that names none, or
    announces one that it doesn't name ("a new support scheme"), has that of the next sentences, any other one that it
    means or that of those before. A quotation has its own only."""
    passage = candidate.reading.passage
    own = [each.name for each in in_scope(article.held(passage), candidate.reading, candidate.trigger)]
    after = [each for each in passages[passage.index + 1 :] if each.kind == "body" and each.rank <= _LEAD]
    if own:
        is_announcing = passage.kind == "body" and passage.rank == 0 and _is_naming_later(passage)
        return unique(own + list(article.lasting(after))) if is_announcing else unique(own)
    return article.meant(passage, passages[: passage.index]) or _inherit(candidate, passages, article, after)


def _inherit(
    candidate: Candidate, passages: Sequence[Passage], article: ArticlePolicies, after: Sequence[Passage]
) -> tuple[str, ...]:
    """What a sentence has that neither names nor means a policy: a list item that of its lead-in, law-making the law
    that the article names most, any other that of the sentence before, if no heading stands between, else that of the
    article; but a sentence that turns to something else ("meanwhile", "in addition", "a …") has none."""
    passage = candidate.reading.passage
    law = article.law if candidate.type == "legislation" else ()
    if law:
        return law
    last = passages[passage.index - 1 : passage.index]
    is_going_on = passage.order > 0 and not _RESUMING.isdisjoint(passage.words.lows[:1])
    if is_going_on and article.lasting(last, LONGEST):
        return article.lasting(last, LONGEST)
    if passage.kind == "list_item":
        above = next((each for each in reversed(passages[: passage.index]) if each.kind == "body"), None)
        return _listed(above, passages, article) if above is not None else ()
    if candidate.is_listed or passage.opens_quoted:
        return ()
    if passage.kind == "body" and passage.rank < _LEAD:
        named = (article.titular(passages) if passage.rank == 0 else ()) or article.lasting(after)
        if named:
            return named
    if _is_on_topic(candidate, article, article.topic(passages)):
        return article.topic(passages)
    lows = passage.words.lows
    is_new = candidate.type in _BEGINNING and not _NEW.isdisjoint(lows[:1]) and _WHOLE.isdisjoint(lows[1:2])
    if is_new or not _TURNING.isdisjoint(lows[:_HEAD]) or lows[:2] == ["in", "addition"]:
        return ()
    if lows[:1] == ["the"] and not _MONEY.isdisjoint(lows[1:2]) and last[0].policies:
        return article.lasting(last) or unique(each.name for each in last[0].policies)[:1]
    before = [each for each in last if each.kind != "list_item"]
    return article.lasting([each for each in before if each.heading == passage.heading]) or article.leading


def _listed(above: Passage, passages: Sequence[Passage], article: ArticlePolicies) -> tuple[str, ...]:
    """The policy that a list is on, by the sentence above it: what that is about, names or means, or what the one
    before it is about, or the article's first sentences."""
    before = passages[above.index - 1 : above.index]
    if "it" in above.words.lows[:_TURN]:
        before, above = before[:0], before[0] if before else above
    return (
        article.lasting([above])
        or article.lasting([above], LONGEST)
        or article.meant(above, passages[: above.index])
        or article.lasting([each for each in before if each.heading == above.heading])
        or article.leading
        or article.topic(passages)
    )


def _is_on_topic(candidate: Candidate, article: ArticlePolicies, topic: tuple[str, ...]) -> bool:
    """Whether a sentence goes on about what the article is about: a stage of it ("The first phase will begin in May"),
    what a law makes others do by a date ("From 2031, homes must …"), what a review has come to ("Her report")."""
    lows = candidate.reading.passage.words.lows
    if lows[:1] == ["the"] and not _ORDINALS.isdisjoint(lows[1:2]) and not _STAGES.isdisjoint(lows[2:3]):
        return True
    kind = article.type_of(topic)
    if kind in _LAW:
        is_bound = candidate.trigger.mood in _BINDING or not _BARRED.isdisjoint(lows)
        return candidate.type in _COMING and candidate.status == "planned" and is_bound
    if kind == "review":
        pairs = zip(lows, lows[1:], [*lows[2:], ""], strict=False)
        return any(first in _OWNING and not _RESULTS.isdisjoint(rest) for first, *rest in pairs)
    return False


class ArticlePolicies:
    """The policies of an article: the type of each, how often it is named, and which one the article is about."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        mentions = [mention for passage in passages for mention in passage.policies]
        self._told = {mention.name for each in passages if each.kind != "title" for mention in each.policies}
        self._types = {mention.name: mention.type for mention in mentions}
        self._counts = Counter(mention.name for mention in mentions)
        #: Names that the title alone has, made up from its own words: what refers to them means the article's policy.
        self._titular = {each.name for each in mentions if each.origin == "text"} - self._told
        #: What "the pilot" means where the article begins with "a new pilot": by noun the policy named next.
        self._announced: dict[str, str] = {}
        self._announced = _find_announced(passages, self)

    @property
    def leading(self) -> tuple[str, ...]:
        """The policy that the article is about: half of its mentions and four at least."""
        for name, n in self._counts.most_common(1):
            if n >= _OFTEN and 2 * n >= self._counts.total():
                return (name,)
        return ()

    def titular(self, passages: Sequence[Passage]) -> tuple[str, ...]:
        """The first policy that the title names, where the text names it as well."""
        title = [name for each in passages if each.kind == "title" for name in self.names(each)]
        told = (name for name in title if self._types.get(name) not in PASSING and name in self._told)
        return tuple(told)[:1]

    def has(self, noun: str) -> bool:
        """Whether a policy's name has a noun in it."""
        return any(noun in name.lower().split() for name in self._types)

    def type_of(self, names: Sequence[str]) -> str:
        """The type of the first of the names; empty for none."""
        return self._types.get(names[0], "") if names else ""

    def topic(self, passages: Sequence[Passage]) -> tuple[str, ...]:
        """The policy that the article begins with, in its title or else its first sentences."""
        lead = [each for each in passages if each.kind == "body" and each.rank <= _LEAD]
        return self.titular(passages) or self.lasting(lead)

    @property
    def law(self) -> tuple[str, ...]:
        """The act, bill or regulations that the article names most."""
        return next(((name,) for name, _ in self._counts.most_common() if self._types.get(name) in _LAW), ())

    def meant(self, passage: Passage, before: Sequence[Passage]) -> tuple[str, ...]:
        """The last policy before that "the scheme", "this bill" can mean: one with the noun in its name, however far
        back, or a near one of such a type."""
        lows = passage.words.lows
        pointed = [noun.removesuffix("’s") for word, noun in pairwise(lows) if word in _POINTING]
        announced = next((self._announced[noun] for noun in pointed if noun in self._announced), None)
        if announced is not None and passage.rank > 0:
            return (announced,)
        nouns = _ALL_HEADS.intersection(pointed)
        if not nouns:
            return ()
        for back, each in enumerate(reversed(before)):
            for mention in reversed(each.policies):
                heads = _HEADS.get(mention.type, frozenset()) if back < _NEAR else frozenset()
                if not nouns.isdisjoint(heads) or not nouns.isdisjoint(mention.name.lower().split()):
                    return (mention.name,)
        return ()

    def names(self, passage: Passage, within: int = LONGEST) -> list[str]:
        """The policies that a sentence names, or refers to in its first ``within`` characters, in order."""
        return [each.name for each in self.held(passage, within)]

    def held(self, passage: Passage, within: int = LONGEST) -> list[Held]:
        """Those policies with the words that stand for them, in order."""
        found = [(each.start_char, each.end_char, each.name) for each in passage.policies]
        for each in passage.references:
            if each.start_char - passage.start_char > within:
                continue
            if each.kind == "policy" or each.name in self._counts:
                noun = each.text.lower().split()[-1]
                meant = self._announced.get(noun, each.name) if noun not in each.name.lower().split() else each.name
                found += [(each.start_char, each.end_char, name) for name in self._meant(meant)]
        words = passage.words
        return [
            Held(words.at(start), words.at(end - 1) + 1, name, self._types.get(name, ""))
            for start, end, name in sorted(found)
        ]

    def _meant(self, name: str) -> tuple[str, ...]:
        if name not in self._titular:
            return (name,)
        return tuple(name for name, n in self._counts.most_common(1) if n >= _OFTEN - 1)

    def lasting(self, passages: Sequence[Passage], within: int = _OPENING) -> tuple[str, ...]:
        """The first policy of the sentences, budgets and data left out: they are where a thing is told. What a sentence
        refers to counts in its first ``within`` characters."""
        for passage in passages:
            if passage.kind == "title":
                continue
            for name in self.names(passage, within):
                if self._types.get(name) not in PASSING:
                    return (name,)
        return ()


#: Letters between a sum and the date that it is given for.
_BEHIND_SUM: Final = 24


def _find_announced(passages: Sequence[Passage], article: ArticlePolicies) -> dict[str, str]:
    """What the article's first sentence announces without a name ("under a new pilot"), by noun, with the policy that
    the next sentences name."""
    lead = next((each for each in passages if each.kind == "body"), None)
    if lead is None:
        return {}
    after = [each for each in passages[lead.index + 1 :] if each.kind == "body" and each.rank <= _LEAD]
    named = article.titular(passages) or article.lasting(after)
    spans = [(each.start_char, each.end_char) for each in lead.mentions]
    lows, found = lead.words.lows, {}
    for i, low in enumerate(lows):
        is_named = any(start <= lead.words.starts[i] < end for start, end in spans) or article.has(low)
        if low in _ANNOUNCED and not is_named and not _NEW.isdisjoint(lows[max(0, i - _BEFORE) : i]) and named:
            found[low] = named[0]
    return found


def _is_naming_later(passage: Passage) -> bool:
    """Whether the sentence speaks of a scheme, fund, bill … outside of the names that it has."""
    spans = [(each.start_char - passage.start_char, each.end_char - passage.start_char) for each in passage.policies]
    if any(each.type == "bill" for each in passage.policies):
        return False
    return any(not any(a < found.end() <= b for a, b in spans) for found in _UNNAMED.finditer(passage.text))


def find_people(candidate: Candidate) -> tuple[str, ...]:
    """``Name (role)`` of whoever the sentence names."""
    return unique(_label(person) for person in candidate.reading.passage.people)


def _label(person: Person) -> str:
    return f"{person.name} ({person.role})" if person.role else person.name


def find_amount(candidate: Candidate) -> float | None:
    """The money in pounds nearest to the trigger, for events that money belongs to."""
    if candidate.type not in _MONEYED:
        return None
    passage = candidate.reading.passage
    start, end = passage.words.starts[candidate.trigger.first], passage.words.ends[candidate.trigger.last - 1]
    sums = [each for each in passage.quantities if each.unit == "GBP" and each.value >= _LEAST]
    if not sums:
        return None
    if len(sums) > 1 and _FROM_TO.search(passage.text):
        return sums[-1].value
    if len(sums) > 1 and candidate.type == "funding" and (own := _sum_of_date(candidate, sums)):
        return own.value
    nearest = min(sums, key=lambda each: max(each.start_char - end, start - each.end_char, 0))
    return nearest.value


def _sum_of_date(candidate: Candidate, sums: Sequence[Quantity]) -> Quantity | None:
    """Of several sums that which the event's date stands right behind: "£5m in 2023-24 and £7m in 2024-25"."""
    for placed in candidate.placed[:1]:
        before = [each for each in sums if 0 < placed.timex.start_char - each.end_char <= _BEHIND_SUM]
        return max(before, key=lambda each: each.end_char, default=None)
    return None


def find_nation(passages: Sequence[Passage], candidate: Candidate) -> str | None:
    """The one nation that the sentence names; else the one that the title and the first sentences name."""
    own = _nations(candidate.reading.passage.text)
    if len(own) == 1:
        return own[0]
    if own:
        return None
    lead = _nations(" ".join(passage.text for passage in passages[:4]))
    return lead[0] if len(lead) == 1 else None


def _nations(text: str) -> list[str]:
    found = [nation for nation, pattern in _NATION if pattern.search(text)]
    return [nation for nation in NATIONS if nation in found]
