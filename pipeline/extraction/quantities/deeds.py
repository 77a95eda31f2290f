"""What is done to what is counted: "councils employed 600 nurses" counts "nurses employed by councils".

The words before a number end in a verb ("employed"), a noun of a deed ("the loss of"), a preposition ("pilots in") or a
verb of having; the last word says which, and the number's noun is told by it. Pure functions over the words before a
number; ``deeds.txt`` has the verbs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

from pipeline.errors import RegisterError
from pipeline.extraction.quantities.measure_cues import PRONOUN
from pipeline.extraction.quantities.phrases import last_clause, noun_phrase, tidy, with_article

_FILE: Final = Path(__file__).with_name("deeds.txt")
#: Who does it is told in no more words than that, and a clause ("where staff walked out") in no more than that.
_WHO: Final = 9
_CLAUSE: Final = 12
#: What may stand between the word that leads to a number and the number.
_LIMITS: Final = frozenset(
    [
        "a",
        "about",
        "additional",
        "all",
        "almost",
        "an",
        "another",
        "approximately",
        "around",
        "combined",
        "estimated",
        "extra",
        "further",
        "his",
        "her",
        "initial",
        "its",
        "just",
        "more",
        "nearly",
        "only",
        "other",
        "our",
        "over",
        "record",
        "roughly",
        "some",
        "the",
        "their",
        "these",
        "those",
        "total",
        "under",
    ]
)
#: Limits of more words, the last first.
_LIMIT_PAIRS: Final = frozenset(
    {"than more", "than fewer", "than less", "least at", "most at", "to up", "many as", "much as"}
)
_PARTICLES: Final = frozenset(["up", "out", "aside", "on", "off", "down", "away", "back", "after"])
_AUXILIARIES: Final = frozenset(
    [
        "will",
        "would",
        "to",
        "is",
        "are",
        "was",
        "were",
        "has",
        "have",
        "had",
        "could",
        "should",
        "may",
        "might",
        "must",
        "can",
        "also",
        "now",
        "already",
        "since",
        "currently",
        "then",
        "be",
        "been",
        "being",
        "each",
        "recently",
        "help",
    ]
)
_AHEAD: Final = frozenset(["will", "would", "to", "should", "could", "may", "might", "must"])
_HAVING: Final = frozenset(["has", "have", "had", "with", "employing"])
_COMPRISING: Final = frozenset(
    ["comprises", "comprised", "comprising", "involves", "involved", "involving", "includes", "included", "including"]
)
_PLACED: Final = frozenset(["in", "at", "across"])
_BEHIND_NOUN: Final = frozenset(
    ["in", "across", "of", "with", "among", "at", "for", "covering", "comprising", "involving", "from", "by", "to"]
)
_IN_FRONT_OF_NOUN: Final = frozenset(
    [
        "an",
        "a",
        "the",
        "its",
        "their",
        "this",
        "that",
        "own",
        "new",
        "recent",
        "first",
        "latest",
        "annual",
        "of",
        "in",
        "by",
        "for",
        "on",
        "with",
        "to",
        "and",
    ]
)
#: What takes place among those counted, or is made up of them: "areas in the pilot".
_GATHERED: Final = re.compile(
    r"(?:pilot|trial|survey|poll|programme|scheme|network|coalition|group|project|sample|partnership|panel|rollout|consultation|caseload|ballot|"
    r"workforce)s?|stud(?:y|ies)"
)
#: Nouns of what comes from those counted or happens to them: "responses from 40 councils".
_FROM: Final = {
    "responses": "that responded", "replies": "that replied", "answers": "that answered", "returns": "that made returns",
    "submissions": "that made submissions", "data": "that gave data", "applications": "that applied", "visits": "visited",
    "interviews": "interviewed", "inspections": "inspected", "evidence": "that gave evidence", "information": "that gave information",
    "figures": "that gave figures",
}  # fmt: skip
#: Nouns of deeds: "the loss of 40 posts".
_OF_DEED: Final = {
    "creation": "created", "loss": "lost", "closure": "closed", "recruitment": "recruited", "training": "trained",
    "appointment": "appointed", "dismissal": "dismissed", "opening": "opened", "addition": "added", "approval": "approved",
    "removal": "removed", "hiring": "hired", "employment": "employed", "introduction": "introduced", "placement": "placed",
    "provision": "provided", "detention": "detained", "survey": "surveyed", "poll": "polled", "sample": "sampled",
    "study": "studied", "analysis": "analysed", "review": "reviewed", "inspection": "inspected", "assessment": "assessed",
}  # fmt: skip
#: "which" and the bracket before it are no longer, in characters.
_REACH: Final = 60
#: "which", behind what it is said of.
_RELATIVE: Final = re.compile(r"(?:\s*\([^()]*\))?,?\s+(?:which|that|who)\s+$", re.IGNORECASE)
#: "The trust said (that it …)".
_SPEAKER: Final = re.compile(
    r"(?P<who>[^,;:.]{3,60}?)\s+(?:said|says|reported|reports|estimated|estimates|confirmed|told\s+\w+)\s+(?:that\s+)?$",
    re.IGNORECASE,
)
#: "At that point".
_THEN: Final = re.compile(
    r"^(?:(?:at|by|in|since)\s+)?(?:that|this)\s+(?:point|time|stage|year|week|month),?\s+", re.IGNORECASE
)
#: "plans to", "has been asked to": what stands between who does it and "to do".
_INTENDS: Final = re.compile(
    r"\s+(?:(?:has|have|had|is|are|was|were|been|also|now|still)\s+)*(?:(?:intend|plan|aim|need|expect|hope|want|vow|pledge|promise|agree|"
    r"decide|ask|continue|struggle|fail|manage|tr(?:y|ie))(?:s|d|ed|ned|ing)?|due|set|going|able|likely|unable|required|committed|agreed)$",
    re.IGNORECASE,
)


def read_participles(lines: Iterable[str], name: str) -> dict[str, str]:
    """The participle of each form of the verbs; raises ``RegisterError`` naming file and line.

    >>> read_participles(["give gave given", "carry"], "deeds.txt")["carries"]
    'carried'
    """
    forms: dict[str, str] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        words = line.split()
        if len(words) not in (1, 3) or not all(word.isalpha() and word.islower() for word in words):
            message = f"{name}, line {number}: {line.strip()!r}: one verb, or base, past and participle"
            raise RegisterError(message, "mend the line")
        base = words[0]
        is_y = base.endswith("y") and base[-2] not in "aeiou"
        past = words[1] if words[1:] else base[:-1] + "ied" if is_y else base + ("d" if base.endswith("e") else "ed")
        participle = words[2] if words[1:] else past
        third = base[:-1] + "ies" if is_y else base + ("es" if base.endswith(("s", "ch", "sh")) else "s")
        stem = base[:-1] if base.endswith("e") and not base.endswith("ee") else base
        forms |= dict.fromkeys((base, past, participle, third, stem + "ing"), participle)
    return forms


@cache
def _participles() -> dict[str, str]:
    return read_participles(_FILE.read_text(encoding="utf-8").splitlines(), _FILE.name)


def done_to(before: str, what: str) -> str:
    """What is counted with what is done to it or where it takes part; "" where the words before the number tell neither.

    >>> done_to("The trust said that councils had employed ", "nurses")
    'nurses employed by councils'
    >>> done_to("The department will train a further ", "nurses")
    'nurses to be trained by the department'
    >>> done_to("It follows pilots in ", "areas"), done_to("It was based on visits to ", "homes")
    ('areas in pilots', 'homes visited')
    """
    clause = last_clause(before) or re.split(r"[,;:(“]|\bthat\s", before)[-1]
    words = _without_limits(clause.split())
    if not words:
        return ""
    last = words[-1].lower()
    noun = words[-2].lower() if len(words) > 1 else ""
    if last == "of" and noun in _OF_DEED:
        return f"{what} {_OF_DEED[noun]}"
    if last in _BEHIND_NOUN:
        if noun in _FROM or (noun == "supplied" and len(words) > 2 and words[-3].lower() in _FROM):
            return f"{what} {_FROM[noun if noun in _FROM else words[-3].lower()]}"
        if within := _gathering(words[:-1]):
            return f"{what} in {within}"
    opening = words[0].lower()
    if opening in ("it", "they") and (speaker := _SPEAKER.search(before[: len(before) - len(clause)])):
        words = speaker["who"].split() + words[1:]
    is_headless = opening in _AUXILIARIES or opening in _HAVING or opening in _COMPRISING or opening in _participles()
    if is_headless and (relative := _RELATIVE.search(before[: len(before) - len(clause)][-_REACH:])):
        words = _head(before[: len(before) - len(clause) - len(relative[0])]) + words
    if last in _COMPRISING:
        whole = tidy(" ".join(words[:-1]))
        return f"{what} in {with_article(' '.join(words), whole)}" if _is_noun(whole) else ""
    return _by_verb(words, what)


def _without_limits(words: list[str]) -> list[str]:
    """The words without "more than", "about a further" and the like at their end."""
    end = len(words)
    while end:
        last = words[end - 1].lower()
        if end > 1 and f"{last} {words[end - 2].lower()}" in _LIMIT_PAIRS:
            end -= 3 if last in ("many", "much") and end > 2 and words[end - 3].lower() == "as" else 2
        elif last in _LIMITS:
            end -= 1
        else:
            break
    return words[:end]


def _head(before: str) -> list[str]:
    return last_clause(re.sub(r"\s*\([^()]*\)\s*$", "", before)).split()


def _gathering(words: list[str]) -> str:
    """The pilot, survey or group that the words end in, with its article; "" where they end in none."""
    for at in range(len(words) - 1, max(-1, len(words) - 7), -1):
        if not _GATHERED.fullmatch(words[at].lower()):
            continue
        if at < len(words) - 1 and words[at + 1].lower() != "of":
            return ""
        start = at
        while (
            start
            and words[start - 1].lower() not in _IN_FRONT_OF_NOUN
            and at - start < 5
            and words[start - 1][-1] not in ",.”"
        ):
            start -= 1
        article = "the " if start and words[start - 1].lower() in ("the", "its", "their") else ""
        is_named = start and words[start - 1].lower() in _IN_FRONT_OF_NOUN
        return article + " ".join(words[start if is_named else at :])
    return ""


def _by_verb(words: list[str], what: str) -> str:
    last = words[-1].lower()
    if last == "by" and len(words) > 2 and re.fullmatch(r"[a-z]{2,}ed", words[-2]):
        whom = tidy(" ".join(_without_auxiliaries(words[:-2])[0]))
        return f"{what} that {words[-2]} {with_article(' '.join(words), whom)}" if _is_noun(whom) else ""
    is_particle = len(words) > 1 and (last in _PARTICLES or (last == "with" and words[-2].lower() in _participles()))
    particle = f" {last}" if is_particle else ""
    verb = words[-2].lower() if particle else last
    if participle := _participles().get(verb):
        return _with_deed(words[: -2 if particle else -1], verb, participle + particle, what)
    if (
        last in _HAVING
        and not re.search(r"\d", " ".join(words))
        and words[-2:-1] not in (["along"], ["together"], ["compared"])
    ):
        whose = tidy(" ".join(_without_auxiliaries(words[:-1])[0]))
        return f"{what} of {with_article(' '.join(words), whose)}" if _is_noun(whose) else ""
    clause = " ".join(words[:-1] if last in _PLACED else words)
    told = tidy(clause)
    subject = noun_phrase(told)
    if subject == told or not _is_noun(subject) or len(told.split()) > _CLAUSE or re.search(r"\d", told):
        return ""
    if last in _PLACED:
        return f"{what} where {with_article(clause, told)}"
    return f"{what} that {with_article(clause, told)}" if re.fullmatch(r"[a-z]{2,}ed", last) else ""


def _without_auxiliaries(words: list[str]) -> tuple[list[str], frozenset[str]]:
    """The words without the auxiliaries at their end, and these."""
    end = len(words)
    while end and words[end - 1].lower() in _AUXILIARIES:
        end -= 1
    return words[:end], frozenset(word.lower() for word in words[end:])


def _with_deed(words: list[str], verb: str, done: str, what: str) -> str:
    doer, auxiliaries = _without_auxiliaries(words)
    is_ing = verb.endswith("ing")
    if auxiliaries & {"be", "been", "being"} or (
        auxiliaries & {"is", "are", "was", "were"} and not is_ing and "to" not in auxiliaries
    ):
        return ""
    is_noun = (
        not auxiliaries
        and not done.startswith(verb)
        and (not doer or doer[-1].lower() in _IN_FRONT_OF_NOUN or doer[-1].endswith(("’s", "’")))
    )
    if is_noun:
        return ""
    raw = _THEN.sub("", re.sub(r",?\s+(?:which|that|who|and)$", "", " ".join(doer)))
    if auxiliaries & _AHEAD:
        done = f"to be {done}"
        willing = _INTENDS.search(raw)
        raw = raw[: willing.start()] if willing else "" if auxiliaries <= {"to", "help"} else raw
    who = tidy(raw)
    is_told = _is_noun(who) and not (is_ing and not auxiliaries) and not re.search(r"\d|,|\bto\b", who)
    if not is_told or set(what.lower().split()) & set(who.lower().split()):
        return f"{what} {done}"
    return f"{what} {done} by {with_article(raw, who)}"


def _is_noun(phrase: str) -> bool:
    """Whether a phrase names somebody or something in few words, without a verb."""
    return (
        0 < len(phrase.split()) <= _WHO
        and not PRONOUN.match(phrase)
        and noun_phrase(phrase) == phrase
        and noun_phrase(f"they {phrase}") != "they"
    )
