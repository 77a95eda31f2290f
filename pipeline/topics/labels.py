"""What a topic is called: the phrase that its articles share and the others don't have.

Candidates are noun phrases of one to five words (found by word lists, without a parser) in titles and leads, and the
names of policies and organisations; no phrase is cut out of a name. Each is weighed by class-based TF-IDF (how many of
the topic's articles have it against how many of the others), by its length, and by whether titles have it. Where the
best one leaves a good part of the topic out, a second stands beside it; where half of the topic or more lack it, a
theme of the sector that most have (``themes.toml``) says better what the topic is about.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

from pipeline.errors import RegisterError
from pipeline.records import Article, Extraction, Mention
from pipeline.topics.words import LEAD_WORDS, lead, read_words, split_words, stem, stopwords

Key = tuple[str, ...]

_LONGEST: Final = 5
#: Small words that may stand inside of a phrase, never at its ends.
_JOINTS: Final = frozenset({"of", "for", "in"})
_LENGTH_WEIGHT: Final = {1: 0.35, 2: 1.0, 3: 1.15, 4: 1.2, 5: 1.2}
_POLICY_WEIGHT: Final = 1.3
_ORGANISATION_WEIGHT: Final = 0.8
_THEME_WEIGHT: Final = 0.5
#: Of a phrase that no title of the topic has: what stands in texts only is seldom what they are about.
_UNTITLED_WEIGHT: Final = 0.5
#: What a phrase gains that stands in all titles of the topic.
_TITLE_WEIGHT: Final = 1.0
#: How much more a phrase counts that all of the topic's articles have than one that half of them have.
_SHARED_POWER: Final = 1.5
#: A phrase stands for a topic alone when this share of the topic's articles has it.
_ENOUGH: Final = 0.7
#: One that no more articles than this share have gives way to a theme of the sector that enough of them have.
_HALF: Final = 0.5
#: What a second phrase must weigh, as a share of the first one's weight.
_NEARLY: Final = 0.3
#: What a second phrase must add, as a share of the topic's articles.
_WORTH_ADDING: Final = 0.25
_OUTSIDE_SMOOTHING: Final = 0.02
#: Articles read to weigh phrases: the nearest to the centre of each topic.
READ_ARTICLES: Final = 60
N_TERMS: Final = 10
#: How much of a text is read for phrases: about ``LEAD_WORDS`` words.
_LEAD_CHARS: Final = 6 * LEAD_WORDS
#: Mentions of a name that make an article one about it, wherever they stand.
_OFTEN: Final = 3
#: Words of a theme in a lead that make an article one about it.
_THEME_OFTEN: Final = 2
_THEME: Final = "theme"
#: A policy or phrase that fewer of the articles have than this is no name for all of them.
_LEAST_SHARE: Final = 0.4
#: A name's canonical form goes before any number of other forms.
_CANONICAL: Final = 1_000_000
UNTITLED: Final = "Other articles"

_FOLDER: Final = Path(__file__).parent
_BREAKS: Final = re.compile(r"[^\w\s'’‘ʼ-]+|\s[-–—]\s|\n+|\d\S*")


@dataclass
class _Phrase:
    """A candidate over the articles that were read: which have it, which have it in the title, how it is written."""

    articles: set[int] = field(default_factory=set)
    titles: set[int] = field(default_factory=set)
    surfaces: Counter[str] = field(default_factory=Counter)
    kind: str = ""

    @property
    def surface(self) -> str:
        """The most frequent form; of several the first by alphabet. Apostrophes are curly, as newspapers print them."""
        return min(self.surfaces, key=lambda form: (-self.surfaces[form], form)).replace("'", "’")


@cache
def _no_ends() -> frozenset[str]:
    return stopwords() | read_words("label_stopwords.txt")


@cache
def _no_lasts() -> frozenset[str]:
    return _no_ends() | read_words("label_adjectives.txt")


def find_phrases(text: str) -> Iterable[tuple[Key, str]]:
    """Candidate phrases of a text: the stems that identify each, and its words as they stand.

    >>> [surface for _, surface in find_phrases("It said that support for kinship carers rose")]
    ['support', 'support for kinship', 'support for kinship carers', 'kinship', 'kinship carers', 'carers']
    """
    stops, no_ends, no_lasts = stopwords(), _no_ends(), _no_lasts()
    for chunk in _BREAKS.split(text):
        words = split_words(chunk)
        lows = [word.lower().removesuffix("'s") for word in words]
        for start, first in enumerate(lows):
            if first in no_ends or len(first) < 2:
                continue
            if start and _is_one_name(words[start - 1], words[start]):
                continue
            for end in range(start, min(start + _LONGEST, len(words))):
                low = lows[end]
                if low in stops and low not in _JOINTS:
                    break
                if low in no_lasts or len(low) < 2 or (start == end and _says_little(words[start])):
                    continue
                if end + 1 < len(words) and _is_one_name(words[end], words[end + 1]):
                    continue
                key = tuple(stem(word) for word in words[start : end + 1])
                yield key, " ".join(words[start : end + 1])


def _is_one_name(word: str, following: str) -> bool:
    """Whether two neighbours are parts of one name, which no phrase cuts: both have a capital letter."""
    return word[0].isupper() and following[0].isupper()


def _says_little(word: str) -> bool:
    """Whether a word alone makes no label: an acronym, an adverb, a participle."""
    return word.isupper() or word.endswith(("ly", "ed", "ing"))


@cache
def _themes() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Every theme of the sector with the pattern of its words, in stems with a blank on both sides."""
    path = _FOLDER / "themes.toml"
    read = tomllib.loads(path.read_text(encoding="utf-8"))["themes"]
    found = []
    for label, words in read.items():
        if not words or not all(isinstance(word, str) and split_words(word) for word in words):
            raise RegisterError(f"{path}: the words of {label!r} are no list of words", "write them in quotes")
        stems = {" ".join(stem(part) for part in split_words(word)) for word in words}
        found.append((label, re.compile(rf" (?:{'|'.join(map(re.escape, sorted(stems, reverse=True)))})(?= )")))
    return tuple(found)


def find_themes(article: Article) -> Iterable[tuple[str, bool]]:
    """The themes that an article is about, and whether its title says so (else its lead does, several times)."""
    title, start = (
        f" {' '.join(stem(word) for word in split_words(text))} " for text in (article.title, lead(article))
    )
    for label, pattern in _themes():
        if pattern.search(title):
            yield label, True
        elif len(pattern.findall(start)) >= _THEME_OFTEN:
            yield label, False


def label_topics(groups: Sequence[Sequence[tuple[Article, Extraction]]]) -> list[tuple[str, tuple[str, ...]]]:
    """Label and terms of every group of articles, in the groups' order; labels are unique.

    Each group's articles come with the most typical first: no more than ``READ_ARTICLES`` of them are read.
    """
    read = [list(group[:READ_ARTICLES]) for group in groups]
    phrases = _collect(read)
    members = _members(read)
    n_read = sum(len(group) for group in read)
    taken: set[str] = set()
    named: dict[int, tuple[str, tuple[str, ...]]] = {}
    for number in sorted(range(len(groups)), key=lambda i: (-len(groups[i]), i)):
        ranked = _rank(phrases, members[number], n_read)
        label = _make_label(ranked, phrases, members[number], taken, read[number])
        taken.add(label.lower())
        named[number] = label, _terms(ranked, phrases)
    return [named[number] for number in range(len(groups))]


def _members(groups: Sequence[Sequence[object]]) -> list[set[int]]:
    """The running numbers of every group's articles."""
    members, at = [], 0
    for group in groups:
        members.append(set(range(at, at + len(group))))
        at += len(group)
    return members


def _collect(groups: Sequence[Sequence[tuple[Article, Extraction]]]) -> dict[Key, _Phrase]:
    """Every phrase of the articles, numbered through over all groups."""
    phrases: dict[Key, _Phrase] = defaultdict(_Phrase)
    for number, (article, extraction) in enumerate(pair for group in groups for pair in group):
        for text, is_title in _texts_without_names(article, extraction):
            for key, surface in find_phrases(text):
                phrase = phrases[key]
                phrase.articles.add(number)
                phrase.surfaces[surface] += 1
                if is_title:
                    phrase.titles.add(number)
        for mention in _central_mentions(extraction):
            phrase = phrases[tuple(stem(word) for word in split_words(mention.name))]
            phrase.articles.add(number)
            phrase.surfaces[mention.name] += _CANONICAL
            phrase.kind = max(phrase.kind, mention.kind)  # a policy before an organisation
            if mention.field == "title":
                phrase.titles.add(number)
        for theme, is_title in find_themes(article):
            phrase = phrases[(_THEME, theme)]
            phrase.articles.add(number)
            phrase.surfaces[theme] += 1
            phrase.kind = _THEME
            if is_title:
                phrase.titles.add(number)
    phrases.pop((), None)
    return phrases


def _central_mentions(extraction: Extraction) -> list[Mention]:
    """The mentions of what the article is about: named in its title or lead, or often."""
    times = Counter(mention.entity_id for mention in extraction.mentions)
    early = {each.entity_id for each in extraction.mentions if each.field == "title" or each.start_char < _LEAD_CHARS}
    return [each for each in extraction.mentions if each.entity_id in early or times[each.entity_id] >= _OFTEN]


def _texts_without_names(article: Article, extraction: Extraction) -> Iterable[tuple[str, bool]]:
    """The title (True) and the lead (False), with line breaks where organisations and policies are named."""
    for field_name, text in (("title", article.title), ("text", article.text[:_LEAD_CHARS])):
        letters = list(text)
        for mention in extraction.mentions:
            if mention.field == field_name:
                start, end = mention.start_char, min(mention.end_char, len(text))
                letters[start:end] = "\n" * (end - start)
        yield "".join(letters), field_name == "title"


def _rank(phrases: dict[Key, _Phrase], members: set[int], n_read: int) -> list[tuple[float, Key]]:
    """The phrases that at least two of the members have (one, where there is but one member), best first."""
    least = min(2, len(members))
    n_outside = max(n_read - len(members), 1)
    ranked = []
    for key, phrase in phrases.items():
        inside = len(phrase.articles & members)
        if inside >= least:
            outside = (len(phrase.articles) - inside) / n_outside
            titled = len(phrase.titles & members) / len(members)
            ranked.append((-_weigh(phrase, key, inside / len(members), outside, titled), key))
    return sorted(ranked)


def _weigh(phrase: _Phrase, key: Key, inside: float, outside: float, titled: float) -> float:
    """Class-based TF-IDF of a phrase, times what makes it a good name. Shares of articles from 0 to 1."""
    distinct = math.log(1.0 + inside / (outside + _OUTSIDE_SMOOTHING)) * (1.0 - outside)
    length = _LENGTH_WEIGHT.get(len(key), 1.0)
    kind = {"policy": _POLICY_WEIGHT, "organisation": _ORGANISATION_WEIGHT, _THEME: _THEME_WEIGHT}.get(phrase.kind, 1.0)
    least = 1.0 if phrase.kind == "policy" else _UNTITLED_WEIGHT
    return math.pow(inside, _SHARED_POWER) * distinct * length * kind * (least + _TITLE_WEIGHT * titled)


def _make_label(
    ranked: Sequence[tuple[float, Key]],
    phrases: dict[Key, _Phrase],
    members: set[int],
    taken: set[str],
    group: Sequence[tuple[Article, Extraction]],
) -> str:
    """The best phrase, with a second where it leaves many members out.

    Where no telling phrase is shared, the best that stands in all members; else a title.
    """
    telling = [key for _, key in ranked if _is_telling(phrases[key], key, members)] if len(members) > 1 else []
    weights = {key: weight for weight, key in ranked}
    wide = [key for key in telling if phrases[key].kind == _THEME and _share(phrases[key], members) >= _ENOUGH]
    if telling and wide and _share(phrases[telling[0]], members) <= _HALF:
        telling = [*wide, *telling]
    for first in (key for key in telling if _is_subject(phrases[key], members)):
        left = members - phrases[first].articles
        second = None
        if phrases[first].kind != _THEME and len(left) > (1 - _ENOUGH) * len(members):
            near = [key for weight, key in ranked if weight <= _NEARLY * weights[first] and key in telling]
            second = next((key for key in near if _adds(phrases[key], key, first, left, members)), None)
        label = _capitalise(" and ".join(phrases[key].surface for key in (first, second) if key))
        if label.lower() not in taken:
            return label
    shared = [key for _, key in ranked if len(key) > 1 and members <= phrases[key].articles] if len(members) > 1 else []
    for key in shared[:1]:
        label = _capitalise(phrases[key].surface)
        if phrases[key].kind != "organisation" and label.lower() not in taken:
            return label
    for article, _ in group:
        label = _capitalise(" ".join(article.title.split()))
        if label and label.lower() not in taken:
            return label
    number = 1
    while (label := UNTITLED if number == 1 else f"{UNTITLED} ({number})").lower() in taken:
        number += 1
    return label


def _is_telling(phrase: _Phrase, key: Key, members: set[int]) -> bool:
    """Whether a phrase could name a topic: of two words or more, a policy or in a title, and shared."""
    is_shared = _share(phrase, members) >= _LEAST_SHARE
    return is_shared and len(key) > 1 and (phrase.kind == "policy" or bool(phrase.titles & members))


def _share(phrase: _Phrase, members: set[int]) -> float:
    """The share of the topic's articles that have the phrase."""
    return len(phrase.articles & members) / len(members)


def _is_subject(phrase: _Phrase, members: set[int]) -> bool:
    """Whether a name stands for what its topic is about. A body acts in most stories: it must be in their titles."""
    return phrase.kind != "organisation" or 2 * len(phrase.titles & members) > len(members)


def _adds(phrase: _Phrase, key: Key, first: Key, left: set[int], members: set[int]) -> bool:
    """Whether a second phrase says something else than the first, of enough articles that lack it."""
    is_new = not set(key) & set(first) and "and" not in key and phrase.kind in ("", "policy")
    return is_new and len(phrase.articles & left) >= max(2, _WORTH_ADDING * len(members))


def _terms(ranked: Sequence[tuple[float, Key]], phrases: dict[Key, _Phrase]) -> tuple[str, ...]:
    """The best phrases, without those that stand inside of a better one or hold it."""
    chosen: list[Key] = []
    for _, key in ranked:
        if len(chosen) == N_TERMS:
            break
        if phrases[key].kind == _THEME:
            continue
        if not any(set(key) <= set(other) or set(other) <= set(key) for other in chosen):
            chosen.append(key)
    return tuple(phrases[key].surface for key in chosen)


def _capitalise(text: str) -> str:
    """The text with its first letter in capitals."""
    return text[:1].upper() + text[1:]
