"""Who and what a title is about: names found in the text, or put in for "it" and "the rules"."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Final

from pipeline.lists import unique
from pipeline.records import PolicyEvent, Telling
from pipeline.timeline.clauses import own_clause
from pipeline.timeline.headline import has_verb, load_words, verb_pattern
from pipeline.timeline.hedging import NOUNS_TOO
from pipeline.timeline.wording import acronym_pattern, fold, name_pattern

_DEFINED: Final = re.compile(r"\(([A-Z][\w-]{1,11})\)")
#: "It was reasonable to wait": no body is meant.
_IT_IS_SO: Final = re.compile(
    r"it\s(?:is|was|would be|will be|had been|has been)[,\s](?:[^,]{3,20},\s)?(?:\w+ly\s)?"
    r"(?!\w+(?:ed|ing)\b)\w+\s(?:to|that|for)\b"
)
_NO_STATEMENT: Final = re.compile(
    r"(?:to|in|on|at|by|with|of|about|for|his|her|their|its|this|these|those|you|what|how|so)\b|[“”]"
)
#: Longer names are written in short where there is an acronym.
LABEL_LENGTH: Final = 34
#: "Its remit would stay".
_ITS_OWN: Final = re.compile(r"its\s(?:[\w-]+\s){1,3}(?:would|will|was|were|had|has|is|are)\b")
_MADE_KNOWN: Final = "confirmed|announced|disclosed"
_SHORTEST: Final = 28
_NEAR: Final = 45
_ITS: Final = re.compile(
    r"its\s+(?=(?:[\w-]+\s){0,2}(?:board|committee|members|council|president|chief|director|chair|minister|spokesperson|spokesman|spokeswoman"
    r"|manager|"
    r"survey|report|research|analysis|poll|response|guidance|strategy|manifesto)\b)"
)
_DOES: Final = re.compile(
    r"it\s(?=(?:(?:will|would|has|had|is to)\s(?:also\s|now\s|since\s)?"
    r"(?!be\b|been\b|only\b|not\b|mean|cost|come|take effect|start|beg[iau]n|commence|open for|close|last|cover|apply"
    r"|run\b(?! an?\b| the\b| its\b)"
    r"|replace)"
    r"|wants\s|plans\s|hopes\s|intends\s|expects\s))"
)
#: "The board has confirmed that fees will rise": of the rise, it is the fees that rise.
_CONFIRMS: Final = re.compile(
    r"(?P<who>[^“”;:,]{2,80}?)\s(?:also\s|has\s|have\s)*(?:confirmed|announced|decided|disclosed)\s(?:\w+\s){0,2}?that\s"
    r"(?P<rest>(?!it\s|they\s).+)$"
)
_ROLES: Final = (
    r"(?:president|chief executive|director|chair|chairman|chairwoman|minister|secretary|spokesperson|spokesman"
    r"|spokeswoman|manager|lead|head|commissioner|officer|leader)"
)
_JUDGES: Final = re.compile(r"\b(?:court|judge|tribunal|jury|coroner|ombudsman|inquest|justice)\b", re.IGNORECASE)
#: Somebody is spoken of by a role.
_ROLE: Final = re.compile(rf"\b{_ROLES}\b", re.IGNORECASE)
#: "Carers Alliance’s chief executive": the body that a role is in.
_OWNED_ROLE: Final = re.compile(rf"(.{{2,60}}?)[’'](?:s\s+|\s+)(?:[a-z]+\s){{0,3}}{_ROLES}$")
#: "She expected the rules to begin in May".
_EXPECTED: Final = re.compile(r"(?:he|she|they|it)\s+expect(?:s|ed)\s+(?P<what>\S.{3,90}?)\s+to\s+(?P<do>[a-z].+)$")
#: What comes between a document's name and the word for putting it out.
_BEHIND_NAME: Final = re.compile(
    r"(?:\s*\([^)]*\))?(?:\s+as of [^,.;]{1,25})?,?\s*(?:which\s+)?"
    r"(?:(?:the\s+)?[^,]{2,60}?\s(?=published|released|unveiled)|was\s+|were\s+|has been\s+)?(?:also\s+)?"
    r"(?:published|publishes|releas\w+|launched|unveiled|issued|came out|out)\b"
)


_MONTH: Final = "(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_OBJECT: Final = re.compile(r"\s(?:its|their|the|an?)\s")
#: "It wants the agency to act": whoever wants is a body.
_WANTS: Final = re.compile(r"it\s(?=(?:also\s|now\s)?(?:wants|hopes|intends|expects)\s)")
#: What only a policy is or does: "it had been put off", "it is due to begin".
_THING_IS: Final = re.compile(
    r"it\s(?=(?:(?:has|had)\s)?(?:(?:also|already|now|originally|first|since|then)\s)*"
    r"(?:(?:is|was|been|will be|would be)\s(?:(?:also|already|now|originally|first|then|to)\s)*"
    r"(?:due|set to|expected to|meant|scheduled|supposed|put (?:off|back)|pushed back|postponed|delayed"
    r"|introduced|launched|published|passed|approved|rejected|scrapped|dropped|extended|piloted|rolled out|replaced"
    r"|announced|unveiled"
    r"|begin|start|end|close|come into|take effect|have its)\b"
    r"|(?:will|would)\s(?:begin|start|end|close|apply|come into|take effect|open|expire|last)\b"
    r"|(?:took|takes) effect\b|(?:came|comes) into (?:force|effect)\b|received royal assent\b"
    r"|(?:began|begins|ended|ends|closed|closes|expires|expired|opened|opens)\s(?:in|on|at|for|from|until)\b))"
)
#: A law with its year, and what becomes of laws.
_LAW: Final = re.compile(r"\b(?:Act|Measure|Order|Regulations) (?P<year>\d{4})$")
#: For so many years a law is what a story may be about without naming it.
_STORY_YEARS: Final = 5
_OF_LAWS: Final = re.compile(
    r"(?:\w+\s){0,5}?(?:effect|force|assent|passed|approved|introduced|repealed|amended|commence\w*)\b"
)
_A_LAW: Final = re.compile(r"\b(?:act|bill|legislation|law|assent|parliament|regulations)\b")
_UNDER: Final = re.compile(
    r"\b(?:under(?: (?:part|section|clause|schedule) [\w ()]+ of)?|breach(?:ed|es|ing)?(?: of)?|discharge of"
    r"|in line with|required by|anniversary of|after)\s(?:the\s)?$"
)
_ITS_DUTIES: Final = re.compile(
    r"\s(?:services|dut(?:y|ies)|powers|assessments?|requirements|functions|responsibilities)\b"
)


def learn_acronyms(tellings: Iterable[Telling]) -> dict[str, str]:
    """The acronyms that sentences give in brackets behind a name, by that name; the most used of several.

    Only those whose letters are the name's own count: "Department for Education (DfE)".
    """
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for telling in tellings:
        quote = telling.mention.quote
        if "(" not in quote:
            continue
        for acronym in _DEFINED.findall(quote):
            for name in (*telling.mention.policies, *telling.mention.organisations):
                pattern = acronym_pattern(name)
                if pattern and re.fullmatch(pattern, acronym, re.IGNORECASE):
                    found[name][acronym] += 1
    return {name: min(counts, key=lambda each: (-counts[each], each)) for name, counts in found.items()}


def find_name(text: str, names: Sequence[str]) -> str | None:
    """The last of the names that stands in the text, as it is written there.

    >>> find_name("a plan for the Early Career Framework", ["early career framework"])
    'Early Career Framework'
    """
    folded = fold(text)
    places = [match.span() for name in names for match in name_pattern(name).finditer(folded)]
    if not places:
        return None
    start, end = max(places)
    return text[start:end]


def find_kind(text: str, policies: Sequence[str]) -> str | None:
    """The first policy, where its name ends in the word that the text uses for it: "rules", "the fund".

    >>> find_kind("Ministers began to bring in the rules", ["agency social work rules"])
    'agency social work rules'
    """
    for name in policies[:1]:
        kind = fold(name).split()[-1]
        if kind in load_words().kinds and re.search(rf"\b{re.escape(kind)}\b", fold(text)):
            return name
    return None


def short_names(text: str, event: PolicyEvent, acronyms: Mapping[str, str]) -> str:
    """The text with bodies written as their acronyms where the articles, or the sentence itself, use one."""
    for name in unique((*event.organisations, *sorted(acronyms))):
        if name in acronyms and name in text and (name in event.organisations or name not in event.policies):
            text = re.sub(rf"(?:\b[Tt]he\s+)?{re.escape(name)}(?=\W|$)", acronyms[name], text)
    return text


def strip_speaker(text: str) -> str:
    """The text without ", said X" or ", X has told MPs" behind it.

    >>> strip_speaker("The toolkit will be ready by the end of May, said Ann Lee, the chair")
    'The toolkit will be ready by the end of May'
    """
    if "," not in text and "”" not in text:
        return text
    reporting = load_words().reporting
    for pattern in _speaker_patterns():
        cut = pattern.search(text)
        if (
            cut
            and cut.start() >= _SHORTEST
            and not has_verb(re.split(rf"{reporting}|{_MADE_KNOWN}", cut[0], maxsplit=1)[-1])
        ):
            return text[: cut.start()].strip(" ,”“")
    return text


@cache
def _speaker_patterns() -> tuple[re.Pattern[str], ...]:
    """Find ", said X", ", X said" and ", X has told MPs"."""
    reporting = load_words().reporting
    return (
        re.compile(rf"[,”]\s*(?:the data\s+|the report\s+)?\b(?:{reporting})\s+[A-Za-z].*$"),
        re.compile(rf",\s+[^,]{{2,70}}\s+(?:has\s+|have\s+)?(?:{reporting})\.?$"),
        re.compile(r",\s+[^,]{2,70}\s+(?:has\s+|have\s+)?told\s+[^,]+$"),
        re.compile(
            rf",\s+[^,]{{2,70}}\s+(?:has\s+|have\s+)?(?:{reporting}|{_MADE_KNOWN})"
            r"(?:\s+(?:today|yesterday|(?:last|this)\s\w+|on\s[A-Z]\w+day))?\.?$"
        ),
    )


@cache
def _told_pattern() -> re.Pattern[str]:
    """Finds "X said that" and "X told MPs last week that" at the beginning, and what was said."""
    reporting = load_words().reporting
    return re.compile(
        rf"^(?P<who>[^“”;:]{{2,110}}?)\s+(?:also\s+|then\s+|has\s+|have\s+|later\s+)*(?:{reporting})\s+"
        r"(?:(?:MPs|peers|Parliament|the House of \w+|the Commons|the Lords|\w+"
        r"|(?:the\s+)?(?:[A-Z][\w’]+\s){1,3}[\w’]+|the\s(?:[\w’]+\s){0,5}[\w’]+)\s+"
        r"(?:at the time\s+|yesterday\s+|today\s+|(?:on|in|last|this)\s\w+\s+)?(?=that\b))?"
        r"(?:today\s+|yesterday\s+|this week\s+|last week\s+)?(?:that\s+)?(?P<rest>.+)$"
    )


def strip_speech(text: str, event: PolicyEvent) -> tuple[str, bool]:
    """The text without "X said that", and whether it began so.

    "It" and "they" in what was said become the body that says so; where the speaker is no body the text stays.
    """
    told = _told_pattern().match(text)
    if told is None and event.status in ("planned", "conditional") and event.type != "announcement":
        told = _CONFIRMS.match(text)
    if not told or len(told["rest"].split()) < 5 or has_verb(told["who"]):
        return text, False
    if re.search(r"\btold\s+$", text[: told.start("rest")]):
        return text, False
    who, rest = told["who"], told["rest"]
    if _JUDGES.search(who):
        return text, False  # what a court finds is so because it finds it
    expected = _EXPECTED.match(rest)
    pronoun = re.match(r"(it|they|he|she|we|I)\s+(?=\S)", rest) if not _IT_IS_SO.match(rest) else None
    if expected and event.status in ("planned", "conditional", "proposed"):
        rest = f"{expected['what']} expected to {expected['do']}"
    elif pronoun:
        speaker = _speaker(who, pronoun[1], event)
        if not speaker:
            return text, False
        rest = f"{speaker} {rest[pronoun.end() :]}"
    elif who.lower().removesuffix(" later") in ("he", "she") and _ITS_OWN.match(rest):
        rest = rest.partition(" ")[2]  # a person's "its" is of what is spoken of
    elif _NO_STATEMENT.match(rest) or not has_verb(rest):
        return text, False
    return rest, True


def _speaker(who: str, pronoun: str, event: PolicyEvent) -> str:
    """Whoever speaks, as the subject of what is said of "it", "they", "he" or "she"; empty where that isn't certain."""
    if pronoun in ("he", "she"):
        return who if "," not in who and not is_body(who, event) else ""
    if pronoun not in ("it", "they"):
        return ""
    if is_body(who, event):
        return who.split(",", maxsplit=1)[0]
    owner = _OWNED_ROLE.match(who)
    return owner[1] if owner and pronoun == "it" else ""


def tell_reported(text: str) -> str:
    """What was said in the past, as it was said: "would" as "will", "was seeking" as "is seeking", "had" as "has".

    >>> tell_reported("the board was considering a ban"), tell_reported("councils had agreed a plan")
    ('the board is considering a ban', 'councils have agreed a plan')
    """
    verb = next((each for each in verb_pattern().finditer(text) if not NOUNS_TOO.fullmatch(each[0])), None)
    if verb is None:
        return text
    rest = text[verb.end() :]
    is_many = re.search(r"[^s’']s\s*$", text[: verb.start()]) is not None
    told = {"would": "will", "had": "have" if is_many else "has"}.get(verb[0], "")
    if verb[0] in ("was", "were") and re.match(r"\s+(?:also\s+|now\s+)?\w+ing\b", rest):
        told = "is" if verb[0] == "was" else "are"
    return f"{text[: verb.start()]}{told or verb[0]}{rest}"


def is_body(text: str, event: PolicyEvent) -> bool:
    """Whether a phrase is a body that acts: one of the event's, an acronym, or a word for one."""
    who = text.split(",", maxsplit=1)[0].strip()
    if _ROLE.search(who):
        return False
    if find_name(who, event.organisations) or re.fullmatch(r"(?:[Tt]he\s+)?[A-Z][A-Za-z]*[A-Z]\w*", who):
        return True
    if re.fullmatch(r"(?:[Tt]he\s+)?(?:[A-Z][\w’-]*\s)+(?:for|of|and|in)\s(?:[A-Z][\w’-]*\s?)+", who):
        return True
    return bool(who) and fold(who).split()[-1].removesuffix("s") in load_words().singular


def name_subject(text: str, event: PolicyEvent, acronyms: Mapping[str, str]) -> str:
    """The text with its first "it" or "the rules" given its name, where that is certain.

    "The rules" is the policy whose name ends so; "it" is the one body that the clause doesn't name otherwise.
    """
    folded = fold(text)
    for name in event.policies if folded.startswith(("the", "this")) else ():
        last = fold(name).split()[-1]
        match = _the_kind_pattern(last).match(folded)
        if match and not name_pattern(name).search(folded):
            return name + text[match.end() :]
    if thing := _name_thing(text, folded, event, acronyms):
        return thing
    match = _agent_pattern().match(folded) or _ITS.match(folded) or _WANTS.match(folded)
    if not match and not event.policies:
        match = _DOES.match(folded)  # without a policy "it" can only be the body
    if not match:
        return text
    others = [name for name in event.organisations if find_name(text, [name, acronyms.get(name, name)]) is None]
    if len(others) == 1 and len(event.organisations) <= 2:
        name = acronyms.get(others[0], others[0])
        owner = "" if match[0].startswith("it ") else "’" if name.endswith("s") else "’s"
        return f"{name}{owner} {text[match.end() :]}"
    return text


def _name_thing(text: str, folded: str, event: PolicyEvent, acronyms: Mapping[str, str]) -> str:
    """ "It was put off in May" with the policy's name, where only a policy, and no body, is or does so; else empty."""
    match = _THING_IS.match(folded)
    name = event.policies[0] if event.policies else ""
    if not match or not name or find_name(text, [name]) or is_law_aside(name, event):
        return ""
    if _LAW.search(name) and not _OF_LAWS.match(folded, match.end()):
        return ""
    short = acronyms.get(name, name) if len(name) > LABEL_LENGTH else name
    return f"{short} {text[match.end() :]}"


def is_law_aside(name: str, event: PolicyEvent) -> bool:
    """Whether a law is only what something is done under: the sentence doesn't name it, or only as "duties under"."""
    law = _LAW.search(name)
    if law is None or event.first_published.year - int(law["year"]) < _STORY_YEARS:
        return False
    folded = fold(event.quote)
    places = list(name_pattern(name).finditer(folded))
    if not places:
        return not find_kind(event.quote, [name]) and not _A_LAW.search(folded)
    return all(_UNDER.search(folded, 0, place.start()) or _ITS_DUTIES.match(folded, place.end()) for place in places)


@lru_cache(maxsize=1024)
def _the_kind_pattern(kind: str) -> re.Pattern[str]:
    """Finds "the rules" at the beginning, in folded text."""
    return re.compile(rf"(?:the|these|this)\s+(?:planned\s+|proposed\s+|new\s+)?{re.escape(kind)}s?(?=[\s,’'])")


@cache
def _agent_pattern() -> re.Pattern[str]:
    """Finds "it" where a body must be meant: it does what only bodies do."""
    doing = "|".join(sorted(form for form, base in load_words().past.items() if base in load_words().deeds))
    return re.compile(
        rf"it\s+(?=(?:has\s+|had\s+)?(?:also\s+|just\s+|then\s+|now\s+|since\s+)*(?:{doing})\s+"
        rf"(?!in\b(?! {_MONTH})|on\b(?! \d)|by\b|at\b|as\b|from\b))"
    )


def name_document(event: PolicyEvent, acronyms: Mapping[str, str]) -> str:
    """For a document that the clause says was put out: "Ofsted publishes annual report"; empty for all else.

    Only where the sentence puts the word for it right behind or before the document's name.
    """
    if event.type != "publication" or event.status != "happened" or not event.policies:
        return ""
    start, end = own_clause(event)
    clause = event.quote[start:end]
    folded = fold(clause)
    for name in event.policies:
        for match in name_pattern(name).finditer(folded):
            behind = folded[match.end() : match.end() + _NEAR]
            put_out = _BEHIND_NAME.match(behind)
            if put_out and not _OBJECT.match(behind, put_out.end()):
                surface = clause[match.start() : match.end()]
                actor = event.organisations[0] if len(event.organisations) == 1 else ""
                if actor and actor != name and (actor in acronyms or not actor.endswith("s")):
                    return f"{acronyms.get(actor, actor)} publishes {surface}"
                return f"{surface} published"
    return ""
