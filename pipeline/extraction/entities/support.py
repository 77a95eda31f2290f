"""When a weak form counts: a word of the language or a place is a body only where the article says so.

The ground for it is one of: the entity stands elsewhere in the article by a form that is sure; a noun before the name
says what it is; somebody acts or leads there; it stands beside a body in a list.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extraction.entities.cues import Cues, Phrase, apposition, load_cues, phrase_after, phrase_before
from pipeline.extraction.entities.forms import Entity, Found
from pipeline.extraction.entities.places import PLACE, listed_places
from pipeline.extraction.entities.tokens import Tokens, is_acronym, name_tokens

_LIST_MARKS = frozenset({",", "and", "the"})
_IN_NAMES = frozenset({"for", "of", "in", "'s", ","})
_YEAR_LENGTHS = (2, 4)  # of "2024-25" and "2024"
_LONGEST_NAMESAKE = 5


def supported(tokens: Tokens, weak: Sequence[Found], strong: Sequence[Found], starts: frozenset[int]) -> list[Found]:
    """Those of the ``weak`` matches that the article supports.

    ``strong`` are the matches that need no support. ``starts`` are the tokens that begin a sentence: a capital there
    says little. Support of one mention holds for the entity in the whole article, but not for places: "Kent" may be
    the council in one sentence and the county in the next.
    """
    bodies = [each for each in strong if each.form.entity.kind == "organisation" and each.form.entity.type != PLACE]
    grounds = _Grounds(
        tokens,
        load_cues(),
        starts,
        frozenset(each.first for each in bodies),
        frozenset(each.last for each in bodies),
        frozenset(each.form.entity for each in strong),
        frozenset(tuple(word.lower() for word in each.form.words) for each in bodies),
    )
    rivals: dict[tuple[str, Phrase], set[Entity]] = defaultdict(set)
    for each in weak:
        rivals[each.form.entity.kind, each.form.words].add(each.form.entity)
    grounded = {
        each.form.entity
        for each in weak
        if each.form.entity.type != PLACE
        and grounds.hold(each, rivals[each.form.entity.kind, each.form.words] - {each.form.entity})
    }
    listed = listed_places(tokens, [*weak, *strong], grounds.cues, starts)
    return [
        each
        for each in weak
        if (
            (each.first, each.last) in listed or grounds.is_council(each)
            if each.form.entity.type == PLACE
            else each.form.entity in grounds.sure | grounded and grounds.is_shown(each)
        )
    ]


@dataclass(frozen=True, slots=True)
class _Grounds:
    """What support there is in one article. ``firsts`` and ``ends`` are the tokens at which sure bodies begin and end;
    ``sure`` are the entities that stand there by a form that needs no support; ``called`` are the sure bodies' forms.
    """

    tokens: Tokens
    cues: Cues
    starts: frozenset[int]
    firsts: frozenset[int]
    ends: frozenset[int]
    sure: frozenset[Entity]
    called: frozenset[tuple[str, ...]]

    def hold(self, each: Found, rivals: set[Entity]) -> bool:
        """Whether the words around a form are ground enough; ``rivals`` are other entities with the same form."""
        if (self.is_namesake(each) and not rivals) or self.is_of_a_government(each):
            return True
        if rivals & self.sure or not each.form.words[0][0].isupper() or self.is_surname(each):
            return False
        if self.is_introduced(each):
            return True
        return not rivals and (self.is_acting(each) or (self.is_beside(each) and self.may_be_listed(each)))

    def is_namesake(self, each: Found) -> bool:
        """Whether a policy's name begins with that of a body that the article names: "ADASS spring survey"."""
        if each.form.entity.kind != "policy":
            return False
        name = tuple(name_tokens(each.form.entity.name).lows)
        return any(name[:length] in self.called for length in range(1, min(_LONGEST_NAMESAKE, len(name))))

    def is_of_a_government(self, each: Found) -> bool:
        """Whether a budget in lower case is a government's: the article names one that has its own, no council does."""
        if each.form.entity.type != "fiscal_event" or not each.form.words[0].islower():
            return False
        owner = self.tokens.lows[max(0, each.first - 2)] if each.first and self.is_owned(each.first) else ""
        return (owner,) not in self.cues.places_before and any(
            entity.name in self.cues.budget_makers for entity in self.sure
        )

    def is_owned(self, first: int) -> bool:
        """Whether a possessive stands right before token ``first``."""
        return self.tokens.lows[first - 1] in ("'s", "'")

    def is_shown(self, each: Found) -> bool:
        """Whether one mention of a supported entity counts: the capital of a sentence's first word shows nothing."""
        if self.is_surname(each):
            return False
        is_word = each.last - each.first == 1 and each.first in self.starts
        return (
            not is_word
            or is_acronym(self.tokens.words[each.first])
            or self.is_introduced(each)
            or self.is_acting(each)
            or self.is_beside(each)
        )

    def is_surname(self, each: Found) -> bool:
        """Whether a capitalised word stands right before the form, so that it ends another name: "Jo Green"."""
        before = each.first - 1
        if each.first == 0 or each.first in self.starts or each.first in self.ends:
            return False
        if not each.form.words[0][0].isupper() or before in self.starts:
            return False
        word = self.tokens.words[before]
        return word[0].isupper() and not is_acronym(word)

    def is_beside(self, each: Found) -> bool:
        """Whether a body that is sure stands next to the form in a list: "Mencap, Scope and …"."""
        lows = self.tokens.lows
        after, before = each.last, each.first
        while after < len(lows) and lows[after] in _LIST_MARKS:
            after += 1
        while before > 0 and lows[before - 1] in _LIST_MARKS:
            before -= 1
        return (after > each.last and after in self.firsts) or (before < each.first and before in self.ends)

    def may_be_listed(self, each: Found) -> bool:
        """Whether the form may be a name in a list: at a sentence's beginning only a comma after it says so."""
        return each.first not in self.starts or self.tokens.lows[each.last] == ","

    def is_introduced(self, each: Found) -> bool:
        """Whether a noun says what it is: "charities Become and Kinship", "Become, a charity for …"."""
        tokens, entity = self.tokens, each.form.entity
        nouns = [self.cues.before[key] for key in (entity.kind, entity.type) if key in self.cues.before]
        at = each.first
        if phrase_before(tokens, at, nouns):
            return True
        while at > 1 and tokens.lows[at - 1] in (",", "and") and tokens.words[at - 2][0].isupper():
            at -= 1
            while at > 0 and (tokens.words[at - 1][0].isupper() or tokens.lows[at - 1] in _IN_NAMES):
                at -= 1
            if phrase_before(tokens, at, nouns):
                return True
        return any(phrase_before(tokens, at + 1, nouns) for at in apposition(tokens, each.last))

    def is_acting(self, each: Found) -> bool:
        """Whether it acts or is led: "Become said", "Become chief executive", "policy manager at Become"."""
        tokens, cues, entity, at = self.tokens, self.cues, each.form.entity, each.last
        if at >= len(tokens):
            return False
        is_between = tokens.lows[at] == "," and tokens.lows[each.first - 1] == ","  # "the third, Unite, said"
        if cues.is_speaking(tokens, at + is_between, cues.verbs):
            return True
        if tokens.lows[at : at + 2] == [",", "which"] and not cues.which.isdisjoint(tokens.lows[at + 2 : at + 3]):
            return True
        is_owner = tokens.lows[at] == "'s"
        nouns = [cues.after[key] for key in (entity.kind, entity.type) if key in cues.after]
        is_sure = is_owner or each.first not in self.starts or self.is_named_leader(at)
        if is_sure and phrase_after(tokens, at + is_owner, nouns):
            return True
        return self.has_article(each) or cues.is_led_from(tokens, each.first)

    def is_named_leader(self, at: int) -> bool:
        """Whether a leader and a person's name follow at token ``at``: "Become founder Jo Day"."""
        tokens = self.tokens
        return any(
            tuple(tokens.lows[at : at + length]) in self.cues.after["organisation"]
            and tokens.words[at + length][0].isupper()
            for length in (1, 2)
            if at + length < len(tokens)
        )

    def has_article(self, each: Found) -> bool:
        """Whether an article makes it a name: "the Commons", "the October 2024 Budget"."""
        tokens, cues = self.tokens, self.cues
        if each.form.entity.type not in cues.article_types or each.first == 0 or tokens.words[each.last][0].isupper():
            return False
        before = tokens.lows[each.first - 1]
        return before in cues.article_words or (before.isdigit() and len(before) in _YEAR_LENGTHS)

    def is_council(self, each: Found) -> bool:
        """Whether a place's name means its council here: it acts, or the article has named the council and the place
        isn't where something is."""
        tokens = self.tokens
        before = tokens.lows[each.first - 1] if each.first else ""
        if not tokens.words[each.first][0].isupper() or self.is_surname(each):
            return False
        if tokens.lows[each.last : each.last + 1] == ["'s"] and phrase_after(tokens, each.last + 1, [self.cues.owned]):
            return True
        if before in self.cues.locative:
            return False
        if each.last < len(tokens) and tokens.words[each.last][0].isupper():
            return False
        return each.form.entity in self.sure or self.is_acting(each) or self.is_introduced(each)
