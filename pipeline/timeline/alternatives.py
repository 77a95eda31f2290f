"""A pattern for any of many phrases that is as quick for a thousand of them as for ten."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any


def any_of(phrases: Iterable[str]) -> str:
    """A pattern for any of the phrases, the longest that stands there; a blank in one stands for any white space.

    What phrases begin with in common is looked at once: each letter of a text leaves fewer of them.

    >>> any_of(["tell", "told", "tell on"])
    't(?:ell(?:\\\\s+on)?|old)'
    """
    tree: dict[str, Any] = {}
    for phrase in phrases:
        node = tree
        for letter in phrase:
            node = node.setdefault(letter, {})
        node[""] = {}
    return _pattern(tree)


def _pattern(node: dict[str, Any]) -> str:
    branches = []
    for letter in sorted(node):
        if not letter:
            continue
        start, following = r"\s+" if letter == " " else re.escape(letter), node[letter]
        branches.append(start + _pattern(following))
    if not branches:
        return ""
    if "" in node:
        return f"(?:{'|'.join(branches)})?"
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
