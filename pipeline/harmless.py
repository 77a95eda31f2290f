"""Text from a dump where it could do harm: on a terminal, in a spreadsheet, in a line of its own."""

from __future__ import annotations

import re
from typing import Final

#: Control characters (C0 but newline, C1, DEL) and marks that turn the direction of text.
UNSAFE: Final = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
_FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def safe(text: object) -> str:
    """Text that can't steer a terminal or turn the reading direction of what follows; lines stay.

    >>> safe("a\\x1b[31mb")
    'a�[31mb'
    """
    return UNSAFE.sub("�", str(text))


def one_line(text: object) -> str:
    """The same in one line.

    >>> one_line("a\\n  b")
    'a b'
    """
    return " ".join(safe(str(text).replace("\t", " ").replace("\r", " ")).split())


def disarm(text: str) -> str:
    """Text that a spreadsheet won't run: an apostrophe before what it would take for a formula.

    >>> disarm("=1+1"), disarm("Plan for 2024")
    ("'=1+1", 'Plan for 2024')
    """
    return "'" + text if _looks_like_a_formula(text) else text


def rearm(text: str) -> str:
    """The text before ``disarm``.

    >>> rearm("'=1+1"), rearm("'twas")
    ('=1+1', "'twas")
    """
    return text[1:] if text.startswith("'") and _looks_like_a_formula(text[1:]) else text


def _looks_like_a_formula(text: str) -> bool:
    return text.startswith(_FORMULA_SIGNS) or text.lstrip().startswith(_FORMULA_SIGNS)


def web_address(url: object) -> str | None:
    """The address if it is one of the web, safe to follow; else None (``javascript:`` and the like).

    >>> web_address("https://example.org/a"), web_address("javascript:alert(1)")
    ('https://example.org/a', None)
    """
    text = str(url or "")
    is_web = text.lower().startswith(("https://", "http://")) and not UNSAFE.search(text)
    return None if not is_web or any(c.isspace() or c in '<>"`' for c in text) else text
