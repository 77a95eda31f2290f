"""Lines of a body to blocks: what each is, and which are not the story.

Three passes, each over the whole body: what each line says of itself (cues), what its neighbours make of it
(promotions, picture texts, lists), and headings told from paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.cleaning.marks import Marks

_MARKER = re.compile(r"(?P<marker>[•◦▪‣●○■·]|\d{1,3}[.)]|[-–*])\s+(?=\S)")
_ENDS_SENTENCE = re.compile(r"[.!?…:;,。！？：；]['\"”’)\]]*$")
_ENDS_QUOTED = re.compile(r"^[‘'“\"].*[’'”\"]$", re.DOTALL)
_DANGLING = re.compile(
    r"\b(?:a|an|and|are|as|at|be|but|by|can|for|from|has|have|if|in|into|is|it|its|of|on|or|should|that|the|their|this|"
    r"to|was|were|which|who|will|with|would|these|those|our|your|said|says)$",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"(?:(?:Dr|Mr|Mrs|Ms|Miss|Sir|Dame|Lord|Lady|Baroness|Baron|Professor|Prof|Cllr|Councillor|Rev|MP)\.? )?(?:\([A-Z][\w’'-]+\) )?"
    r"[A-Z][\w’'.-]*(?: (?:\([A-Z][\w’'-]+\)|de|van|von|bin|al|O’|Mc)?\s?[A-Z][\w’'-]+){1,3}(?: (?:MP|MS|MSP|MLA|OBE|CBE|MBE))?"
)
_NAME_AND_ROLE = re.compile(_NAME.pattern + r"(?:, | \(| – | - )(?P<role>[^.!?]{4,140})")
_ROLE = re.compile(
    r"\b(?:minister|secretary|director|chief|chair|chairman|chairwoman|president|officer|executive|head|manager|social worker|"
    r"professor|commissioner|inspector|mp|leader|spokesperson|lead|founder|author|mayor|councillor|lecturer|researcher|"
    r"practitioner|judge|peer|co-ordinator|coordinator|campaigner|carer|ombudsman|regulator|lawyer|solicitor|barrister|"
    r"editor|journalist|speaker|representative|member|consultant|trustee|nurse|psychologist|therapist|headshot|speaking|pictured)\b",
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
_HEADING_MAX, _HEADING_WORDS = 110, 17
_BARE_MAX = 90


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a body on its way to a block.

    ``start``/``end`` are its place in the line that it was cut from; ``source`` is that line's number.
    """

    text: str
    source: int
    start: int
    end: int
    kind: str | None = None
    rule: str | None = None
    marker: str | None = None
    level: int = 0
    said: str | None = None


def classify(
    lines: Sequence[str], kinds: Sequence[str | None], levels: Sequence[int], title: str, marks: Marks
) -> tuple[list[Line], bool]:
    """The lines with their kinds and, where dropped, rules; and whether a promotion is the story itself.

    ``kinds`` is what markup says of each line. A poll note that is glued to a sentence becomes a line of its own.
    """
    found = _split_prefixes(lines, kinds, levels, marks)
    strengths = [_cue(line, marks) for line in found]
    found = _mark_alone(found, strengths)
    found = _mark_promotions(found, strengths)
    found = _mark_pictures(found, strengths, title)
    found, is_story = _keep_story(found, title)
    found = _mark_kept(found)
    return _mark_sections(found, strengths), is_story


def _split_prefixes(
    lines: Sequence[str], kinds: Sequence[str | None], levels: Sequence[int], marks: Marks
) -> list[Line]:
    found: list[Line] = []
    for n, text in enumerate(lines):
        said = kinds[n] if n < len(kinds) else None
        level = levels[n] if n < len(levels) else 0
        at = 0
        for cue in marks.prefixes:
            match = cue.pattern.match(text)
            while match and match.end() > at:
                found.append(Line(text[at : match.end()], n, at, match.end(), "boilerplate", cue.rule))
                at = match.end()
                while at < len(text) and text[at].isspace():
                    at += 1
                match = cue.pattern.match(text, at)
        rest = text[at:]
        if rest.strip():
            marker = _MARKER.match(rest) if said in (None, "list_item") else None
            has_marker = marker is not None and (said == "list_item" or not _is_dash(marker["marker"]) or len(rest) < 400)
            found.append(
                Line(rest, n, at, len(text), None, None, marker["marker"] if marker and has_marker else None, level, said)
            )
    return found


def _is_dash(marker: str) -> bool:
    return marker in "-–*"


def bare(line: Line) -> str:
    """A line's text without its list marker."""
    return line.text[len(line.marker) :].lstrip() if line.marker else line.text


def _cue(line: Line, marks: Marks) -> tuple[str, str] | None:
    """The strongest cue in a line: its strength and rule."""
    if line.kind is not None or len(line.text) > 1_200:
        return None
    text = bare(line)
    low = text.lower().replace("’", "'")
    best: tuple[str, str] | None = None
    for cue in marks.cues:
        if (best is None or _RANK[cue.strength] > _RANK[best[0]]) and cue.matches(text, low):
            best = cue.strength, cue.rule
    return best


_RANK = {"support": 1, "caption": 2, "promotion": 3, "alone": 4}


def _mark_alone(lines: list[Line], cues: Sequence[tuple[str, str] | None]) -> list[Line]:
    return [
        replace(line, kind="boilerplate", rule=cue[1]) if cue and cue[0] == "alone" and line.kind is None else line
        for line, cue in zip(lines, cues, strict=True)
    ]


def looks_like_heading(text: str) -> bool:
    """Short, and no sentence: no full stop at its end unless it is a quotation as a whole.

    >>> looks_like_heading("Rising numbers of contacts"), looks_like_heading("Numbers rose last year.")
    (True, False)
    """
    if len(text) > _HEADING_MAX or len(text.split()) > _HEADING_WORDS:
        return False
    if _ENDS_QUOTED.match(text) and text[0] in "‘'":
        return True
    if text.endswith("?"):
        return len(text) <= 90 and not re.search(r"[.!?]\s", text)
    return not _ENDS_SENTENCE.search(text) and not _DANGLING.search(text)


def _mark_promotions(lines: list[Line], cues: Sequence[tuple[str, str] | None]) -> list[Line]:
    """Runs of lines that one strong cue holds together: their headings, credits and supporting lines go with them."""
    out = list(lines)
    n = len(lines)
    i = 0
    while i < n:
        cue = cues[i]
        if out[i].kind is not None or not cue or cue[0] != "promotion":
            i += 1
            continue
        low, high = _grow(out, cues, i)
        for k in range(low, high):
            if out[k].kind is None:
                here = cues[k]
                out[k] = replace(out[k], kind="boilerplate", rule=here[1] if here and here[0] == "promotion" else cue[1])
        i = high
    return out


def _grow(lines: list[Line], cues: Sequence[tuple[str, str] | None], seed: int) -> tuple[int, int]:
    """The stretch of a promotion around one of its lines."""

    def joins(k: int) -> bool:
        cue = cues[k]
        return lines[k].kind == "boilerplate" or (cue is not None and cue[0] in ("promotion", "support", "caption"))

    high = seed + 1
    while high < len(lines):
        if joins(high) and not _resumes(lines[high], cues[high]):
            high += 1
        elif lines[high].marker and high + 1 <= len(lines) and lines[high - 1].text.rstrip().endswith(":"):
            while high < len(lines) and lines[high].marker:
                high += 1
        elif high + 1 < len(lines) and _is_bridge(lines[high]) and joins(high + 1) and _is_strong(cues[high + 1]):
            high += 1
        else:
            break
    low = seed
    while low > 0:
        before = lines[low - 1]
        cue = cues[low - 1]
        if cue is not None and cue[0] in ("support", "caption", "promotion") and before.kind is None:
            if cue[0] == "support" and not looks_like_heading(bare(before)) and len(before.text) > 220:
                break
            low -= 1
        elif before.kind is None and _is_heading_of_promotion(lines, low - 1, high):
            low -= 1
            break
        else:
            break
    return low, high


def _resumes(line: Line, cue: tuple[str, str] | None) -> bool:
    """A line that only addresses the reader, but is a long paragraph with somebody's words in it, is story again."""
    return cue is not None and cue[0] == "support" and (len(line.text) > 300 or re.search(r"[“”]", line.text) is not None)


def _is_bridge(line: Line) -> bool:
    return len(line.text) < 260 and not re.search(r"[“”]|\bsaid\b", line.text)


def _is_strong(cue: tuple[str, str] | None) -> bool:
    return cue is not None and cue[0] in ("promotion", "support")


def _is_heading_of_promotion(lines: list[Line], at: int, high: int) -> bool:
    """The heading above a promotion is its own when the promotion fills its whole section."""
    if not looks_like_heading(bare(lines[at])) or lines[at].marker:
        return False
    return high >= len(lines) or looks_like_heading(bare(lines[high])) or lines[high].kind is not None


def _mark_pictures(lines: list[Line], cues: Sequence[tuple[str, str] | None], title: str) -> list[Line]:
    """Captions, credits, alternative texts and names under pictures."""
    out = list(lines)
    story = " ".join(line.text for line in lines if len(line.text) > 120)
    for i, line in enumerate(lines):
        if line.kind is not None or line.marker:
            continue
        cue = cues[i]
        if line.said == "caption":
            out[i] = replace(line, kind="caption", rule="markup_caption")
        elif line.said == "heading":
            continue
        elif cue and cue[0] == "caption":
            out[i] = replace(line, kind="caption", rule=cue[1])
        elif _is_person_line(line.text, story):
            out[i] = replace(line, kind="caption", rule="person_caption")
    for i in range(len(out) - 1):  # the alternative text stands above its caption and says the same
        line, after = out[i], out[i + 1]
        if line.kind is None and after.kind == "caption" and not line.marker and line.said is None:
            if looks_like_heading(line.text) and _shares_words(line.text, after.text):
                out[i] = replace(line, kind="caption", rule="alternative_text")
    return out


def _is_person_line(text: str, story: str) -> bool:
    if len(text) > 170 or _ENDS_SENTENCE.search(text):
        return False
    whole = _NAME.fullmatch(text)
    if whole:
        last = text.split()[-1]
        return not _NO_NAME.search(text) and re.search(rf"\b{re.escape(last)}\b", story) is not None
    role = _NAME_AND_ROLE.fullmatch(text)
    if not role or not _ROLE.search(role["role"]):
        return False
    name = text[: role.start("role")].rstrip(" ,(–-")
    return not _NO_NAME.search(name) and not re.search(r"\b(?:says?|said|to|will|is|are|has|calls?|urges?|warns?)\b", text)


def _shares_words(a: str, b: str) -> bool:
    """Half or more of the longer words of ``a`` stand in ``b``."""
    words = {w for w in re.findall(r"\w{3,}", a.casefold())}
    other = set(re.findall(r"\w{3,}", b.casefold()))
    return bool(words) and len(words & other) * 2 >= len(words)


def _keep_story(lines: list[Line], title: str) -> tuple[list[Line], bool]:
    """When a promotion is the story, the story stays: hardly anything else is there, and the title speaks of it."""
    promoted = [i for i, line in enumerate(lines) if line.rule in _PROMOTIONS]
    if not promoted:
        return lines, False
    kept = sum(len(line.text.split()) for line in lines if line.kind is None)
    gone = sum(len(lines[i].text.split()) for i in promoted)
    if kept > 60 and kept * 2 > gone:
        return lines, False
    words = set(re.findall(r"\w{4,}", title.casefold()))
    text = " ".join(lines[i].text for i in promoted).casefold()
    shared = {w for w in words if w in text}
    if kept and len(shared) * 2 < len(words):
        return lines, False
    out = list(lines)
    for i in promoted:
        out[i] = replace(out[i], kind=None, rule=None)
    return out, True


_PROMOTIONS = frozenset({"promotion", "promotion_terms", "call_for_experiences", "job_advertisement", "own_product", "contact"})


def _mark_kept(lines: list[Line]) -> list[Line]:
    """Kinds of the lines that are left: list items, headings, paragraphs."""
    out = list(lines)
    for i, line in enumerate(lines):
        if line.kind is not None:
            continue
        if line.marker or line.said == "list_item":
            kind = "list_item"
        elif line.said == "heading":
            kind = "heading"
        elif looks_like_heading(line.text) and not _runs_on(lines, i):
            kind = "heading"
        else:
            kind = "body"
        out[i] = replace(line, kind=kind)
    return _mark_bare_lists(out)


def _runs_on(lines: Sequence[Line], i: int) -> bool:
    """The next line goes on with this one's sentence: it begins with a small letter."""
    after = next((line for line in lines[i + 1 : i + 2] if line.kind is None), None)
    return after is not None and after.text[:1].islower() and not after.marker


def _mark_bare_lists(lines: list[Line]) -> list[Line]:
    """Three or more short lines in a row that are no sentences are a list that lost its markers."""
    out = list(lines)
    i = 0
    while i < len(out):
        j = i
        while j < len(out) and _is_bare_item(out[j], first=j == i):
            j += 1
        opened = i > 0 and out[i - 1].kind in ("body", "list_item") and out[i - 1].text.rstrip().endswith((":", "–"))
        headed = i > 0 and out[i - 1].kind == "heading"
        if j - i >= 3 or (j - i >= 2 and opened):
            first = i if opened or headed else i + 1
            ends = j if j >= len(out) or out[j].kind != "body" or not opened and not headed else j
            last = ends
            if last < len(out) and last - first >= 3 and out[last].kind == "body" and out[last - 1].kind == "heading":
                last = last - 1  # the line above a paragraph is its heading
            for k in range(first, last):
                out[k] = replace(out[k], kind="list_item")
        i = max(j, i + 1)
    return out


def _is_bare_item(line: Line, first: bool) -> bool:
    return (
        line.kind == "heading" and line.said is None and len(line.text) <= _BARE_MAX and not line.text.endswith("?")
    ) or (not first and line.kind == "body" and line.text.endswith(";") and len(line.text) < 300)


def _mark_sections(lines: list[Line], cues: Sequence[tuple[str, str] | None]) -> list[Line]:
    """A heading whose whole section is boilerplate is boilerplate, unless pictures are all that it has."""
    out = list(lines)
    for i, line in enumerate(out):
        if line.kind != "heading":
            continue
        j = i + 1
        while j < len(out) and out[j].kind in ("boilerplate", "caption"):
            j += 1
        section = out[i + 1 : j]
        is_end = j == len(out) or out[j].kind == "heading"
        if is_end and any(s.kind == "boilerplate" and s.rule != "appeared_first" for s in section):
            rule = next(s.rule for s in section if s.kind == "boilerplate")
            if rule in _PROMOTIONS or rule in ("comments_invitation", "newsletter", "further_reading", "poll_result"):
                out[i] = replace(line, kind="boilerplate", rule=rule)
    return out
