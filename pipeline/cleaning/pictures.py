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


_NAME_AND_BODY = re.compile(rf"(?P<name>{_NAME.pattern}) \([^()]{{3,60}}\)")


_AT_EVENT = re.compile(_NAME.pattern + r" at (?:the|an?|this|last) [^.!?]{3,80}")


#: "Health secretary Ann Sample": a role right before the name, no preposition that would make it a heading.
_ROLE_AND_NAME = re.compile(
    r"(?P<role>(?:[Tt]he )?(?:(?!(?:of|for|by|with|to|on|as|from|in|after|over|is|are|at|says|said)\b)"
    r"[\w’',&-]+ ){1,9}?)"
    rf"(?P<name>{_NAME.pattern})"
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
    _mark_stacked(lines)


#: What makes a line without a sentence look like a picture's alternative text: each group found counts one.
_SCENE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?:an?|two|three|older|elderly|young|younger|smiling|worried|stressed|empty|busy|close-?up)\b",
        r".*\b(?:wom[ae]n|m[ae]n|boys?|girls?|teenagers?|nurse|doctor|carer|mother|father|mum|dad|couple|baby|toddler|"
        r"pensioners?|protesters?|judge|worker|child|student|pupil|toddlers|person)\b",
        r".*\w \w{2,}ing\b",
        r".*\b(?:desk|table|laptop|phone|telephone|wheelchair|hands?|coins|banknotes|piggy bank|gavel|flags?|"
        r"buildings?|doors?|windows?|street|bed|corridor|sign|signpost|clock|hourglass|keyboard|documents|paperwork|"
        r"files|folders|calendar|stethoscope|ambulances?|keys|umbrella|puzzle|jigsaw|bench|skyline|chamber|staircase|toys?|teddy|sofa|"
        r"chairs?|kitchen|cups?|mug|glasses|megaphone|placards?|banners?|podium|lectern|microphone|magnifying glass)\b",
    )
)
_NO_SCENE = re.compile(r"(?:what|how|why|who|when|where|no|more|next|new)\b|.*[?‘“£%\d]", re.IGNORECASE)
#: Points that make an alternative text of a line that stands by itself between paragraphs.
_SURE = 3


def _scene_points(text: str) -> int:
    """How much a short line describes something that can be seen, 0 to 4."""
    return 0 if _NO_SCENE.match(text) else sum(each.match(text) is not None for each in _SCENE)


def _mark_stacked(lines: list[Line]) -> None:
    """Alternative texts told by where they stand: above or below a heading, before the first paragraph, or by content.

    Sections don't begin with two headings, and articles not with one: the line that can be seen is the picture's.
    """
    free = [
        line.kind is None and not line.marker and line.said is None and looks_like_heading(line.text) for line in lines
    ]
    for i, line in enumerate(lines):
        if not free[i]:
            continue
        has_pair = i + 1 < len(lines) and free[i + 1]
        is_crowded = (i > 0 and lines[i - 1].kind is None and free[i - 1]) or (
            has_pair and i + 2 < len(lines) and free[i + 2]
        )
        points = 0 if is_crowded else _scene_points(line.text)
        if has_pair and not is_crowded:
            other = _scene_points(lines[i + 1].text)
            if points != other:
                picture = line if points > other else lines[i + 1]
                picture.kind, picture.rule = "caption", "alternative_text"
        elif points >= (1 if i == 0 and len(lines) > 2 else _SURE):
            line.kind, line.rule = "caption", "alternative_text"


def _is_person_line(text: str, story: str) -> bool:
    if len(text) > 170 or ends_sentence(text):
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
    role = _NAME_AND_ROLE.fullmatch(text)
    if not role or not (_ROLE.search(role["role"]) or role["role"].startswith(("who ", "whose "))):
        return False
    name = text[: role.start("role")].rstrip(" ,(–-")
    return not _NO_NAME.search(name) and not re.search(
        r"\b(?:says?|said|to|will|is|are|has|calls?|urges?|warns?)\b", text
    )


def _is_mentioned(name: str, story: str) -> bool:
    """The last part of a person's name stands in the story."""
    return re.search(rf"\b{re.escape(name.rsplit(maxsplit=1)[-1])}\b", story) is not None


def _shares_words(a: str, b: str) -> bool:
    """Half or more of the longer words of ``a`` stand in ``b``."""
    words = set(re.findall(r"\w{3,}", a.casefold()))
    other = set(re.findall(r"\w{3,}", b.casefold()))
    return bool(words) and len(words & other) * 2 >= len(words)
