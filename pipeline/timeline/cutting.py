"""A line cut where a phrase ends and the rest is complete by itself.

What can go goes whole, from the end: a clause first, then what a preposition or "to" opens. A line is not complete
where a verb lacks its subject or object, where "how", "that" or "which" has opened a clause without a verb, or where
"from" and "between" wait for their second half. Takes text and gives text; knows no events.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain, pairwise, takewhile
from typing import Final

from pipeline.timeline.headline import gerund, has_verb, load_words, third_person, verb_pattern

#: A particle that ends the sentence belongs to its verb: "until it has bedded | in".
_PARTICLE_LAST: Final = re.compile(r"\s(?:in|up|out|off|over|down|on|through)[.”]*$")
#: "Regard such homes | as illegal".
_SEEN: Final = re.compile(
    r"\b(?:regard|treat|describ|class|classif|brand|recognis|portray|view|denounc|hail|dismiss|count)(?:s|es|ed|e|ing|ies|ied|y)?(?:\s(?!as\b)[^\s,]+){1,8}$"
)
#: Words that a line can't end with, and the marks between words.
_DANGLING: Final = frozenset(
    ["and", "or", "but", "to", "for", "of", "in", "on", "at", "by", "with", "from", "the", "a", "an", "its", "their",
     "that", "which", "who", "as", "than", "into", "under", "over", "about", "between", "through", "be", "is", "are",
     "was", "were", "has", "have", "will", "would", "not", "whether", "if", "how", "up", "both", "also", "per",
     "around", "more", "some", "any", "all", "this", "these", "those", "his", "her", "our", "until", "within",
     "during", "across", "including", "because", "while", "when", "where", "new", "own"]
)  # fmt: skip
_MARKS: Final = ",;:–—-"
_SHORTEST: Final = 24
_SHORTEST_WEAK: Final = 28
_TO: Final = re.compile(r"\s(?=to\s+(?:(?!(?:an?|the|its|their|his|her|this|these|any|all)\b)[a-z]|£|\d))")
#: "Barred | from hiring": what one is kept from is still to come.
_KEPT_FROM: Final = re.compile(
    r"\b(?:prohibit|bann?|barr?|prevent|stop|exempt|exclud|disqualif|block|protect|discourag)\w*(?:\s(?!from\b)[^\s,]+){0,5}$"
)
#: The second half is still to come: "from £90 | to £120", "between 2022 | and 2025", "both A | and B".
_HALF: Final = re.compile(r"\b(?:from|between|both|either)(?:\s[^\s,]+){1,6}$", re.IGNORECASE)
_SECOND_HALF: Final = re.compile(r"\s*(?:to|and|or|until)\b")
_OPENER: Final = re.compile(
    r"\b(?:that|how|whether|what|why|which|who|whose|where|when|if|because|while|after|before|as|once|unless)\s",
    re.IGNORECASE,
)
_CLAUSE_OPENERS: Final = ("after", "before", "as", "when", "that", "if", "while", "once", "unless")
_TO_DO: Final = re.compile(r"\bto\s[a-z]+\s(?:the|an?|its|their|his|her|new|more|all)(?:\s(?!to\b)[^\s,]+){1,5}$")
#: What is as often a noun behind "and": "to widen the care | and support".
_NOUN_BASES: Final = frozenset({"support", "fund", "plan", "report", "review", "cost", "call", "help", "change"})
_OPEN_END: Final = re.compile(
    r"\b(?:most|such|so|even|at|least|due|likely|able|set|meant|expected|according|based|aimed|designed|rather|"
    r"in (?:relation|response|terms|line|order|addition|light|view|front|need|return)|as part|on behalf|with regard|"
    r"along|only|solely|partly|mainly|one|two|three|then|not|very|early|late|each|every|other|further|many|us)$",
    re.IGNORECASE,
)
#: A word that joins, or the beginning of a relative clause, may go with what it opens.
_MAY_GO: Final = re.compile(
    r"[\s,;:–—]*(?:(?:and|or|but|also|then)|(?:that|which|who)\s+(?:is|are|was|were|has|have|will|would))?"
)
_AND: Final = re.compile(r"\s*(?:and|or)\s")
#: "And" joins something whole: not "equipped | and effective workforce".
_AND_MORE: Final = re.compile(
    r"\s*(?:and|or)\s+(?:the|an?|its|their|his|her|this|these|to|also|then|in|on|for|by|with|will|would|has|have|is|are|"
    r"was|were|that|it|they|£|\d|[a-z]+(?:ed|s)\s(?:the|an?|its|their|that|to|by|in|on|£|\d))\b"
)
#: Whoever is asked is asked to do something.
_ASKED_TO: Final = re.compile(
    r"\b(?:urg(?:es?|ed|ing)|ask(?:s|ed|ing)?|telling|tells?|told|requir(?:es?|ed|ing)|enabl(?:es?|ed|ing)|allow(?:s|ed|ing)?|invit(?:es?|ed)|"
    r"order(?:s|ed)|expect(?:s|ed)?|call(?:s|ed)? (?:on|for)|want(?:s|ed)?|encourag(?:es?|ed)|forc(?:es?|ed)|get|"
    r"permit(?:s|ted)?|help(?:s|ed)?|need(?:s|ed)?)(?:\s(?!to\b)[^\s,]+){1,8}$"
)
#: Whatever is recommended, or made sure of, is a clause: "that the board appoint | a chair", "to ensure carers | are".
_SUBJUNCTIVE: Final = re.compile(r"\b(?:recommend|propos|suggest|urg|ask|demand|insist|request|requir)\w*\sthat\s")
_ENSURED: Final = re.compile(r"\b(?:ensur(?:e|es|ed|ing)|mean(?:s|t|ing)?|make sure|so)(?:\s[^\s,]+){1,8}$")
#: A verb and its particle whose object is still to come: "to set out | how".
_PARTICLE: Final = re.compile(
    r"\b(?:(?:to|will|would|must|should|could|can)\s(?:set|point|spell|find|bring|carry|lay|put|take|draw|rule|roll|make"
    r"|give|work|pick|build|drive)|sets|points|spells|brings|carries|lays|puts|takes|draws|rules|rolls|gives|picks|builds)"
    r"\s(?:out|up|off|forward|back|down|aside|on)$"
)
#: "Out three days | after the vote", "puts the cost | at £5m".
_SPAN_END: Final = re.compile(r"\b(?:days?|weeks?|months?|years?|hours?)$")
_SPAN_OF: Final = re.compile(r"\s(?:after|before|ahead|later|earlier|early|behind|late)\b")
_PUT: Final = re.compile(r"\bputs?\s(?:the|its|their|a)(?:\s\w+){1,3}$")
#: What is shown has been cut off.
_LONE_SHOW: Final = re.compile(r",\s(?:shows?|showed|finds?|found|says?|said|reveals?|revealed)$")
#: "Calls a meeting, the first | that it has held".
_LOOSE_NOUN: Final = re.compile(r",\s(?:the|an?)\s\w+$")
#: What is said, with a word for where or when, is still to come: "confirms in the Budget | that".
_SAID_WHAT: Final = re.compile(
    r"\b(?:said|found|(?:announc|confirm|reveal|agree|warn|accept|admit|conclude|argue|state|say|report|find)(?:s|es|ed|d))"
    r"(?:\s(?:in|on|at|to|today|yesterday|also)\b[^,]{0,40})?\s?$"
)
_THAT_SOON: Final = re.compile(r"(?:\s[^\s,]+){0,6}?\sthat\s")
#: Words behind a comma of which only what follows makes sense: "axed in November, seven months | after".
_LOOSE_END: Final = re.compile(
    r",\s(?:(?:about|almost|nearly|just|some)\s)?(?:\w+\s)?(?:days|weeks|months|years|hours)$"
)
#: Nouns that say nothing without what they are of.
_OF_WHAT: Final = re.compile(
    r"\b(?:range|number|series|variety|set|part|kind|type|sort|lack|share|proportion|majority|amount|level|rate|group"
    r"|raft|host|end|start|use|loss|absence|form|round|pair|list)s?$",
    re.IGNORECASE,
)
_PASSIVE: Final = ("be", "been", "being", "is", "are", "was", "were")
#: What is done to policies, and is whole in the passive.
_DONE_TO: Final = frozenset(
    ["debated", "discussed", "considered", "reviewed", "approved", "extended", "expanded", "implemented", "replaced",
     "reformed", "abolished", "repealed", "tested", "piloted", "removed", "increased", "reduced", "doubled", "halved",
     "strengthened", "established", "created", "funded", "amended", "consulted", "developed", "appointed", "revised"]
)  # fmt: skip
#: Verbs that need no object.
_ALONE: Final = frozenset(["returns", "continues", "begins", "resumes", "falls", "rises", "meets", "ends", "starts"])
_FINITE: Final = re.compile(
    r"\s*(?:\w+ly\s+)?(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should)\b"
)


def shorten(text: str, longest: int, least: int = 0) -> str:
    """The text cut where a phrase ends and the rest is complete, behind ``least``; with an ellipsis where none is.

    >>> shorten("Ministers set up a panel to advise on pay, which will meet in May", 50)
    'Ministers set up a panel to advise on pay'
    >>> shorten("Minister funds two panels of experts to test how forms for new carers could be shorter", 60)
    'Minister funds two panels of experts'
    """
    text = tidy(text)
    if len(text) <= longest:
        return text
    for place, shortest in _ends(text, longest):
        cut = _LOOSE_END.sub("", tidy(text[:place]))
        if (
            len(cut) >= shortest
            and len(cut) > least
            and is_complete(cut, text[place:], text[:place])
            and _keeps_its_verb(cut, text)
        ):
            return cut
    return _without_dangling(text[: longest - 1].rsplit(" ", 1)[0]) + "…"


def _ends(text: str, longest: int) -> Iterator[tuple[int, int]]:
    """Where the text may end and how long it must be there: clauses before phrases, the longest first."""
    words = load_words()
    strong, weak = (words.ends_strong,), (words.ends_weak, _TO)
    tiers = ((strong, longest // 2), (weak, min(_SHORTEST_WEAK, longest // 2)), (strong, _SHORTEST))
    for patterns, least in tiers:
        found = (
            takewhile(lambda place: place <= longest, (match.start() for match in pattern.finditer(text)))
            for pattern in patterns
        )
        places = sorted(set(chain.from_iterable(found)), reverse=True)
        yield from ((place, least) for place in places if not _is_in_name(text, place))


def is_complete(cut: str, rest: str, raw: str) -> bool:
    """Whether a cut line can stand: ``rest`` is what follows it, ``raw`` the line before it was tidied."""
    is_at_mark = rest[:1] in ",;:" or rest[:2] in (" –", " —")
    lost = raw.rstrip(" ,;:–—")[len(cut) :] if raw.startswith(cut) else ""
    if lost and not _MAY_GO.fullmatch(lost):
        return False
    if _joins_halves(cut, rest):
        return False
    if _ASKED_TO.search(cut) and re.match(r"\s*(?:to|who|whose|which|that)\s", rest):
        return False
    if _THAT_SOON.match(rest) and _SAID_WHAT.search(cut):
        return False
    if (_OF_WHAT.search(cut) and rest.startswith(" of ")) or (_HALF.search(cut) and _SECOND_HALF.match(rest)):
        return False
    ensured = _ENSURED.search(cut)
    if ensured and not has_any_verb(ensured[0].split(" ", 1)[1]) and not is_at_mark:
        return False
    if not is_at_mark and (_OPEN_END.search(cut) or _ends_in_verb(cut)):
        return False
    if not is_at_mark and (_PARTICLE.search(cut) or _PUT.search(cut) or _LOOSE_NOUN.search(cut)):
        return False
    is_kept_from = rest.startswith(" from ") and _KEPT_FROM.search(cut)
    if is_kept_from or _belongs(cut, rest) or (_SPAN_END.search(cut) and _SPAN_OF.match(rest)):
        return False
    if not is_at_mark and _FINITE.match(rest):
        return False
    opener = next(iter(reversed(list(_OPENER.finditer(cut)))), None)
    if opener is None:
        return True
    inner = cut[opener.end() :]
    asked = _SUBJUNCTIVE.search(cut)
    if asked and any(word in load_words().bases for word in inner.split()[2:-1]):
        return True
    is_clause = opener[0].lower().strip() not in _CLAUSE_OPENERS or _SAID_WHAT.search(cut[: opener.start() + 1])
    return has_any_verb(inner) or (not is_clause and is_at_mark)


def _joins_halves(cut: str, rest: str) -> bool:
    """Whether "and" joins what can't be parted: not "to pay their fee | and record their training"."""
    joined = _AND.match(rest)
    if joined is None or _AND_MORE.match(rest) or verb_pattern().match(rest, joined.end()):
        return False
    first = rest[joined.end() :].partition(" ")[0]
    bases = load_words().bases
    is_verb = first in bases and first not in _NOUN_BASES and cut.rpartition(" ")[2] not in bases
    return not (is_verb and _TO_DO.search(cut))


def _belongs(cut: str, rest: str) -> bool:
    """Whether a cut parts "line | by line", a verb and its particle, or what is seen from what it is seen as."""
    last = cut.rpartition(" ")[2]
    is_pair = last.isalpha() and rest.startswith(f" by {last}")
    is_seen = rest.startswith(" as ") and _SEEN.search(cut) is not None
    return is_pair or is_seen or _PARTICLE_LAST.match(rest) is not None


def _ends_in_verb(cut: str) -> bool:
    """Whether the last word is a verb whose object or adverb is still to come."""
    last = cut.rsplit(" ", 1)[-1].lower()
    before = cut.rsplit(" ", 2)[-2].lower() if cut.count(" ") > 1 else ""
    if before in _PASSIVE and last in _DONE_TO:
        return False
    if last in load_words().bases:
        return before in ("to", "will", "would", "not", "and", "could", "must", "can") or last in (
            "make",
            "give",
            "see",
        )
    return last in _verb_ends() and last not in _ALONE


_BEFORE_VERB: Final = ("to", "will", "would", "not", "and", "could", "must", "can")


@cache
def _verb_ends() -> frozenset[str]:
    words = load_words()
    finite = {third_person(base) for base in words.bases} - {base + "s" for base in _NOUNS_TOO}
    return frozenset({*words.past, *finite, *map(gerund, words.bases), "be", "been", "being"} - _FREE)


#: Verbs whose third person is a noun in the plural as often: "plans", "reports".
_NOUNS_TOO: Final = frozenset(
    ["plan", "report", "grant", "fund", "call", "need", "vote", "visit", "pilot", "trial", "test", "review", "change",
     "cost", "debate", "draft", "support", "award", "question", "request", "run", "cut", "rise", "increase", "rule",
     "offer", "issue", "claim", "help", "work", "share", "rate", "table", "order", "train", "look", "use", "name",
     "pledge", "promise", "release", "consult", "appeal", "target", "stop", "start", "end", "close", "pass"]
)  # fmt: skip
#: Forms that may end a line: "the framework published", "training", "what works".
_FREE: Final = frozenset(
    ["published", "released", "launched", "approved", "rejected", "delayed", "postponed", "scrapped", "dropped",
     "abandoned", "raised", "restored", "defeated", "passed",
     "introduced", "extended", "halted", "paused", "ended", "closed",
     "cancelled", "announced", "confirmed", "shelved", "funding", "training", "fostering", "meeting",
     "planning", "housing", "spending", "recording", "ruling", "setting", "hearing", "working", "living", "building",
     "understanding", "reporting", "opening"]
)  # fmt: skip


def _is_in_name(text: str, place: int) -> bool:
    """Whether a blank stands in what looks like a name: "Department | for Education"."""
    before, behind = text[:place].rsplit(" ", maxsplit=1)[-1], text[place:].split(" ")[1:3]
    is_joined = len(behind) > 1 and behind[0] in ("for", "of", "and", "on")
    return is_joined and before[:1].isupper() and behind[1][:1].isupper()


def _keeps_its_verb(cut: str, text: str) -> bool:
    return _says_something(cut) or not _says_something(text)


def has_any_verb(text: str) -> bool:
    """Whether there is a finite verb, or a base right behind a word in the plural: "how courts protect"."""
    if has_verb(text):
        return True
    bases = load_words().bases
    return any(a.endswith("s") and b.lower() in bases for a, b in pairwise(text.split()))


def _says_something(text: str) -> bool:
    return has_any_verb(text) or re.search(r"\bto\s+[“‘]?[a-z]", text) is not None


def tidy(text: str) -> str:
    """Without a dangling word or a lone "show" at the end, a lone quotation mark, or the full stop.

    >>> tidy("Board statistics, released in May, show")
    'Board statistics, released in May'
    """
    text = _LONE_SHOW.sub("", _without_dangling(text.rstrip(" .;:,–—")))
    if text.count("“") != text.count("”"):
        text = text.replace("“", "").replace("”", "")
    if text.count("‘") > text.count("’"):
        text = text.replace("‘", "")
    return text.strip()


def _without_dangling(text: str) -> str:
    """The text without small words and marks at its end.

    >>> _without_dangling("Councils agree a plan for the, and")
    'Councils agree a plan'
    """
    while True:
        longer = ""
        while text != longer:
            longer, text = text, text.rstrip().rstrip(_MARKS)
        word = (text.rsplit(maxsplit=1) or [""])[-1]
        if word == text or word.lower() not in _DANGLING:
            return text
        text = text[: -len(word)]
