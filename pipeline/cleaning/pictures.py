"""What stands in a body for its pictures: captions, credits, alternative texts, names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.cleaning.cues import Line, ends_sentence, looks_like_heading

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


_NAME_AND_ROLE = re.compile(_NAME.pattern + r"(?:, | \(| – | - )(?P<role>[^.!?]{4,140})")


_ROLE = re.compile(
    r"\b(?:minister|secretary|director|chief|chair|chairman|chairwoman|president|officer|executive|head|manager|"
    r"social worker|"
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


def mark_pictures(lines: list[Line], cues: Sequence[tuple[str, str] | None]) -> None:
    """Captions, credits, alternative texts and names under pictures."""
    story = " ".join(line.text for line in lines if len(line.text) > 120)
    for line, cue in zip(lines, cues, strict=True):
        if line.kind is not None or line.marker or line.said == "heading":
            continue
        if line.said == "caption":
            line.kind, line.rule = "caption", "markup_caption"
        elif cue and cue[0] == "caption":
            line.kind, line.rule = "caption", cue[1]
        elif _is_person_line(line.text, story):
            line.kind, line.rule = "caption", "person_caption"
    for line, after in pairwise(lines):  # the alternative text stands above its caption
        is_free = line.kind is None and not line.marker and line.said is None and after.kind == "caption"
        if is_free and looks_like_heading(line.text) and _shares_words(line.text, after.text):
            line.kind, line.rule = "caption", "alternative_text"


def _is_person_line(text: str, story: str) -> bool:
    if len(text) > 170 or ends_sentence(text):
        return False
    whole = _NAME.fullmatch(text)
    if whole:
        last = text.rsplit(maxsplit=1)[-1]
        return not _NO_NAME.search(text) and re.search(rf"\b{re.escape(last)}\b", story) is not None
    shown = _IN_PICTURE.fullmatch(text)
    if shown and not _NO_NAME.search(" ".join(text.split()[:2])):
        return True
    role = _NAME_AND_ROLE.fullmatch(text)
    if not role or not _ROLE.search(role["role"]):
        return False
    name = text[: role.start("role")].rstrip(" ,(–-")
    return not _NO_NAME.search(name) and not re.search(
        r"\b(?:says?|said|to|will|is|are|has|calls?|urges?|warns?)\b", text
    )


def _shares_words(a: str, b: str) -> bool:
    """Half or more of the longer words of ``a`` stand in ``b``."""
    words = set(re.findall(r"\w{3,}", a.casefold()))
    other = set(re.findall(r"\w{3,}", b.casefold()))
    return bool(words) and len(words & other) * 2 >= len(words)
