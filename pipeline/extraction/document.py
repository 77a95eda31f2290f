"""An article as a spaCy ``Doc``: title, blank line, text, with what the components need to know of it.

The ``Doc`` holds ``title + "\\n\\n" + text``, so that one pass reads both and an acronym defined in the title is known
in the text. Components work in the ``Doc``'s own offsets; ``to_field`` turns them into offsets of the article's
``title`` or ``text`` when the records leave the stage.

Extension attributes (``doc._``), set here or by the component that declares to assign them:

    text        str                what doc.text gives, which spaCy joins anew from its tokens each time (make_doc)
    sections    tuple[Section]     the title and the kept blocks, in order            (make_doc)
    published   datetime           when the article came out, aware                   (make_doc)
    names       Names | None       the statistical model's named entities             (make_doc, carefeed_names)
    timexes     tuple[Timex]       time expressions                                   (carefeed_timex)
    mentions    tuple[Mention]     organisations and policies                         (carefeed_entities)
    references  tuple[Reference]   "the department" and its antecedent                (carefeed_entities)
    people      tuple[Person]      who acts or speaks                                 (carefeed_people)
    quantities  tuple[Quantity]    numbers                                            (carefeed_quantities)
    events      tuple[EventMention]                                                   (carefeed_events)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.records import Article
from pipeline.vocabulary import KEPT_KINDS

SEPARATOR = "\n\n"

#: Named entities: ``(start_char, end_char, label)`` in the ``Doc``'s offsets.
Names = tuple[tuple[int, int, str], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """The title (kind ``title``) or one kept block, in the ``Doc``'s offsets; ``index`` counts from 0, title first."""

    index: int
    kind: str
    start_char: int
    end_char: int


for _name in ("sections", "timexes", "mentions", "references", "people", "quantities", "events"):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=())
if not Doc.has_extension("text"):
    Doc.set_extension("text", default="")
if not Doc.has_extension("names"):
    Doc.set_extension("names", default=None)
if not Doc.has_extension("published"):
    Doc.set_extension("published", default=datetime(1970, 1, 1, tzinfo=UTC))


def make_doc(nlp: Language, article: Article, names: Names | None = None) -> Doc:
    """The article as a tokenised ``Doc`` with its sections and publication date; no component has run.

    ``names`` are the statistical model's named entities, where they are known from before.
    """
    offset = len(article.title) + len(SEPARATOR)
    text = article.title + SEPARATOR + article.text
    doc = nlp.make_doc(text)
    sections = [Section(0, "title", 0, len(article.title))]
    for block in article.blocks:
        if block.kind in KEPT_KINDS and block.start_char is not None and block.end_char is not None:
            sections.append(Section(len(sections), block.kind, block.start_char + offset, block.end_char + offset))
    doc._.text = text
    doc._.sections = tuple(sections)
    doc._.published = article.published
    doc._.names = names
    return doc


def title_length(doc: Doc) -> int:
    """Characters of the title."""
    end_char: int = doc._.sections[0].end_char
    return end_char


def to_field(length: int, start_char: int, end_char: int) -> tuple[str, int, int]:
    """``(field, start_char, end_char)``: offsets of a ``Doc`` as those of its title, so many characters long, or text.

    >>> to_field(9, 2, 5), to_field(9, 11, 14)
    (('title', 2, 5), ('text', 0, 3))
    """
    if end_char <= length:
        return "title", start_char, end_char
    shift = length + len(SEPARATOR)
    return "text", start_char - shift, end_char - shift
