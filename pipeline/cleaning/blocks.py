"""Lines of a body to blocks: what each is, and which are not the story.

Three passes, each over the whole body: what each line says of itself (cues), what its neighbours make of it
(promotions, picture texts, lists), and headings told from paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.cleaning.marks import Marks, Sign, fold_line

_MARKER = re.compile(r"(?P<marker>[•◦▪‣●○■·]|\d{1,3}[.)]|[-–*])\s+(?=\S)")
_STOPS, _CLOSERS = frozenset(".!?…:;,。！？：；"), "'\"”’)]"
_ENDS_QUOTED = re.compile(r"^[‘'“\"].*[’'”\"]$", re.DOTALL)
#: Words with which a heading does not end: the line goes on below.
_DANGLING = frozenset(
    "a an and are as at be but by can for from has have if in into is it its of on or should that the their this to was "
    "were which who will with would these those our your said says".split()
)
_NAME = re.compile(
    r"(?:(?:Dr|Mr|Mrs|Ms|Miss|Sir|Dame|Lord|Lady|Baroness|Baron|Professor|Prof|Cllr|Councillor|Rev|MP)\.? )?(?:\([A-Z][\w’'-]+\) )?"
    r"[A-Z][\w’'.-]*(?: (?:\([A-Z][\w’'-]+\)|de|van|von|bin|al|O’|Mc)?\s?[A-Z][\w’'-]+){1,3}(?: (?:MP|MS|MSP|MLA|OBE|CBE|MBE))?"
)
_IN_PICTURE = re.compile(
    _NAME.pattern + r" (?:speaking|addressing|giving evidence|delivering|visiting|appearing|arriving|outside|pictured|"
    r"(?:of|from) (?:the )?[A-Z]|who )[^.!?]{0,100}"
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
#: Consultations and calls for evidence speak to the reader too, but belong to the story.
_CONSULTS = re.compile(r"\b(?:consult\w*|call for evidence|calls? for views|inquiry|by \d{1,2} [A-Z][a-z]+|deadline)\b")
_ENDS_OPEN = re.compile(r"(?::|\s[–—-])\s*$")
_HEADING_MAX, _HEADING_WORDS = 110, 17
#: Longer lines are paragraphs: no cue is looked for in them.
_CUE_MAX = 1_200
#: Promotions are short: signs are weighed in lines of no more characters.
_SIGN_MAX = 420
_QUOTATION = re.compile(r"“[^”]*(?:”|$)|\"[^\"]*\"")
_BARE_MAX = 90


@dataclass(slots=True)
class Line:
    """One line of a body on its way to a block: the passes write ``kind`` and ``rule`` into it.

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
    cues = _find_cues(found, marks)
    _mark_alone(found, cues)
    _mark_promotions(found, cues)
    _mark_last_question(found)
    _mark_pictures(found, cues)
    is_story = _keep_story(found, title)
    _mark_kept(found)
    _mark_sections(found)
    return found, is_story


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
            has_marker = marker is not None and (
                said == "list_item" or not _is_dash(marker["marker"]) or len(rest) < 400
            )
            found.append(
                Line(
                    rest, n, at, len(text), None, None, marker["marker"] if marker and has_marker else None, level, said
                )
            )
    return found


def _is_dash(marker: str) -> bool:
    return marker in "-–*"


def bare(line: Line) -> str:
    """A line's text without its list marker."""
    return line.text[len(line.marker) :].lstrip() if line.marker else line.text


def _find_cues(lines: Sequence[Line], marks: Marks) -> list[tuple[str, str] | None]:
    """The strongest cue in each line, from cues and signs: its strength and rule.

    The words of a line say which cues are worth trying. Lines that could only support a promotion are looked at when
    the body has one.
    """
    texts = [bare(line) if line.kind is None and len(line.text) <= _CUE_MAX else "" for line in lines]
    worth = [frozenset().union(*map(marks.index.__getitem__, fold_line(text).split())) for text in texts]
    found = [_cue_of(text, worth[n], marks) for n, text in enumerate(texts)]
    signs = [_signs_of(text, worth[n], marks, _LEADING) for n, text in enumerate(texts)]
    for n, groups in enumerate(signs):
        if groups:
            groups |= _signs_of(texts[n], worth[n], marks, _FOLLOWING)
            _strengthen(found, n, _weigh(groups))
    if any(f and f[0] == "promotion" for f in found):
        for n, text in enumerate(texts):
            if found[n] is None and not signs[n]:
                _strengthen(found, n, _weigh(_signs_of(text, worth[n], marks, _FOLLOWING)))
    return found


#: A promotion has one of the first; the others only join it.
_LEADING = frozenset({"publisher", "contact", "booking"})
_FOLLOWING = frozenset({"reader", "submission", "against"})


def _strengthen(found: list[tuple[str, str] | None], n: int, cue: tuple[str, str] | None) -> None:
    best = found[n]
    if cue and (best is None or _RANK[cue[0]] > _RANK[best[0]]):
        found[n] = cue


def _cue_of(text: str, worth: frozenset[int], marks: Marks) -> tuple[str, str] | None:
    """The strongest cue in one line."""
    best: tuple[str, str] | None = None
    size = len(text)
    for i in sorted(worth | marks.always):
        cue = marks.cues[i] if i < len(marks.cues) else None
        if cue is None or size > cue.max_length:
            continue
        if (best is None or _RANK[cue.strength] > _RANK[best[0]]) and cue.matches(text):
            best = cue.strength, cue.rule
    return best if text else None


def _signs_of(text: str, worth: frozenset[int], marks: Marks, groups: frozenset[str]) -> set[str]:
    """Which of the groups of signs a line of ordinary length has, quotations left out."""
    if not text or len(text) > _SIGN_MAX:
        return set()
    signs = [
        sign for i, sign in enumerate(marks.signs, len(marks.cues)) if i in worth and sign.group in groups
    ]
    own = _without_quotations(text) if signs else ""
    return {sign.group for sign in signs if sign.pattern.search(own) is not None}


def _without_quotations(text: str) -> str:
    """The line without what stands in double quotation marks; nothing where a quotation runs through the whole line."""
    if text[:1] in '“"' and text.count("“") > text.count("”"):
        return ""
    return _QUOTATION.sub(" ", text)


def _weigh(groups: set[str]) -> tuple[str, str] | None:
    """What the signs of a line amount to."""
    others = groups - {"against"}
    if "against" in groups:
        return None
    if "publisher" in others and len(others) >= 2:
        return "promotion", "call_for_experiences" if "submission" in others else "own_product"
    if "contact" in others and len(others) >= 2:
        return "promotion", "contact"
    if "booking" in others and len(others) >= 2:
        return "promotion", "own_product"
    return ("support", "second_person") if others - {"submission"} or groups == {"submission"} else None


def _lines_with(needs: Sequence[str], whole: str, starts: Sequence[int]) -> set[int]:
    """Numbers of the lines that hold one of the pieces of text; ``starts`` is where each line begins in ``whole``."""
    found: set[int] = set()
    for need in needs:
        at = whole.find(need)
        while at >= 0:
            n = bisect_right(starts, at) - 1
            found.add(n)
            at = whole.find(need, starts[n + 1])
    return found


_RANK = {"support": 1, "caption": 2, "promotion": 3, "list": 4, "alone": 5, "rest": 6}


def _mark_alone(lines: list[Line], cues: Sequence[tuple[str, str] | None]) -> None:
    """Lines that are boilerplate wherever they stand, with the list below or all that follows where the cue says so."""
    for n, (line, cue) in enumerate(zip(lines, cues, strict=True)):
        if not cue or line.kind is not None or cue[0] not in ("alone", "list", "rest"):
            continue
        if cue[0] == "rest":
            if n:  # the first line of a body can't be a comment below it
                for after in lines[n:]:
                    if after.kind is None:
                        after.kind, after.rule = "boilerplate", cue[1]
            continue
        if cue[0] == "list":
            below = _headlines_below(lines, n)
            if not below:
                continue
            for after in below:
                after.kind, after.rule = "boilerplate", cue[1]
        line.kind, line.rule = "boilerplate", cue[1]


def _headlines_below(lines: list[Line], n: int) -> list[Line]:
    """The list items or headlines right below a line, up to the next sentence."""
    found: list[Line] = []
    for line in lines[n + 1 :]:
        is_headline = looks_like_heading(bare(line)) and not _heads_a_paragraph(lines, line)
        if line.kind is not None or not (line.marker or is_headline):
            break
        found.append(line)
    return found


def _heads_a_paragraph(lines: list[Line], line: Line) -> bool:
    """A paragraph stands right below: the line is its heading and no headline of a list."""
    n = next(i for i, other in enumerate(lines) if other is line)
    after = lines[n + 1] if n + 1 < len(lines) else None
    return after is not None and not after.marker and not looks_like_heading(after.text)


def ends_sentence(text: str) -> bool:
    """The text ends in a full stop, colon or the like (a quotation mark may follow), or in a dash that leads on.

    >>> ends_sentence("It fell.”"), ends_sentence("The rules are –"), ends_sentence("New rules")
    (True, True, False)
    """
    last = text.rstrip(_CLOSERS)[-1:]
    return last in _STOPS or (last in "–—-" and text[-2:-1].isspace()) if last else False


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
    return not ends_sentence(text) and text.split()[-1].lower() not in _DANGLING


def _mark_promotions(lines: list[Line], cues: Sequence[tuple[str, str] | None]) -> None:
    """Runs of lines that one strong cue holds together: their headings, credits and supporting lines go with them."""
    i = 0
    while i < len(lines):
        cue = cues[i]
        if lines[i].kind is not None or not cue or cue[0] != "promotion":
            i += 1
            continue
        low, high = _grow(lines, cues, i)
        for k in range(low, high):
            if lines[k].kind is None:
                here = cues[k]
                lines[k].kind = "boilerplate"
                lines[k].rule = here[1] if here and here[0] == "promotion" else cue[1]
        i = high


def _grow(lines: list[Line], cues: Sequence[tuple[str, str] | None], seed: int) -> tuple[int, int]:
    """The stretch of a promotion around one of its lines."""

    def joins(k: int) -> bool:
        cue = cues[k]
        return lines[k].kind == "boilerplate" or (cue is not None and cue[0] in ("promotion", "support", "caption"))

    high = seed + 1
    while high < len(lines):
        line = lines[high]
        if joins(high) and not _resumes(line, cues[high]):
            high += 1
        elif line.marker and lines[high - 1].text.rstrip().endswith(":"):
            while high < len(lines) and lines[high].marker:
                high += 1
        elif high + 1 < len(lines) and _is_bridge(line) and _is_promotion(cues[high + 1]):
            high += 1
        else:
            break
    low = seed
    while low > 0:
        before, cue = lines[low - 1], cues[low - 1]
        if before.kind is not None:
            break
        if cue is not None and cue[0] in ("caption", "promotion"):
            low -= 1
        elif cue is not None and cue[0] == "support" and _leads_in(before):
            low -= 1
        elif _is_heading_of_promotion(lines, low - 1, high):
            low -= 1
            break
        else:
            break
    return low, high


def _leads_in(line: Line) -> bool:
    """A question or a heading that speaks to the reader."""
    text = bare(line)
    return len(text) <= 220 and (text.rstrip().endswith("?") or looks_like_heading(text)) and not _CONSULTS.search(text)


def _resumes(line: Line, cue: tuple[str, str] | None) -> bool:
    """A line that only addresses the reader, but is a long paragraph with somebody's words in it, is story again."""
    if cue is None or cue[0] != "support":
        return False
    return len(line.text) > 300 or re.search(r"[“”]", line.text) is not None or _CONSULTS.search(line.text) is not None


def _is_bridge(line: Line) -> bool:
    return len(line.text) < 260 and not re.search(r"[“”]|\bsaid\b", line.text)


def _is_promotion(cue: tuple[str, str] | None) -> bool:
    return cue is not None and cue[0] == "promotion"


def _is_heading_of_promotion(lines: list[Line], at: int, high: int) -> bool:
    """The heading above a promotion is its own when the promotion fills its whole section."""
    if not looks_like_heading(bare(lines[at])) or lines[at].marker:
        return False
    return high >= len(lines) or looks_like_heading(bare(lines[high])) or lines[high].kind is not None


def _mark_last_question(lines: list[Line]) -> None:
    """A short question to the reader at the very end asks for comments."""
    for line in reversed(lines):
        if line.kind is not None:
            continue
        text = line.text.strip()
        is_question = text.endswith("?") and len(text) <= 200 and text[0] not in "“‘\"'"
        if is_question and re.search(r"\byou(?:r|[’']\w+)?\b", text, re.IGNORECASE) and not _CONSULTS.search(text):
            line.kind, line.rule = "boilerplate", "comments_invitation"
            continue
        break


def _mark_pictures(lines: list[Line], cues: Sequence[tuple[str, str] | None]) -> None:
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
    for line, after in zip(lines, lines[1:], strict=False):  # the alternative text stands above its caption
        if line.kind is None and after.kind == "caption" and not line.marker and line.said is None:
            if looks_like_heading(line.text) and _shares_words(line.text, after.text):
                line.kind, line.rule = "caption", "alternative_text"


def _is_person_line(text: str, story: str) -> bool:
    if len(text) > 170 or ends_sentence(text):
        return False
    whole = _NAME.fullmatch(text)
    if whole:
        last = text.split()[-1]
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
    words = {w for w in re.findall(r"\w{3,}", a.casefold())}
    other = set(re.findall(r"\w{3,}", b.casefold()))
    return bool(words) and len(words & other) * 2 >= len(words)


def _keep_story(lines: list[Line], title: str) -> bool:
    """When a promotion is the story, the story stays: hardly anything else is there, and the title speaks of it."""
    promoted = [line for line in lines if line.rule in _PROMOTIONS]
    if not promoted:
        return False
    kept = sum(len(line.text.split()) for line in lines if line.kind is None)
    gone = sum(len(line.text.split()) for line in promoted)
    if kept > 60 and kept * 2 > gone:
        return False
    words = set(re.findall(r"\w{4,}", title.casefold()))
    text = " ".join(line.text for line in promoted).casefold()
    shared = {w for w in words if w in text}
    if kept and len(shared) * 2 < len(words):
        return False
    for line in promoted:
        line.kind = line.rule = None
    return True


_PROMOTIONS = frozenset(
    {"promotion", "promotion_terms", "call_for_experiences", "job_advertisement", "own_product", "contact"}
)


def _mark_kept(lines: list[Line]) -> None:
    """Kinds of the lines that are left: list items, headings, paragraphs."""
    for i, line in enumerate(lines):
        if line.kind is not None:
            continue
        if line.marker or line.said == "list_item":
            line.kind = "list_item"
        elif line.said == "heading" or (looks_like_heading(line.text) and not _runs_on(lines, i)):
            line.kind = "heading"
        else:
            line.kind = "body"
    _mark_bare_lists(lines)


def _runs_on(lines: Sequence[Line], i: int) -> bool:
    """The next line goes on with this one's sentence: it begins with a small letter."""
    after = next((line for line in lines[i + 1 : i + 2] if line.kind is None), None)
    return after is not None and after.text[:1].islower() and not after.marker


def _mark_bare_lists(lines: list[Line]) -> None:
    """Three or more short lines in a row that are no sentences are a list that lost its markers.

    The line above them is their heading or ends in a colon; the line right above a paragraph is that one's heading.
    """
    i = 0
    while i < len(lines):
        j = i
        while j < len(lines) and _is_bare_item(lines[j], first=j == i):
            j += 1
        before = lines[i - 1] if i else None
        is_opened = before is not None and before.kind in ("body", "list_item") and _ENDS_OPEN.search(before.text)
        if j - i >= 3 or (j - i >= 2 and is_opened):
            first = i if is_opened else i + 1
            last = j - 1 if j < len(lines) and lines[j].kind == "body" and lines[j - 1].kind == "heading" else j
            if last - first >= 2 or is_opened:
                for line in lines[first:last]:
                    line.kind = "list_item"
        i = max(j, i + 1)


def _is_bare_item(line: Line, first: bool) -> bool:
    return (
        line.kind == "heading" and line.said is None and len(line.text) <= _BARE_MAX and not line.text.endswith("?")
    ) or (not first and line.kind == "body" and line.text.endswith(";") and len(line.text) < 300)


def _mark_sections(lines: list[Line]) -> None:
    """A heading whose whole section is boilerplate is boilerplate, unless pictures are all that it has."""
    for i, line in enumerate(lines):
        if line.kind != "heading":
            continue
        j = i + 1
        while j < len(lines) and lines[j].kind in ("boilerplate", "caption"):
            j += 1
        rules = [s.rule for s in lines[i + 1 : j] if s.kind == "boilerplate"]
        if rules and (j == len(lines) or lines[j].kind == "heading") and rules[0] in _HEADED:
            line.kind, line.rule = "boilerplate", rules[0]


_HEADED = _PROMOTIONS | {"comments_invitation", "newsletter", "further_reading", "poll_result"}
