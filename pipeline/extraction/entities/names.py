"""Names learnt from the text: runs of capitalised words whose head noun says what they name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, compress

from pipeline.extraction.entities.definitions import bracket_end
from pipeline.extraction.entities.heads import Heads
from pipeline.extraction.entities.tokens import Tokens, is_acronym, places_of

_OF = frozenset(["of", "for", "on", "into", "against"])
_JOINING = frozenset(["and", "of", "for", "the", "in", "on", "into", "to", "with", "against", "'s"])
_INSIDE = frozenset(["and", "'s", "'", "of"])
_LAWS = frozenset(["act", "regulations", "order", "measure", "rules", "bill"])
_YEAR = re.compile(r"(19|20)\d\d$")
_FEWEST_WORDS, _MOST_WORDS = 2, 16
_DATED_TYPE = "strategy"  # of the policies whose names may end with the years that they are for
_TITLED_TYPES = frozenset(["strategy", "guidance", "review", "programme", "standards"])
_NEVER_FIRST = frozenset(["return"])  # heads that a name doesn't begin with: "Return of Home Visits"
_LOOKING_INTO = frozenset(["review", "inquiry", "commission", "investigation"])
_LONGEST_BRACKET = 10  # tokens in the brackets of a law's name
_LONGEST_QUOTATION = 14  # tokens of a name in quotation marks
_PARTS = frozenset(["directorate", "department", "division", "team", "unit"])  # of a body: "… Directorate of X Council"


@dataclass(frozen=True, slots=True)
class Name:
    """A name learnt from characters ``start`` to ``end``; ``words`` leave a bracketed acronym out."""

    start: int
    end: int
    words: str
    kind: str
    type: str


def without_brackets(tokens: Tokens) -> Tokens:
    """The tokens without acronyms in brackets: "Long Name (LN) Network" reads "Long Name Network"."""
    is_kept = [True] * len(tokens)
    for at in places_of("(", tokens.lows):
        if (end := bracket_end(tokens, at)) is not None:
            is_kept[at : end + 1] = [False] * (end + 1 - at)
    if all(is_kept):
        return tokens
    places = list(accumulate(is_kept))  # of each kept token, counted from 1
    return Tokens(
        tokens.text,
        list(compress(tokens.words, is_kept)),
        list(compress(tokens.lows, is_kept)),
        list(compress(tokens.starts, is_kept)),
        list(compress(tokens.ends, is_kept)),
        [places[at] - 1 for at in tokens.capitals if is_kept[at]],
    )


def find_names(
    tokens: Tokens,
    heads: Heads,
    starts: frozenset[int],
    known: Sequence[tuple[int, int]],
    maybe: Sequence[tuple[int, int]] = (),
) -> list[Name]:
    """Names by their head nouns, in order; longer ones and overlapping ones too.

    ``tokens`` have no bracketed acronyms. ``starts`` and ``known`` are characters: where a sentence begins, so that a
    capital says little, and the spans of organisations found already: a name doesn't begin inside of one nor join on
    to one with "and". ``maybe`` are spans that may be organisations: nor does it join on to one of them.
    """
    run = _Runs(
        tokens,
        heads,
        starts,
        begins=frozenset(first for first, _ in known),
        ends=frozenset(last for _, last in known),
        others=frozenset(last for _, last in maybe),
        other_begins=frozenset(first for first, _ in maybe),
    )
    names = (run.name_at(at) for at in tokens.capitals if tokens.lows[at] in heads.last_words)
    return [name for name in names if name]


def is_capital(word: str) -> bool:
    """Whether a word begins with a capital letter."""
    return word[0].isupper()


@dataclass(frozen=True, slots=True)
class _Runs:
    """Runs of capitalised words around a head noun."""

    tokens: Tokens
    heads: Heads
    starts: frozenset[int]
    begins: frozenset[int]
    ends: frozenset[int]
    others: frozenset[int]
    other_begins: frozenset[int]

    def name_at(self, at: int) -> Name | None:
        tokens, heads = self.tokens, self.heads
        first = self._first(at)
        found = heads.nouns.get(tuple(tokens.lows[at : at + 2])) or heads.type_of(tokens.lows[first : at + 1])
        if found is None or (tokens.lows[first] in heads.roles and tokens.lows[first + 1] != "'s"):
            return None
        if first == at and tokens.lows[at] in _NEVER_FIRST:
            return None
        last = self._last(at)
        if found[1] == _DATED_TYPE:
            last = self._after_years(last)
        if found[1] in _TITLED_TYPES:
            first = self._title_start(first)
        lows = tuple(tokens.lows[first:last])
        is_cut = last < len(tokens) and is_capital(tokens.words[last]) and lows[-1] not in heads.places
        if not _FEWEST_WORDS <= len(lows) <= _MOST_WORDS or lows in heads.generic or is_cut:
            return None
        if lows.count("(") != lows.count(")") or self._is_part_of_body(at, last):
            return None
        words = join_words(tokens, first, last)
        return Name(tokens.starts[first], tokens.ends[last - 1], words, *found)

    def _first(self, at: int) -> int:
        """The first token of the run of capitals that ends at ``at``."""
        tokens = self.tokens
        is_law = tokens.lows[at] in _LAWS
        first = at
        while first > 0 and tokens.starts[first] not in self.starts and not self._is_end(first - 1):
            before = self._step_back(first, at, is_law)
            if before is None:
                break
            first = before
        while first < at and (self._opens(first) or not tokens.words[first][0].isalpha()):
            first += 1
        return first

    def _step_back(self, first: int, at: int, is_law: bool) -> int | None:
        """The token to which a run that has come to ``first`` reaches back further; ``None`` where it begins there."""
        tokens, before = self.tokens, first - 1
        if is_law and tokens.lows[before] == "the":
            return None
        if is_capital(tokens.words[before]):
            return before
        if before > 0 and is_capital(tokens.words[before - 1]) and tokens.is_hyphened(before):
            return before - 1
        if is_law and tokens.lows[before] == ")":
            return self._opening(before)
        if is_law and _YEAR.match(tokens.lows[before]) and tokens.lows[before - 1] in _LAWS and first < at:
            return before - 1
        if before > 0 and self._is_name_word(before - 1) and self._joins(before, is_law, at):
            return before - 1
        return None

    def _is_name_word(self, at: int) -> bool:
        """Whether a word has a capital, or is a part of one that has: "Well-being"."""
        words = self.tokens.words
        return is_capital(words[at]) or (at > 0 and is_capital(words[at - 1]) and self.tokens.is_hyphened(at))

    def _opening(self, closing: int) -> int | None:
        """The bracket that opens what ends at token ``closing`` of a law's name: "Strikes (Minimum Levels) Act"."""
        for at in range(closing - 1, max(0, closing - _LONGEST_BRACKET), -1):
            if self.tokens.lows[at] == "(":
                return at
            if not self.tokens.words[at][0].isalnum() and self.tokens.lows[at] not in _JOINING | {","}:
                return None
        return None

    def _is_end(self, at: int) -> bool:
        """Whether another body's name ends at a token, and none that names of others are made with."""
        return self.tokens.ends[at] in self.ends and self.tokens.lows[at] not in self.heads.umbrellas

    def _opens(self, at: int) -> bool:
        """Whether a token begins a sentence rather than a name; "All" of "All-Party" and "the New …" amid one do."""
        if self.tokens.lows[at] == "new" and at > 0 and self.tokens.lows[at - 1] == "the":
            return self.tokens.starts[at] in self.starts
        return self.tokens.lows[at] in self.heads.openers and self.tokens.text[self.tokens.ends[at]] != "-"

    def _joins(self, before: int, is_law: bool, at: int) -> bool:
        """Whether token ``before`` holds a name together: "Health and Care", "Children’s", "Riding of Yorkshire".

        ``at`` is the name's head; a comma needs an "and" before it: "Nationality, Immigration and Asylum Act".
        """
        low, previous = self.tokens.lows[before], self.tokens.lows[before - 1]
        if low == "," and is_law:
            return previous not in _LAWS and "and" in self.tokens.lows[before:at]
        if low not in _INSIDE or self.tokens.starts[before] in self.starts or self.tokens.ends[before - 1] in self.ends:
            return False
        if low == "and" and self.tokens.ends[before - 1] in self.others and not is_law:
            return False
        if low == "of":
            return previous not in self.heads.roles and previous not in self.heads.last_words
        if low == "'" and closes_quotation(self.tokens, before):
            return False
        if low in ("'s", "'"):
            return self._is_part(before - 1)
        return previous not in (_LAWS if is_law else self.heads.last_words)

    def _is_part(self, owner: int) -> bool:
        """Whether the possessive of token ``owner`` is part of the name ("Children’s Society") or says whose it is."""
        low = self.tokens.lows[owner]
        return low in self.heads.plurals or not (is_acronym(self.tokens.words[owner]) or low in self.heads.owners)

    def _is_part_of_body(self, at: int, last: int) -> bool:
        """Whether a name is of a part of another body: the body is meant, and the part has no name of its own."""
        starts = self.tokens.starts[at + 1 : last]
        return self.tokens.lows[at] in _PARTS and not self.begins.isdisjoint(starts)

    def _last(self, at: int) -> int:
        """The token after the name whose head stands at ``at``: "… of/for Other Names", "… Act 1989"."""
        tokens, heads = self.tokens, self.heads
        last = at + 1
        if last < len(tokens) and tokens.lows[at] in _LAWS:
            return last + 1 if _YEAR.match(tokens.lows[last]) else last
        while last < len(tokens) and tokens.lows[last] in heads.places and is_capital(tokens.words[last]):
            last += 1
        if last >= len(tokens) or tokens.lows[last] not in _OF:
            return last
        while last < len(tokens) - 1:
            if is_capital(tokens.words[last]) and tokens.lows[last] not in heads.calendar:
                last += 1
                continue
            gap = last
            while gap < len(tokens) - 1 and (tokens.lows[gap] in _JOINING or self._is_list_comma(gap, at)):
                gap += 1
            if tokens.lows[last] == "'s" and not self._is_inside(last - 1, at):
                break
            if not 1 <= gap - last <= 2 or not is_capital(tokens.words[gap]) or tokens.lows[gap] in heads.calendar:
                break
            between = tokens.lows[last:gap]
            if not {"in", "against"}.isdisjoint(between) and tokens.ends[last - 1] in self.ends:
                break
            if "and" in between and (self._is_begin(last, gap) or len(between) > 1 or self._has_head(gap)):
                break
            last = gap
        return last

    def _is_inside(self, owner: int, at: int) -> bool:
        """Whether a possessive goes on within the name of head ``at``: "Society for Children’s Rights", and a review
        of what a nation has ("Review of Wales’s Care Services")."""
        low = self.tokens.lows[owner]
        return low in self.heads.plurals or (low in self.heads.places and self.tokens.lows[at] in _LOOKING_INTO)

    def _is_begin(self, last: int, gap: int) -> bool:
        """Whether another body begins at token ``gap``: one that is sure, or one that may be after one that is."""
        start = self.tokens.starts[gap]
        return start in self.begins or (start in self.other_begins and self.tokens.ends[last - 1] in self.ends)

    def _after_years(self, last: int) -> int:
        """The token after the years that a plan's name ends with: "Winter Plan 2021 to 2022", "Plan 2023-26"."""
        lows = self.tokens.lows
        if last >= len(lows) or not _YEAR.match(lows[last]):
            return last
        to = last + 1 + (lows[last + 1 : last + 2] in (["to"], ["-"]))
        is_range = to < len(lows) and lows[to].isdigit() and len(lows[to]) in (2, 4)
        is_joined = to > last + 1 or (is_range and self.tokens.is_hyphened(to))
        return to + 1 if is_range and is_joined else last + 1

    def _title_start(self, first: int) -> int:
        """Where a title begins whose part after a colon begins at ``first``: "Bright Start: Our Plan for Families"."""
        tokens = self.tokens
        colon = first - 1 - (first > 1 and tokens.lows[first - 1] in ("our", "a", "the", "an"))
        if colon < _FEWEST_WORDS or tokens.lows[colon] != ":":
            return first
        start = colon
        while start > 0 and is_capital(tokens.words[start - 1]) and tokens.starts[start] not in self.starts:
            start -= 1
        while start < colon and self._opens(start):
            start += 1
        return start if colon - start >= _FEWEST_WORDS else first

    def _is_list_comma(self, at: int, head: int) -> bool:
        """Whether a comma is part of a department's name: "Ministry of Housing, Communities and …"."""
        tokens = self.tokens
        if tokens.lows[at] != "," or tokens.lows[head] not in ("department", "ministry", "office"):
            return False
        following = tokens.lows[at + 1 : at + 5]
        return "and" in following and not self._has_head(at + 1) and tokens.starts[at + 1] not in self.begins

    def _has_head(self, at: int) -> bool:
        """Whether the run of capitals from ``at`` has a head of its own, and so is another name."""
        while at < len(self.tokens) and is_capital(self.tokens.words[at]):
            if self.tokens.lows[at] in self.heads.last_words:
                return True
            at += 1
        return False


def closes_quotation(tokens: Tokens, mark: int) -> bool:
    """Whether an apostrophe behind a word ends a quotation: "‘Homes for All’ Fund", and not "Carers’ Fund".

    No plural has it then, or a quotation mark stands open shortly before.
    """
    if not tokens.lows[mark - 1].endswith("s"):
        return True
    for at in range(mark - 1, max(-1, mark - _LONGEST_QUOTATION), -1):
        if tokens.lows[at][0] in "\n.":
            return False
        is_open = tokens.lows[at] == "'" and tokens.ends[at] == tokens.starts[at + 1]
        if is_open and (at == 0 or tokens.ends[at - 1] < tokens.starts[at]):
            return True
    return False


def join_words(tokens: Tokens, first: int, last: int) -> str:
    """The text of the tokens with the gaps between them as they are written, brackets left out before taken away."""
    parts = [tokens.text[tokens.starts[first] : tokens.ends[first]]]
    for at in range(first + 1, last):
        gap = tokens.text[tokens.ends[at - 1] : tokens.starts[at]]
        parts.append(gap if len(gap) <= 1 else " ")
        parts.append(tokens.text[tokens.starts[at] : tokens.ends[at]])
    return "".join(parts)
