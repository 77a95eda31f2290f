"""Years and what is made of them: financial years and spans of years, decades, centuries."""

from __future__ import annotations

import re
from typing import Final

from pipeline import edtf
from pipeline.extraction.timex import almanac, numerals
from pipeline.extraction.timex.context import IMPOSSIBLE, Context, Reading, dated
from pipeline.extraction.timex.rules import EDGE, EDGE_WORDS, SPOKEN_YEAR, YEAR, cut, edge_of, read_year, rule

_MONEY = re.compile(
    r"(?P<money>£[\d.,]+\s?(?:k|m|bn|million|billion)?\b|\b(?:fund(?:s|ed|ing)?|budgets?|grants?|spending\s+review|"
    r"settlement|expenditure\s+limits|invest(?:ed|ment|ing)|allocat(?:ed|ion)|pay\s+deal))"
    r"|(?P<fact>\d(?:%|\s?per\s?cent)|\b(?:number|proportion|percentage|share|rate|rates|rising|rose|risen|fell|fall|"
    r"fallen|falling|drop|dropped|dropping|grew|grown|growth|growing|increas\w+|decreas\w+|declin\w+|average|figures?))"
    r"\b", re.IGNORECASE
)  # fmt: skip


def is_money(before: str, after: str) -> bool:
    """Whether a span of years is one of money (April to March) and not of statistics: the nearest cue decides.

    >>> is_money("The scheme had £36m from ", " to recruit"), is_money("a 6% drop in households from ", ".")
    (True, False)
    """
    last = None
    for match in _MONEY.finditer(before[-200:]):
        last = match.lastgroup
    if last == "money" and re.search(
        r"from\s+£\S+(?:\s?(?:million|billion))?\s+to\s+£\S+(?:\s\S+)?,?\s+from\s+$", before
    ):
        return False
    if last is None:
        following = _MONEY.search(after[:120])
        last = following.lastgroup if following else None
    return last == "money"


@rule(
    "the first last final",
    rf"(?:the\s+)?(?P<end>first|last|final)\s+(?P<n>\d|{numerals.WORDS})\s+months\s+of\s+"
    rf"(?:(?P<fy>{YEAR})\s?[-–/]\s?\d\d|(?P<year>{YEAR}))\b",
)
def months_of_year(match: re.Match[str], context: Context) -> Reading | None:
    """``the first six months of 2024``, ``the last three months of 2023-24``."""
    count = round(numerals.read_number(match["n"]) or 0)
    year = edtf.financial_year(int(match["fy"])) if match["fy"] else match["year"]
    span = edtf.parse(year)
    if span is None or not 1 <= count <= 11:
        return None
    first = span[0] if match["end"].casefold() == "first" else almanac.add_months(span[0], 12 - count)
    last = almanac.add_months(first, count - 1) if first else None
    return dated(f"{first:%Y-%m}/{last:%Y-%m}" if count > 1 else f"{first:%Y-%m}") if first and last else None


@rule(
    f"# the in fy financial academic school fiscal {EDGE_WORDS}",
    rf"{EDGE}(?:(?:the\s+)?(?:financial|fiscal|academic|school|tax)\s+years?\s+|FY\s?)?"
    r"(?P<y1>(?:19|20)\d\d)\s?[-–—/]\s?(?P<y2>(?:19|20)\d\d|\d\d|\d)(?![\d%]|[,.]\d|-\d)",
    is_compound=True,
)
def year_range(match: re.Match[str], context: Context) -> Reading | None:
    """``2023-24`` is April to March; a longer span is of years, or of financial years where it is of money."""
    first, tail = int(match["y1"]), match["y2"]
    last = int(str(first)[: 4 - len(tail)] + tail)
    if last <= first and len(tail) < 4:
        last += 10 ** len(tail)
    if last - first == 1:
        return cut(edtf.financial_year(first), edge_of(match), False)
    if not 1 < last - first <= (25 if len(tail) < 4 else 120) or len(tail) == 1:
        return IMPOSSIBLE
    value = edtf.financial_year(first, last) if is_money(context.before, context.after) else f"{first}/{last}"
    return Reading("DATE", f"{first}/{last}", value)


@rule(
    f"# the in by year calendar fiscal post pre {EDGE_WORDS}",
    rf"{EDGE}(?:(?:the\s+)?(?:(?:calendar\s+|fiscal\s+|financial\s+|tax\s+)?year\s+|"
    rf"fiscal\s+))?(?P<year>(?:1[6-9]|20|21)\d\d)\b(?!['’]?s?\s*(?:%|[-–]\d)|[,.:]\d|"
    rf"/\d|s\b)",
)
def year(match: re.Match[str], context: Context) -> Reading | None:
    """``2022``, ``early 2024``, ``the end of 2024``; not the year of a law's name."""
    if re.search(
        r"\b(?:Acts?|Bill|Regulations|Rules|Order|Measure|Directive|Convention|No\.?|section|page)\s+\(?$",
        context.before[-40:],
    ):
        return None
    if re.search(r"[£$€#]\s?$|\d[-–/]$", context.before[-40:]):
        return None
    bare = match[0].casefold() == match["year"]
    if (
        bare
        and abs(int(match["year"]) - context.published.year) > 20
        and re.match(
            r"\s+(?:people|children|staff|social\s+workers|votes|jobs|places|homes|families|cases|members|respondents|"
            r"practitioners|adults|carers|responses|hours|days|miles|points|pages|employees|"
            r"workers|shares|tons|troops)\b",
            context.after,
        )
        and not re.search(
            r"\b(?:in|by|since|of|for|the|from|until|during|and|to|before|after)\s+$", context.before[-40:], re.I
        )
    ):
        return None
    return cut(match["year"], edge_of(match), False)


_DECADE_NAMES: Final = "twenties thirties forties fifties sixties seventies eighties nineties"


@rule(
    f"# the in early late mid {_DECADE_NAMES} ' ’",
    r"(?:the\s+)?(?:(?:early|late|mid)(?:[-\s]+to[-\s]+(?:early|late|mid))?[-\s]+)?"
    r"(?:(?P<d>(?:1[5-9]|20)\d)0['’]?s|['’](?P<s>[2-9])0s|(?P<w>twenties|thirties|"
    r"forties|fifties|sixties|seventies|eighties|nineties))\b",
)
def decade(match: re.Match[str], context: Context) -> Reading | None:
    """``the 1980s``, ``the late 1970s``, ``the '90s``, ``the nineties``."""
    if match["w"]:
        if not match[0].casefold().startswith("the") or re.search(
            r"\b(?:in|aged?)\s+(?:his|her|their)\s*$", context.before[-40:]
        ):
            return None
        names = _DECADE_NAMES.split()
        digits = f"19{names.index(match['w'].casefold()) + 2}"
    else:
        digits = match["d"] or f"19{match['s']}"
    start = int(digits) * 10
    return Reading("DATE", digits, f"{start}/{start + 9}")


@rule(
    "the early late # eighteenth nineteenth twentieth",
    r"(?:the\s+)?(?:(?:early|late|mid)[-\s]+)?(?P<n>\d{1,2}(?=st|nd|rd|th)|eighteenth|"
    r"nineteenth|twentieth)(?:st|nd|rd|th)?\s+century\b",
)
def century(match: re.Match[str], context: Context) -> Reading | None:
    """``the 20th century``: TIMEX3 writes the first two digits of its years."""
    named = {"eighteenth": 18, "nineteenth": 19, "twentieth": 20}.get(match["n"].casefold())
    number = named or int(match["n"])
    if not 1 < number <= 21:
        return None
    return Reading("DATE", f"{number - 1}", f"{number - 1:02d}00/{number - 1:02d}99")


@rule("nineteen the", rf"{SPOKEN_YEAR}\b|the\s+year\s+two\s+thousand\b")
def spoken_year(match: re.Match[str], context: Context) -> Reading | None:
    """``nineteen ninety-six``, ``the year two thousand``."""
    return dated("2000" if match[0].casefold().startswith("the") else str(read_year(match[0])))
