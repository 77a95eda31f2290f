"""Lines of a body to blocks: what each is, and which are not the story.

Passes over the whole body: what each line says of itself (cues), what its neighbours make of it (promotions, picture
texts, lists), what runs of lines weigh by their wording, and headings told from paragraphs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from pipeline.cleaning.cues import CONSULTS, Cues, Line, bare, looks_like_heading
from pipeline.cleaning.marks import Marks
from pipeline.cleaning.pictures import mark_pictures, words_of_picture
from pipeline.cleaning.promotions import PROMOTIONS, keep_story, mark_promotions, spare_opening
from pipeline.cleaning.runs import mark_runs
from pipeline.cleaning.sections import mark_whole_sections
from pipeline.cleaning.unfolding import told_by, unfold

_MARKER = re.compile(r"(?P<marker>[•◦▪‣●○■·]|\d{1,3}[.)]|[-–*])\s+(?=\S)")


_MARKS = frozenset("•◦▪‣●○■·-–*0123456789")


_BARE_MAX = 90


def classify(
    lines: Sequence[str],
    kinds: Sequence[str | None],
    levels: Sequence[int],
    title: str,
    marks: Marks,
    picture: str = "",
) -> tuple[list[Line], bool]:
    """The lines with their kinds and, where dropped, rules; and whether a promotion is the story itself.

    ``kinds`` is what markup says of each line; ``picture`` the name of the item's picture and its credit. A poll
    note that is glued to a sentence becomes a line of its own. A body that lost its line ends is taken apart first,
    and where only its sentences could be told, what is left of it is put together again.
    """
    found = _split_prefixes(lines, kinds, levels, marks)
    told = told_by(lines)
    if told:
        found = _unfold(found, told, marks)
    cues = Cues(found, marks)
    spare_opening(found, cues, title)
    _mark_alone(found, cues.found)
    mark_promotions(found, cues)
    _mark_last_question(found)
    mark_whole_sections(found, cues)
    mark_pictures(found, cues.found, words_of_picture(picture, title))
    mark_runs(found, marks.wording)
    is_story = keep_story(found, title)
    _mark_kept(found)
    _mark_sections(found)
    return _refold(found, lines) if told == "sentences" else found, is_story


def _unfold(lines: list[Line], told: str, marks: Marks) -> list[Line]:
    """The lines, or sentences, that the lines of a joined body were made of; the first keeps what markup says."""
    found: list[Line] = []
    for line in lines:
        places = unfold(line.text, told) if line.kind is None and line.said in (None, "list_item") else []
        if len(places) < 2:
            found.append(line)
            continue
        for n, (start, end) in enumerate(places):
            said = line.said if n == 0 else None
            for piece in _split_prefixes([line.text[start:end]], (said,), (line.level if said else 0,), marks):
                at = line.start + start
                found.append(replace(piece, source=line.source, start=at + piece.start, end=at + piece.end))
    return found


def _refold(lines: list[Line], texts: Sequence[str]) -> list[Line]:
    """Sentences of a paragraph that are neighbours and stay are one paragraph again."""
    out: list[Line] = []
    n_pieces = Counter(line.source for line in lines)
    for line in lines:
        last = out[-1] if out else None
        if last and last.kind == "body" and line.kind in ("body", "heading") and last.source == line.source:
            out[-1] = replace(last, text=texts[last.source][last.start : line.end], end=line.end)
        elif line.kind == "heading" and n_pieces[line.source] > 1:
            out.append(replace(line, kind="body"))
        else:
            out.append(line)
    return out


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
            marker = _MARKER.match(rest) if rest[0] in _MARKS and said in (None, "list_item") else None
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
        if line.marker and cue[1] == "poll_result" and not _is_poll(cues, lines, n):
            continue  # the shares in a list are the story's own
        heads_list = cue[0] == "list" or (cue[1] == "further_reading" and looks_like_heading(line.text.rstrip(" :")))
        below = _headlines_below(lines, n) if heads_list else []
        if cue[0] == "list" and not below:
            continue
        for after in below:
            after.kind, after.rule = "boilerplate", cue[1]
        line.kind, line.rule = "boilerplate", cue[1]
        above = lines[n - 1] if n and cue[1] == "poll_result" else None
        if above and above.kind is None and not above.marker and above.text.rstrip().endswith("?"):
            above.kind, above.rule = "boilerplate", cue[1]  # what the poll asks


def _is_poll(cues: Sequence[tuple[str, str] | None], lines: Sequence[Line], n: int) -> bool:
    """A list of answers with their votes ends in the poll's total."""
    for cue, line in zip(cues[n:], lines[n:], strict=True):
        if cue is None or cue[1] != "poll_result":
            return False
        if not line.marker:
            return True
    return False


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


def _mark_last_question(lines: list[Line]) -> None:
    """A short question to the reader at the very end asks for comments."""
    for line in reversed(lines):
        if line.kind is not None:
            continue
        text = line.text.strip()
        is_question = text.endswith("?") and len(text) <= 200 and text[0] not in "“‘\"'"
        if (
            is_question
            and not line.marker
            and re.search(r"\byou(?:r|[’']\w+)?\b", text, re.IGNORECASE)
            and not CONSULTS.search(text)
        ):
            line.kind, line.rule = "boilerplate", "comments_invitation"
            continue
        break


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
    after = lines[i + 1] if i + 1 < len(lines) else None
    return after is not None and after.kind is None and after.text[:1].islower() and not after.marker


def _mark_bare_lists(lines: list[Line]) -> None:
    """Three or more short lines in a row that are no sentences are a list that lost its markers.

    The line above them is their heading or ends in a colon; the line right above a paragraph is that one's heading.
    """
    i = 0
    while i < len(lines):
        j = i
        while j < len(lines) and _is_bare_item(lines[j], first=j == i):
            j += 1
        is_opened = (
            j - i >= 2 and i > 0 and lines[i - 1].kind in ("body", "list_item") and _ends_open(lines[i - 1].text)
        )
        if j - i >= 3 or is_opened:
            first = i if is_opened else i + 1
            last = j - 1 if _ends_in_heading(lines, first, j) else j
            if last - first >= 2 or is_opened:
                for line in lines[first:last]:
                    line.kind = "list_item"
        i = max(j, i + 1)


def _ends_open(text: str) -> bool:
    """The text ends in a colon, or in a dash after a blank."""
    text = text.rstrip()
    return text[-1:] == ":" or (text[-1:] in ("–", "—", "-") and text[-2:-1].isspace())


def _ends_in_heading(lines: Sequence[Line], first: int, end: int) -> bool:
    """The last of these lines stands above a paragraph and has more words than all before it."""
    if end >= len(lines) or lines[end].kind != "body" or lines[end - 1].kind != "heading":
        return False
    sizes = [len(line.text.split()) for line in lines[first:end]]
    return len(sizes) < 2 or sizes[-1] > max(sizes[:-1])


def _is_bare_item(line: Line, first: bool) -> bool:
    if line.kind == "heading":
        return line.said is None and len(line.text) <= _BARE_MAX and not line.text.endswith("?")
    return not first and line.kind == "body" and line.text.endswith(";") and len(line.text) < 300


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


_HEADED = PROMOTIONS | {"comments_invitation", "newsletter", "further_reading", "poll_result"}
