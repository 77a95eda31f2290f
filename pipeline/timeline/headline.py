"""The language of headlines: present tense, no articles in front, no stale dates.

The words stand in ``headline.toml`` and ``verbs.txt``. Everything here takes text and gives text; what it can't do
safely it leaves as it was.
"""

from __future__ import annotations

import calendar
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from pipeline.errors import RegisterError
from pipeline.timeline.alternatives import any_of
from pipeline.vocabulary import EVENT_TYPES, STATUSES

_FOLDER: Final = Path(__file__).parent
_LISTS: Final = (
    "openers", "fronts", "reporting", "singular", "plural", "documents", "pronouns", "deeds", "kinds", "stale",
    "ends_strong", "ends_weak",
)  # fmt: skip
_TABLES: Final = ("hedges", "markers", "verbs", "nouns", "kinds_of_event", "done", "progress")

_WEEKDAYS: Final = tuple(calendar.day_name)
_MONTHS: Final = tuple(calendar.month_name)[1:]
_AUXILIARIES: Final = "is|are|was|were|has|have|had|will|would|could|can|may|might|must|should|does|did|do"
#: Brackets, but for those inside of a name: "Mental Capacity (Amendment) Act 2019".
_BRACKETS: Final = re.compile(r"\s*(?:\((?![A-Z][a-z]{2,}[^()]*\)\s+[A-Z])[^()]*\)|\[[^\[\]]*\])")
_UNCHANGED: Final = "set|put|cut|shut"
_UNCHANGED_VERBS: Final = _UNCHANGED.split("|")
_FRONT_LENGTH: Final = 160
_FEWEST_WORDS: Final = 4


@dataclass(frozen=True, slots=True)
class Words:
    """The lists of ``headline.toml`` as patterns or sets, and the verbs.

    ``past`` gives a past form's base, ``participles`` a base's participle.
    """

    openers: re.Pattern[str]
    fronts: re.Pattern[str]
    reporting: str
    singular: frozenset[str]
    plural: frozenset[str]
    documents: frozenset[str]
    pronouns: frozenset[str]
    deeds: frozenset[str]
    kinds: frozenset[str]
    stale: re.Pattern[str]
    ends_strong: re.Pattern[str]
    ends_weak: re.Pattern[str]
    hedges: Mapping[str, re.Pattern[str]]
    markers: Mapping[str, str]
    verbs: Mapping[str, str]
    nouns: Mapping[str, str]
    kinds_of_event: Mapping[str, str]
    done: Mapping[str, str]
    progress: Mapping[str, str]
    past: Mapping[str, str]
    participles: Mapping[str, str]
    bases: frozenset[str]


@cache
def load_words() -> Words:
    """The words that titles are made with; raises ``RegisterError`` where a list is missing or unknown."""
    path = _FOLDER / "headline.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    if set(data) != {*_LISTS, *_TABLES}:
        raise RegisterError(f"{path.name} must have {', '.join((*_LISTS, *_TABLES))} and nothing else")
    for table, allowed in (("hedges", STATUSES), ("markers", STATUSES), ("verbs", EVENT_TYPES),
        ("kinds_of_event", EVENT_TYPES), ("done", EVENT_TYPES), ("progress", STATUSES),
    ):  # fmt: skip
        if unknown := set(data[table]) - set(allowed):
            raise RegisterError(f"{path.name}: [{table}] has {', '.join(sorted(unknown))}, which is none of its words")
    if missing := set(EVENT_TYPES) - set(data["kinds_of_event"]):
        raise RegisterError(f"{path.name}: [kinds_of_event] lacks {', '.join(sorted(missing))}")
    past, participles = _read_verbs(_FOLDER / "verbs.txt")
    return Words(
        openers=re.compile(rf"^(?:(?:{any_of(data['openers'])}),|but|and|so|then|yet|however)\s+(?=\S)", re.IGNORECASE),
        fronts=re.compile(rf"^(?:{any_of(data['fronts'])})\b", re.IGNORECASE),
        reporting=any_of(data["reporting"]),
        singular=frozenset(data["singular"]),
        plural=frozenset(data["plural"]),
        documents=frozenset(data["documents"]),
        pronouns=frozenset(data["pronouns"]),
        deeds=frozenset(data["deeds"]),
        kinds=frozenset(data["kinds"]),
        stale=re.compile(
            rf"(?<!\bthe),?\s+(?:{any_of(data['stale'])}|on\s(?:{any_of(_WEEKDAYS)})\sof\s(?:last|next|this)\sweek"
            rf"|(?:last|next|this|on)\s+(?:{any_of(_WEEKDAYS)})"
            r"|(?:an?|one|two|three|four|five|six|several|\d+)\s(?:days?|weeks?|months?|years?)\sago"
            rf"|(?:(?:by|from|in|until|since)\s+)?(?:last|next|this|that)\s+(?:{any_of(_MONTHS)}|spring|summer|autumn|winter)"
            r"(?:\s(?:and|or)\s(?:(?:this|next)\s)?(?:spring|summer|autumn|winter))?)"
            rf"\b(?![’']|\s+(?:of|than|that)\b|\s+to\s+(?:\d|mid-|(?:the|next|this|last|early|late)\s|(?:{any_of(_MONTHS)})\b))",
            re.IGNORECASE,
        ),
        ends_strong=re.compile(rf"[,;:]\s|\s[–—]\s|\s(?=(?:{any_of(data['ends_strong'])})\b)", re.IGNORECASE),
        ends_weak=re.compile(rf"\s(?=(?:{any_of(data['ends_weak'])})\b)", re.IGNORECASE),
        hedges={status: _whole(any_of(words)) for status, words in data["hedges"].items()},
        markers=data["markers"],
        verbs=data["verbs"],
        nouns=data["nouns"],
        kinds_of_event=data["kinds_of_event"],
        done=data["done"],
        progress=data["progress"],
        past=past,
        participles=participles,
        bases=frozenset(participles),
    )


def _whole(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)


def _read_verbs(path: Path) -> tuple[dict[str, str], dict[str, str]]:
    """The base of every past form and participle, and the participle of every base."""
    past: dict[str, str] = {}
    participles: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#") or not line.strip():
            continue
        base, *forms = line.split()
        if len(forms) > 2:
            raise RegisterError(f"{path.name}, line {number}: a verb has a base, a past and a participle at most")
        forms = forms or [_regular_past(base)]
        participles[base] = forms[-1]
        for form in forms:
            if form != base:
                past[form] = base
    return past, participles


def _regular_past(base: str) -> str:
    if base.endswith("e"):
        return base + "d"
    return base[:-1] + "ied" if base.endswith("y") and base[-2] not in "aeiou" else base + "ed"


def third_person(base: str) -> str:
    """The verb as one body does it.

    >>> [third_person(v) for v in ("propose", "publish", "identify", "delay")]
    ['proposes', 'publishes', 'identifies', 'delays']
    """
    if base.endswith(("s", "sh", "ch", "x", "z", "o")):
        return base + "es"
    return base[:-1] + "ies" if base.endswith("y") and base[-2] not in "aeiou" else base + "s"


def gerund(base: str) -> str:
    """The verb with -ing, its last letter not doubled.

    >>> gerund("propose"), gerund("reject")
    ('proposing', 'rejecting')
    """
    return (base[:-1] if base.endswith("e") and not base.endswith("ee") else base) + "ing"


def strip_fronts(text: str) -> str:
    """The text without what stands before the news: "However,", "In October 2024," and the like.

    >>> strip_fronts("However, in October 2024, the DfE began a review of the rules.")
    'the DfE began a review of the rules.'
    """
    words = load_words()
    text = _SET_ASIDE.sub("", _TIME_FRONT.sub("", text, count=1), count=1)
    for _ in range(5):
        before = text
        comma = text.find(", ")
        if 0 < comma <= _FRONT_LENGTH and words.fronts.match(text) and has_verb(text[comma + 2 :]):
            text = text[comma + 2 :]
        elif (doing := DOING.match(text)) and has_verb(text[doing.end() :]):
            text = text[doing.end() :]
        else:
            text = words.openers.sub("", text, count=1)
        if len(text.split()) < _FEWEST_WORDS:
            return before
        if text == before:
            break
    return text


#: "Earlier this month the board", without a comma.
_TIME_FRONT: Final = re.compile(
    r"^[Tt]oday(?:,\s\d{1,2}\s[A-Z]\w+(?:\s\d{4})?)?,?\s(?=[A-Z]|the\s)|^(?:(?:[Ee]arlier|[Ll]ater)\s(?:this|last)|[Ll]ast|[Tt]his)\s(?:week|month|year|spring|summer|autumn|winter"
    r"|[A-Z]\w+day)\s(?=[A-Z]|the\s)"
    rf"|^(?:[Ff]rom|[Oo]n|[Ii]n|[Bb]y|[Ss]ince)\s(?:\d{{1,2}}\s)?(?:{'|'.join(_MONTHS)})(?:\s\d{{4}})?,?\s"
    r"(?=[A-Z]|(?:the|it|they|its|their)\s|[a-z]+\s(?:will|would|has|have|is|are|was|were)\b)"
)
#: "Fees aside, the board".
_SET_ASIDE: Final = re.compile(
    r"^(?:(?:But|And)\s)?[A-Z][\w’]*(?:\s[\w’]+){0,4}\s(?:aside|apart|notwithstanding),\s+(?=\S)"
)
#: "Handing down his ruling, Judge Lee said": what is done meanwhile.
DOING: Final = re.compile(
    r"^(?!Funding|Meeting|Training|Housing|Nursing|Fostering|Spending|Wellbeing|Planning|During)[A-Z][a-z]+ing\s(?!of\b)[^,]{3,60},\s+(?=(?:[A-Z]|the\s|it\s|they\s|he\s|she\s))"
)


@cache
def verb_pattern() -> re.Pattern[str]:
    """Finds what is very likely a finite verb: an auxiliary, or a past or present form of a listed verb."""
    words = load_words()
    forms = {*words.past, *(third_person(base) for base in words.bases)}
    return re.compile(rf"(?<!-)\b{any_of(forms | set(_AUXILIARIES.split('|')))}\b(?!-)")


def has_verb(text: str) -> bool:
    """Whether a finite verb can be seen in the text."""
    if verb_pattern().search(text):
        return True
    return any(verb in text for verb in _UNCHANGED_VERBS) and _unchanged_pattern().search(text) is not None


@cache
def _unchanged_pattern() -> re.Pattern[str]:
    """Finds a past that looks like the base right behind a body: "the DfE set up a board"."""
    return re.compile(
        rf"(?:\b(?:{any_of(load_words().singular | load_words().plural)})|[A-Z]\w*)\s+(?:{_UNCHANGED})\s+(?!of\b)"
    )


#: Without an object it is what is put out: "Review published".
_PUTS_OUT: Final = ("publishes", "releases", "issues")


def tell_in_present(text: str, actors: Iterable[str]) -> str:
    """The news as headlines tell it: done in the present, to come with "to".

    Only the first auxiliary is touched. A plain past is turned where its subject is one of the ``actors`` or a word
    for one body, and stands right before it.

    >>> tell_in_present("The DfE has proposed a fund", ["DfE"]), tell_in_present("New rules will be brought in", [])
    ('The DfE proposes a fund', 'New rules to be brought in')
    """
    words = load_words()
    auxiliary = _AUXILIARY.search(text)
    plain = _plain_past(text, actors)
    if plain and plain[1] in _PUTS_OUT and plain[2] == len(text):
        return text
    if plain and (auxiliary is None or plain[2] <= auxiliary.start()):
        subject, verb, end = plain
        return f"{subject} {verb}{text[end:]}"
    if auxiliary is None or auxiliary.start() > _SUBJECT_LENGTH:
        return text
    subject, rest = text[: auxiliary.start()].rstrip(), text[auxiliary.end() :]
    if not subject or fold_first(subject) in words.pronouns or _RELATIVE.search(subject) or _INNER.search(subject):
        return text
    if subject.endswith(" that"):
        return text  # "a pilot that was promised": the verb isn't the line's
    return subject + (_turn_verb(auxiliary[0], rest) or f" {auxiliary[0]}{rest}")


def _turn_verb(verb: str, rest: str) -> str:
    """A verb that begins with an auxiliary, and the rest, as headlines have it; empty where it stays as it is."""
    words = load_words()
    if verb in ("has", "have") and (done := _done_pattern().match(rest)) and not _SINCE.search(rest, done.end()):
        return f" {_agree(words.past.get(done[1], done[1]), verb == 'has')}{rest[done.end() :]}"
    if verb == "will" and (denied := _NOT_DONE.match(rest)):
        return f" not to be{rest[denied.end() :]}"
    if verb == "will" and not re.match(r"\s+(?:not|only|never)\b", rest):
        return f" to{rest}"
    if verb in ("is", "are") and (
        due := re.match(
            r"\s+(?:also\s+|now\s+)?(?=(?:due to|set to|expected (?:to|by|in)"
            r"|to\s+[a-z]))",
            rest,
        )
    ):
        return f" {rest[due.end() :]}"
    doing = re.match(r"\s+(?:also\s+|now\s+)?(planning|considering|seeking|consulting|calling|asking|urging)\b", rest)
    if verb in ("is", "are") and doing:
        base = {"planning": "plan"}.get(doing[1], doing[1].removesuffix("ing"))
        base = base if base in ("plan", "consider", "seek", "consult", "call", "ask") else "urge"
        return f" {_agree(base, verb == 'is')}{rest[doing.end() :]}"
    passive = _passive_pattern().match(rest) if verb in ("was", "were", "has", "have") else None
    if passive and (verb in ("was", "were") or passive[1]):
        return f" {rest[passive.end() :]}"
    return ""


_NOT_DONE: Final = re.compile(r"\s+not\s+(?:now\s+)?be(?=\s\w+(?:ed|en)\b)")
#: "Has covered all councils since May": it still does.
_SINCE: Final = re.compile(r"\bsince\s")
_AUXILIARY: Final = re.compile(rf"\b(?:{_AUXILIARIES})\b(?!n)")
_ADVERBS: Final = (
    r"(?:(?:also|now|since|already|just|then|subsequently|recently|repeatedly|today|yesterday|first|originally)\s+)*"
)
_RELATIVE: Final = re.compile(r"\b(?:which|who|whom|whose)\b")
#: A subject that isn't the line's: "how councils | will pay", "said that she | would".
_INNER: Final = re.compile(r"\b(?:that|how|whether|what|why|if|when|where)\s|\b(?:it|they|he|she|we|I|you|there)$")
_SUBJECT_LENGTH: Final = 100


def fold_first(text: str) -> str:
    """The first word in lower case, without a mark behind it."""
    return text.split(" ", 1)[0].lower().strip(",.’'“”:")


@cache
def _done_pattern() -> re.Pattern[str]:
    words = load_words()
    unchanged = sorted(base for base in words.bases if base in ("set", "put", "cut", "run", "become", "come"))
    return re.compile(rf"\s+{_ADVERBS}({any_of([*words.past, *unchanged])})\b(?!\s+by\b)")


@cache
def _passive_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"\s+{_ADVERBS}(been\s+)?{_ADVERBS}(?=(?:{any_of([*load_words().past, 'set', 'put', 'cut'])})\b)"
    )


def _plain_past(text: str, actors: Iterable[str]) -> tuple[str, str, int] | None:
    """The subject, the verb in the present and where the past ends, where it stands right behind whoever acts."""
    words = load_words()
    names = {name.lower() for name in actors if name}
    for match in _past_pattern().finditer(text, 0, _SUBJECT_LENGTH):
        subject = text[: match.start()]
        if set(",;:") & set(subject):
            return None
        who, verb = subject.lower(), match[1].lower()
        base = words.past.get(verb, verb)
        rest = text[match.end() :]
        if _MANY_OF.match(subject) and who.removeprefix("the ") not in names:
            return None
        is_one = _body_end().search(who) or any(who == name or who.endswith(f" {name}") for name in names)
        if is_one:
            is_pair = _PAIR.search(subject) is not None and not _NAME_AND.search(subject)
            return subject, _agree(base, who.rsplit(" ", 1)[-1] not in words.plural and not is_pair), match.end()
        if _many_end().search(who) and _TAKEN.match(rest):
            return subject, base, match.end()
        if base in _SAID_BY_DOCUMENTS and (document := _document_end().search(who)) and not _AGENT.match(rest):
            return subject, _agree(base, document[1] not in _MANY_DOCUMENTS), match.end()
    return None


#: "Members of the board", "talks at the board".
_MANY_OF: Final = re.compile(r"(?:[Tt]he\s)?(?:\w+\s)?\w+[^s’]s\s(?:of|at|in|for|between|with)\s")
#: "Work and Pensions": one name.
_NAME_AND: Final = re.compile(r"\b[A-Z][a-z’]+\sand\s[A-Z][a-z]+")
_PAIR: Final = re.compile(r"(?:^|\b[Tt]he\s\w+|[A-Z]\w*)\sand\s(?:the\s|[A-Z])")
#: What only an active verb is followed by: its object, "that" or what was agreed "to do".
_TAKEN: Final = re.compile(
    r"\s+(?:the|an?|its|their|that|new|more|all|plans?|proposals?|calls?|against|for(?=\s+(?:the|an?)\b)|£|[“‘]|\d"
    r"|[a-z-]+ing\b)(?![’'])"
)
_SAID_BY_DOCUMENTS: Final = frozenset(
    ["find", "show", "reveal", "warn", "conclude", "suggest", "recommend", "call", "highlight", "identify",
     "criticise", "urge", "raise", "praise", "outline", "indicate", "predict", "estimate"]
)  # fmt: skip
_MANY_DOCUMENTS: Final = ("figures", "statistics", "data", "findings", "reports", "minutes")
_AGENT: Final = re.compile(r"\s+(?:by|in|at|to|with)\b")


@cache
def _past_pattern() -> re.Pattern[str]:
    words = load_words()
    return re.compile(
        rf"\s+{_ADVERBS}({any_of(words.past)}|{_UNCHANGED})\b(?!\s+(?:(?:up|out|down|off)\s+)?(?:by|in|as|of|last|early|late)\b)",
        re.IGNORECASE,
    )


@cache
def _many_end() -> re.Pattern[str]:
    return re.compile(rf"(?:^|\s)(?:{any_of(load_words().plural)})$")


@cache
def _document_end() -> re.Pattern[str]:
    return re.compile(rf"(?:^|\s)({any_of(load_words().documents)})$")


@cache
def _body_end() -> re.Pattern[str]:
    return re.compile(rf"(?:^|\s)(?:{any_of(load_words().singular)})$")


def _agree(base: str, is_one: bool) -> str:
    return third_person(base) if is_one else base


def drop_brackets(text: str) -> str:
    """The text without what stands in brackets."""
    return " ".join(_BRACKETS.sub("", text).split())
