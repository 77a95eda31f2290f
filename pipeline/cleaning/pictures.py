"""What stands in a body for its pictures: captions, credits, alternative texts, names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.cleaning.cues import Line, ends_sentence, looks_like_heading
from pipeline.cleaning.people import PERSON_MAX, is_person_line
from pipeline.cleaning.scenes import is_scene

#: Picture libraries put a full stop behind what somebody is doing.
_LIBRARY = re.compile(r"(?!the\b)(?!.*\w(?:ed|ew|aw|ook)\b).*\w ?\b\w+ing\b", re.IGNORECASE)
#: A picture's name that begins with a small letter has no more characters.
_NAME_MAX = 60
#: What a line that goes on below ends with.
_OPEN = re.compile(r"[:;,–—-]\W*$")
#: What picture libraries and content systems put into the names of files.
_NO_DESCRIPTION = frozenset(
    {
        "adobestock", "adobe", "stock", "shutterstock", "istock", "getty", "images", "image", "photo", "picture",
        "scaled", "resized", "cropped", "featured", "final", "copy", "credit", "jpg", "jpeg", "png", "webp", "gif",
        "the", "and", "for", "with", "from",
    }
)  # fmt: skip


def words_of_picture(name: str, title: str) -> frozenset[str]:
    """What the name of a picture's file and its credit say is in the picture, without what the title says too.

    >>> sorted(words_of_picture("Older-couple-at-table-AdobeStock_1234-scaled.jpg", "Couple wins appeal"))
    ['older', 'table']
    """
    said = set(re.findall(r"[^\W\d_]{3,}", title.casefold()))
    return frozenset(re.findall(r"[^\W\d_]{3,}", name.casefold())) - said - _NO_DESCRIPTION


def mark_pictures(
    lines: list[Line], cues: Sequence[tuple[str, str] | None], pictured: frozenset[str] = frozenset()
) -> None:
    """Captions, credits, alternative texts and names under pictures; ``pictured`` is what the lead picture shows."""
    story = " ".join(line.text for line in lines if len(line.text) > 120)
    for line, cue in zip(lines, cues, strict=True):
        if line.kind is not None or line.marker or line.said == "heading":
            continue
        is_short = len(line.text) <= PERSON_MAX
        if line.said == "caption":
            line.kind, line.rule = "caption", "markup_caption"
        elif cue and cue[0] == "caption":
            line.kind, line.rule = "caption", cue[1]
        elif is_short and pictured and looks_like_heading(line.text) and _is_pictured(line.text, pictured):
            line.kind, line.rule = "caption", "picture_name"
        elif (
            is_short
            and is_scene(line.text.rstrip("."))
            and (_LIBRARY.match(line.text) or looks_like_heading(line.text))
        ):
            line.kind, line.rule = "caption", "scene"
        elif is_short and is_person_line(line.text, story):
            line.kind, line.rule = "caption", "person_caption"
    _mark_small_letters(lines)
    for line, after in pairwise(lines):  # the alternative text stands above its caption
        is_free = after.kind == "caption" and line.kind is None and not line.marker and line.said is None
        if is_free and looks_like_heading(line.text) and _shares_words(line.text, after.text):
            line.kind, line.rule = "caption", "alternative_text"
    _mark_repeated(lines)
    _mark_stacked(lines)


def _mark_small_letters(lines: list[Line]) -> None:
    """A few words that begin with a small letter, between whole sentences, were a picture's name: headings don't."""
    for n, line in enumerate(lines):
        is_free = line.kind is None and not line.marker and line.said is None
        if not is_free or not line.text[:1].islower() or len(line.text) > _NAME_MAX:
            continue
        around = [*lines[max(0, n - 1) : n], *lines[n + 1 : n + 2]]
        is_apart = all(not other.text[:1].islower() and other.marker is None for other in around)
        is_name = looks_like_heading(line.text) and not line.text.endswith("?")
        if is_name and is_apart and (n == 0 or _is_closed(lines[n - 1].text)):
            line.kind, line.rule = "caption", "picture_name"


def _is_closed(text: str) -> bool:
    """The line ends a sentence, and nothing goes on below."""
    return ends_sentence(text) and _OPEN.search(text) is None


def _mark_repeated(lines: list[Line]) -> None:
    """A short line that comes twice in a row, or once more as a caption, is a caption: headings come once."""
    captions = {line.text.casefold() for line in lines if line.kind == "caption"}
    captions.update(a.text.casefold() for a, b in pairwise(lines) if a.text == b.text and a.kind is b.kind is None)
    for line in lines if captions else ():
        is_free = line.kind is None and not line.marker and line.said is None
        if is_free and looks_like_heading(line.text) and line.text.casefold() in captions:
            line.kind, line.rule = "caption", "repeated_caption"


def _is_pictured(text: str, pictured: frozenset[str]) -> bool:
    """Two or more of the line's longer words, and three of four, stand in the name of the picture."""
    words = set(re.findall(r"[^\W\d_]{3,}", text.casefold())) - _NO_DESCRIPTION
    shared = len(words & pictured)
    return shared >= 2 and shared * 4 >= len(words) * 3


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
_NO_SCENE = re.compile(
    r"(?:what|how|why|who|when|where|no|more|next|new|an? (?:seat|place|voice|foot))\b"
    r"|.*(?:[?‘“£%\d]|\b(?:no|future)\b)",
    re.IGNORECASE,
)
#: Headings begin so too: "Finding staff".
_IS_DOING = re.compile(r"\w{2,}ing\b(?! (?:man|woman|child|boy|girl|couple|nurse|carer))", re.IGNORECASE)
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
        is_first = all(before.kind in ("boilerplate", "caption") for before in lines[:i])
        points = 0 if is_crowded else _scene_points(line.text)
        if has_pair and not is_crowded:
            other = _scene_points(lines[i + 1].text)
            if points != other:
                picture = line if points > other else lines[i + 1]
                picture.kind, picture.rule = "caption", "alternative_text"
        elif points >= _SURE or (len(lines) > i + 2 and is_first and points and not _IS_DOING.match(line.text)):
            line.kind, line.rule = "caption", "alternative_text"


def _shares_words(a: str, b: str) -> bool:
    """Half or more of the longer words of ``a`` stand in ``b``."""
    words = set(re.findall(r"\w{3,}", a.casefold()))
    other = set(re.findall(r"\w{3,}", b.casefold()))
    return bool(words) and len(words & other) * 2 >= len(words)
