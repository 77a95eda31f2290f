"""The component ``carefeed_names``: what a statistical model takes for names, kept from one run to the next.

The model is asked for people only, and it costs more than all rules together; so it reads the sentences that could name
one: those in which two words in capitals stand side by side that aren't both words of bodies, places and policies. That
is a twelfth of the text. Of 25 real articles and 39 of ours, what was lost by it are surnames told again and false
names.

The model reads nothing but the text, so its names stay as they are while rules and registers change. Kept, they let an
archive be linked anew without the model.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Final, Protocol

from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.extraction.document import Names
from pipeline.lists import batched
from pipeline.threads import one_thread

_WORDS_FILE: Final = Path(__file__).with_name("body_words.txt")
_WORD: Final = r"[A-Z][a-z]+(?:[-’'][A-Za-z]+)?(?![A-Za-z])"
_NO_FORENAME: Final = (  # what opens a sentence or a phrase, and what something belongs to ("Ann's Law")
    r"(?:A|All|Also|Although|Among|An|And|As|At|Before|Both|But|By|During|Each|Eight|Every|Five|For|Former|Four|"
    r"From|Her|His|However|If|In|Its|Last|Like|Meanwhile|Most|New|Next|Nine|No|Of|On|One|Or|Our|Over|Seven|Since|"
    r"Six|So|Some|Ten|That|The|Their|Then|These|This|Though|Three|Through|To|Two|Under|Until|What|When|Where|"
    r"While|With|Yet|[A-Z][A-Za-z]+[’']s)\s"
)
_PAIR: Final = re.compile(rf"\b(?!{_NO_FORENAME})(?=({_WORD})\s(?:(?:van|de|al)\s)?((?:Mc|Mac|O[’'])?{_WORD}))")


class Recogniser(Protocol):
    """The part of a statistical model that finds named entities."""

    def pipe(self, stream: Iterable[Doc], *, batch_size: int) -> Iterator[Doc]:
        """The same ``Doc`` objects with ``doc.ents`` set."""


@Language.factory("carefeed_names", requires=["doc.sents"], assigns=["doc._.names", "doc.ents"])
def create_names(nlp: Language, name: str) -> NameFinder:
    """Make the component; without ``use`` it finds nothing, and brings back what is kept."""
    return NameFinder()


class NameFinder:
    """``doc._.names`` from the model, or from an earlier run; ``doc.ents`` are in step with it."""

    def __init__(self) -> None:
        self.model: Recogniser | None = None

    def use(self, model: Recogniser) -> None:
        """Ask this model."""
        self.model = model

    def __call__(self, doc: Doc) -> Doc:
        (done,) = self.pipe([doc], batch_size=1)
        return done

    def pipe(self, stream: Iterable[Doc], *, batch_size: int) -> Iterator[Doc]:
        """Every ``Doc`` with its names, in order; where ``doc._.names`` is there already, the model isn't asked."""
        for docs in batched(stream, batch_size):
            new = [doc for doc in docs if doc._.names is None]
            for doc, names in zip(new, self.match(new), strict=True):
                doc._.names = names
            for doc in docs:
                self.set_annotations(doc, doc._.names)
            yield from docs

    def match(self, docs: list[Doc]) -> list[Names]:
        """The named entities of each ``Doc`` in the sentences that the model reads."""
        if self.model is None:
            return [() for _ in docs]
        chosen = [[token for span in doc.sents if may_name_a_person(span.text) for token in span] for doc in docs]
        parts = [
            Doc(doc.vocab, [token.text for token in tokens], [bool(token.whitespace_) for token in tokens])
            for doc, tokens in zip(docs, chosen, strict=True)
        ]
        with one_thread():
            read = list(self.model.pipe(parts, batch_size=max(len(parts), 1)))
        return [
            tuple(
                (tokens[ent.start].idx, tokens[ent.end - 1].idx + len(tokens[ent.end - 1]), ent.label_)
                for ent in part.ents
                if tokens[ent.end - 1].i - tokens[ent.start].i == ent.end - 1 - ent.start  # in one stretch of the text
            )
            for part, tokens in zip(read, chosen, strict=True)
        ]

    def set_annotations(self, doc: Doc, names: Names) -> None:
        """Make them the named entities of the ``Doc``."""
        spans = (doc.char_span(start, end, label) for start, end, label in names)
        doc.ents = [span for span in spans if isinstance(span, Span)]


def may_name_a_person(sentence: str) -> bool:
    """Whether two words stand side by side that could be forename and surname.

    >>> may_name_a_person("Ofsted said so on Monday."), may_name_a_person("It was Ann Other who told the council.")
    (False, True)
    >>> may_name_a_person("The DfE’s plan was in Ann’s Law.")
    False
    """
    words = body_words()
    return any(
        not (first in words and re.sub("[’']s$", "", second) in words) for first, second in _PAIR.findall(sentence)
    )


@cache
def body_words() -> frozenset[str]:
    """Words in capitals that names of bodies, places and policies are made of, with one kind of apostrophe."""
    lines = _WORDS_FILE.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
