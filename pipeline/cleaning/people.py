"""Lines that name who is in a picture."""

from __future__ import annotations

import re

from pipeline.cleaning.cues import ends_sentence

_NAME = re.compile(
    r"(?:(?:Dr|Mr|Mrs|Ms|Miss|Sir|Dame|Lord|Lady|Baroness|Baron|Professor|Prof|Cllr|Councillor|Rev|MP)\.? )?"
    r"(?:\([A-Z][\w’'-]+\) )?"
    r"[A-Z][\w’'.-]*(?: (?:\([A-Z][\w’'-]+\)|de|van|von|bin|al|O’|Mc)?\s?[A-Z][\w’'-]+){1,3}"
    r"(?: (?:MP|MS|MSP|MLA|OBE|CBE|MBE))?"
)


_IN_PICTURE = re.compile(
    _NAME.pattern + r" (?:speaking|addressing|giving evidence|delivering|visiting|appearing|arriving|outside|pictured|"
    r"(?:of|from) (?:the )?[A-Z]|who )[^.!?]{0,100}"
)


_NAME_AND_BODY = re.compile(rf"(?P<name>{_NAME.pattern}) \([^()]{{3,60}}\)")


#: A name, and who is with the person or where the person stands; the story must mention them.
_NAME_AND_SCENE = re.compile(
    rf"(?P<name>{_NAME.pattern}) (?:(?:of|from) (?:the )?[\w’ -]{{3,60}}? (?:outside|at|on|during|with)|with) "
    r"(?:an?|the|her|his|their) [^.!?:;]{3,80}"
)


#: "The minister, Ann Sample, on a visit to a nursery".
_ROLE_THEN_NAME = re.compile(
    rf"(?:[Tt]he |[Tt]hen )?(?P<role>[\w’ -]{{3,60}}), (?P<name>{_NAME.pattern}),? "
    r"(?:on a visit|visiting|speaking|at|outside|with|meeting|during|arriving|addressing|leaving) [^.!?:;]{3,80}"
)


_AT_EVENT = re.compile(_NAME.pattern + r" at (?:the|an?|this|last) [^.!?]{3,80}")


#: "Health secretary Ann Sample": a role right before the name, no preposition that would make it a heading.
_ROLE_AND_NAME = re.compile(
    r"(?P<role>(?:[Tt]he )?(?:(?!(?:of|for|by|with|to|on|as|from|in|after|over|is|are|at|says|said)\b)"
    r"[\w’',&-]+ ){1,9}?)"
    rf"(?P<name>{_NAME.pattern})"
    r"(?: (?:on a visit|visiting|speaking|addressing|arriving|leaving|meeting|with (?:an?|the)) [^.!?]{3,80})?"
)


_NAME_AND_ROLE = re.compile(_NAME.pattern + r"(?:, | \(| – | - )(?P<role>[^.!?]{4,140})")


#: Several people, or one and where they stand: "Ann Sample, left, and Bob Test".
_NAMES = re.compile(
    rf"(?P<first>{_NAME.pattern})(?:,? \(?(?:far |second |third )?(?:left|right|centre)\)?,?)?"
    rf"(?P<others>(?:,? (?:and|with|alongside|beside)|,) (?:her |his |the )?(?:{_NAME.pattern}|colleagues|staff|family)"
    r"(?:,? \(?(?:far |second |third )?(?:left|right|centre)\)?)?(?: (?:from|at|of) [^.!?]{3,60})?)+"
)


#: "The late Ann Sample", "Mayor of Northtown Ann Sample".
_PLACED_ROLE = re.compile(
    rf"(?:[Tt]he late|[Mm]ayor of [A-Z][\w’-]+(?: [A-Z][\w’-]+)?|[\w’ -]{{3,40}} (?:leader|MP|director|chief)) "
    rf"(?P<name>{_NAME.pattern})"
)


#: A name and an agency on either side of a slash, or after "via" or "Picture".
_NAME_AND_AGENCY = re.compile(
    rf"(?P<name>{_NAME.pattern})(?:\s?[/|]\s?| via | (?:Picture|Photo|Image|Credit)s?: )"
    r"(?:(?:Picture|Photo|Image|Credit)s?: )?[A-Z©@][^.!?,:;]{1,50}"
)
_AGENCY_AND_NAME = re.compile(rf"[A-Z©@][\w .&’-]{{1,40}}\s?/\s?(?P<name>{_NAME.pattern})")


_NAME_AND_HOME = re.compile(
    rf"(?P<name>{_NAME.pattern}), (?:(?:of|from) (?:the )?[A-Z][^.!?:;]{{2,80}}|"
    r"[A-Z][\w’&-]*(?: (?:of|for|and|the|in|[A-Z][\w’&-]*))*)"
)


_ROLE = re.compile(
    r"\b(?:minister|secretary|director|chief|chair|chairman|chairwoman|president|officer|executive|head|manager|"
    r"social worker|ceo|vice-chair|co-chair|deputy|fellow|adviser|advisor|analyst|convener|convenor|registrar|bishop|"
    r"professor|commissioner|inspector|mp|leader|spokesperson|lead|founder|author|mayor|councillor|lecturer|researcher|"
    r"practitioner|judge|peer|co-ordinator|coordinator|campaigner|carer|ombudsman|regulator|lawyer|solicitor|barrister|"
    r"editor|journalist|speaker|representative|member|consultant|trustee|nurse|psychologist|therapist|headshot|"
    r"speaking|pictured)\b",
    re.IGNORECASE,
)


#: Words of bodies and laws: a line that has one is a heading about it, not a person's name.
_NO_NAME = re.compile(
    r"\b(?:act|bill|board|council|councils|authority|authorities|care|work|workers?|social|services?|commission|committee|"
    r"england|wales|scotland|ireland|britain|uk|london|government|department|ministry|office|fund|grant|review|report|"
    r"inquiry|agency|association|trust|group|network|union|party|parliament|court|tribunal|standards?|framework|strategy|"
    r"plan|programme|scheme|project|pilot|policy|guidance|rules?|law|rights|health|mental|children|children[’']s|adults?|"
    r"families|family|young|people|staff|workforce|pay|funding|budget|data|survey|research|university|college|school|"
    r"hospital|nhs|police|home|homes|housing|fostering|adoption|kinship|support|change|reform|next|new|key|what|why|how|"
    r"background|conclusion|about|north|south|east|west|january|february|march|april|may|june|july|august|september|"
    r"october|november|december|county|city|borough|district|centre|campaign|charity|foundation|institute|alliance|"
    r"coalition|forum|society|federation|partnership|taskforce|panel|award|awards|week|day|month|year)\b",
    re.IGNORECASE,
)  # fmt: skip


#: Lines that name who is in a picture have no more characters.
PERSON_MAX = 170


def is_person_line(text: str, story: str) -> bool:
    """The line names who is in a picture; where a name stands alone the story must mention it."""
    if len(text) > PERSON_MAX or ends_sentence(text):
        return False
    whole = _NAME.fullmatch(text)
    if whole:
        return not _NO_NAME.search(text) and _is_mentioned(text, story)
    shown = _IN_PICTURE.fullmatch(text)
    if shown and not _NO_NAME.search(" ".join(text.split()[:2])):
        return True
    whose = _NAME_AND_BODY.fullmatch(text)
    if whose and not _NO_NAME.search(whose["name"]):
        return _is_mentioned(whose["name"], story)
    if _AT_EVENT.fullmatch(text) and not _NO_NAME.search(" ".join(text.split()[:2])):
        return _is_mentioned(text.partition(" at ")[0], story)
    before = _ROLE_AND_NAME.fullmatch(text)
    if before and _ROLE.fullmatch(before["role"].split()[-1].rstrip(",")) and not _NO_NAME.search(before["name"]):
        return True
    if _is_credit(text) or _are_people(text, story):
        return True
    role = _NAME_AND_ROLE.fullmatch(text)
    if not role or not (_ROLE.search(role["role"]) or role["role"].startswith(("who ", "whose "))):
        return False
    name = text[: role.start("role")].rstrip(" ,(–-")
    return not _NO_NAME.search(name) and not re.search(
        r"\b(?:says?|said|to|will|is|are|has|calls?|urges?|warns?)\b", text
    )


def _is_credit(text: str) -> bool:
    """A person's name and the agency, on either side of a slash."""
    either = (_NAME_AND_AGENCY.fullmatch(text), _AGENCY_AND_NAME.fullmatch(text))
    return any(found is not None and not _NO_NAME.search(found["name"]) for found in either)


def _are_people(text: str, story: str) -> bool:
    """One person with a home or an office before the name, or several: the story must mention one of them."""
    alone = _PLACED_ROLE.fullmatch(text) or _NAME_AND_HOME.fullmatch(text) or _NAME_AND_SCENE.fullmatch(text)
    if alone and not _NO_NAME.search(alone["name"]):
        return _is_mentioned(alone["name"], story)
    placed = _ROLE_THEN_NAME.fullmatch(text)
    if placed and _ROLE.search(placed["role"]) and not _NO_NAME.search(placed["name"]):
        return True
    if not _NAMES.fullmatch(text):
        return False
    names = [m[0] for m in _NAME.finditer(text)]
    is_placed = re.search(r"\b(?:left|right|centre)\b", text) is not None
    if (len(names) < 2 and not is_placed) or any(map(_NO_NAME.search, names[:2])):
        return False
    return any(_is_mentioned(name, story) for name in names)


def _is_mentioned(name: str, story: str) -> bool:
    """The last part of a person's name stands in the story; letters behind it (MP, OBE) don't count."""
    name = re.sub(r"(?: (?:MP|MS|MSP|MLA|TD|OBE|CBE|MBE|KC|QC))+$", "", name)
    return re.search(rf"\b{re.escape(name.rsplit(maxsplit=1)[-1])}\b", story) is not None
