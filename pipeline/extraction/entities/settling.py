"""One reading of each place in the text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.extraction.entities.forms import Entity, Found
from pipeline.extraction.entities.tokens import Tokens

_SMALL = frozenset(["and", "of", "for", "the", "in", "on", "to", "with", "into", "a", "an", "or", "'s", "'"])
_POSSESSIVES = frozenset({"'s", "'"})
_FEWEST_TITLE_WORDS = 3


def settle(tokens: Tokens, found: Sequence[Found]) -> list[Found]:
    """The matches to keep, in order: per kind, longer forms win, then those of the register.

    A body's possessive ends its name where the rest names the body by itself ("the House of Commons’ education
    committee" names two). What is part of a body's
    name ("Safeguarding Practice Review Panel") is no policy. What is part of a law's name ("Care Quality Commission
    (Registration) Regulations") or stands within a title is no body; what a title begins with ("ADASS Spring Survey")
    is one.
    """
    bodies = [each for each in found if each.form.entity.kind == "organisation"]
    policies = [each for each in found if each.form.entity.kind == "policy"]
    firsts = {(body.first, body.form.entity) for body in bodies}
    owners = {body.first for body in bodies if tokens.lows[body.last : body.last + 1] in (["'s"], ["'"])}
    bodies = _longest(body for body in bodies if not _names_two(body, owners, firsts))
    policies = _outside(_longest(policies), bodies)
    bodies = _outside(bodies, [each for each in policies if _is_law(each)])
    bodies = _outside(bodies, [each for each in policies if _is_title(tokens, each)], is_first_apart=True)
    return sorted([*bodies, *policies], key=lambda each: (each.first, each.last, each.form.entity.kind))


def _longest(found: Iterable[Found]) -> list[Found]:
    kept: list[Found] = []
    taken: set[int] = set()
    for each in sorted(found, key=_rank):
        tokens = range(each.first, each.last)
        if taken.isdisjoint(tokens):
            kept.append(each)
            taken.update(tokens)
    return kept


def _rank(found: Found) -> tuple[int, str, int, str]:
    entity = found.form.entity
    return found.first - found.last, entity.origin, found.first, entity.name


def _names_two(body: Found, owners: set[int], firsts: set[tuple[int, Entity]]) -> bool:
    """Whether a form is a body, its possessive and the form's own body, which needs no owner to be known."""
    if body.first not in owners or _POSSESSIVES.isdisjoint(body.form.words[1:-1]):
        return False
    return any((at, body.form.entity) in firsts for at in range(body.first + 1, body.last))


def _outside(found: Sequence[Found], others: Sequence[Found], is_first_apart: bool = False) -> list[Found]:
    """Those that are no part of one of the ``others``, none of which overlap; the same stretch is no part of itself.

    ``is_first_apart``: what one of the others begins with is not taken for a part of it.
    """
    around = {at: other for other in others for at in range(other.first, other.last)}
    return [
        each
        for each in found
        if (other := around.get(each.first)) is None
        or each.last > other.last
        or (each.first, each.last) == (other.first, other.last)
        or (is_first_apart and each.first == other.first)
    ]


def _is_law(found: Found) -> bool:
    return found.form.entity.type in ("act", "bill", "regulations")


def _is_title(tokens: Tokens, found: Found) -> bool:
    words = tokens.words[found.first : found.last]
    return len(words) >= _FEWEST_TITLE_WORDS and all(
        word[0].isupper() or word in _SMALL or not word[0].isalpha() for word in words
    )
