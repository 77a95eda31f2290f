"""The statistical model's named entities, found as spaCy finds them, in two thirds of the time.

spaCy's own loop gives up the interpreter's lock, and then takes it anew for every move that it weighs at every word,
only to ask whether something went wrong. Here the same steps are taken with the lock held, by all documents at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc

from pipeline.extraction.names import Recogniser
from pipeline.lists import batched


def quickened(component: Recogniser) -> Recogniser:
    """What gives the component's answers sooner; the component itself where it searches with a beam."""
    if isinstance(component, EntityRecognizer) and component.cfg["beam_width"] == 1:
        return SteppedRecogniser(component)
    return component


class SteppedRecogniser:
    """A greedy ``EntityRecognizer``, with the same answers."""

    def __init__(self, model: EntityRecognizer) -> None:
        self._model = model

    def pipe(self, stream: Iterable[Doc], *, batch_size: int) -> Iterator[Doc]:
        """The same ``Doc`` objects with ``doc.ents`` set."""
        for docs in batched(stream, batch_size):
            self._annotate([doc for doc in docs if len(doc)])
            yield from docs

    def _annotate(self, docs: list[Doc]) -> None:
        if not docs:
            return
        states = self._model.moves.init_batch(docs)
        steps = self._model.model.predict(docs)
        unfinished = [state for state in states if not state.is_final()]
        while unfinished:
            unfinished = self._model.transition_states(unfinished, steps.predict(unfinished))
        steps.clear_memory()
        self._model.set_annotations(docs, states)
