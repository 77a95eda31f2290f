"""What a verb's helpers say: tense, modality, negation, voice, and the verb or adjective that an infinitive hangs on.

No parser: the helpers stand to the left of the verb, with adverbs between them ("has not yet been published"). The
reading goes leftwards from the verb until something else than a auxiliary or an adverb comes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from pipeline.extraction.events.cues import Cues
from pipeline.extraction.events.inflection import BASE, ING, PARTICIPLE, PAST, THIRD
from pipeline.extraction.events.wordlists import load_words
from pipeline.extraction.events.words import is_adverb

HAVE: Final = frozenset({"has", "have", "had", "having", "’ve", "hasn’t", "haven’t", "hadn’t"})
BE: Final = load_words("verbs", "be")
DO: Final = frozenset({"did", "does", "do", "didn’t", "doesn’t", "don’t"})
MODALS: Final = {
    "will": "will", "shall": "will", "won’t": "will", "’ll": "will", "would": "would", "wouldn’t": "would",
    "could": "may", "may": "may", "might": "may", "can": "may", "couldn’t": "may", "can’t": "may", "cannot": "may",
    "must": "must", "should": "must", "shouldn’t": "must", "mustn’t": "must", "ought": "must",
}  # fmt: skip
_CONTRACTED: Final = ("’s", "’ve", "’re", "’ll")
#: Words right behind which a base form is a verb.
BEFORE_VERB: Final = frozenset({*MODALS, "to", "not"})
NEGATIONS: Final = frozenset({"not", "never", "neither", "nor"})
_ADVERBS: Final = load_words("verbs", "adverbs")
_DETERMINERS: Final = load_words("verbs", "determiners")
#: Words after a bare past form that show it to be a participle ("the report published by …").
_AFTER_PARTICIPLE: Final = frozenset(
    [
        "by",
        "in",
        "on",
        "last",
        "yesterday",
        "today",
        "earlier",
        "as",
        "for",
        "to",
        "through",
        "under",
        "at",
        "over",
        "from",
        "since",
        "between",
        "during",
        "alongside",
        "within",
        "ahead",
        "with",
        "after",
        "before",
        "late",
        "early",
        "next",
        ",",
        ".",
        ";",
        ")",
        "”",
        "following",
    ]
)
_TIMES: Final = load_words("verbs", "times")
#: How long an inserted date is at most.
_BRACKET: Final = 8
#: Verbs of a timetable, and what comes between one and its date: "applications open on 1 May".
_TIMETABLED: Final = load_words("verbs", "timetabled")
_AT_A_TIME: Final = frozenset({"on", "in", "from", "at", "next", "this", "tomorrow", "today", "later"})
#: Verbs of a timetable that look like a noun in the third person, or never do.
_ENDS: Final = frozenset({"ends", "starts", "runs"})
#: Whose term or work it is that ends: a person's story.
_THEIRS: Final = frozenset({"her", "his", "my", "our", "their", "your"})
_OPENS: Final = frozenset({"close", "open", "begin", "commence", "resume"})
#: Verbs of coming into force that are so in the base form too: "the rules take effect in May".
_DECLARED: Final = load_words("verbs", "declared")
_COMING: Final = frozenset({("take", "effect"), ("come", "into"), ("go", "live"), ("go", "to")})
_HEAD: Final = 10
_FORETOLD: Final = load_words("verbs", "foretold")
#: Words with the looks of a verb that are none.
_NO_VERBS: Final = load_words("verbs", "no_verbs")
#: Words behind a bare "-ed" form that show it to be a verb.
_AFTER_FINITE: Final = load_words("verbs", "after_finite")
_SUBJECTS: Final = load_words("verbs", "subjects")
#: Verbs of having to: "will have to check".
_HAVING_TO: Final = frozenset({"have", "has", "had", "need", "needs", "needed"})
_PAST_BE: Final = frozenset({"was", "were", "wasn’t", "weren’t", "had", "hadn’t"})
#: Participles that in the past tense say what was to happen: "was meant to open".
_MEANT: Final = frozenset({"intended", "meant", "supposed"})


@dataclass(frozen=True, slots=True)
class Group:
    """A verb with its helpers; ``first`` and ``last`` are word positions in the sentence, half-open.

    ``mood``: ``past`` (did, had done, was done), ``perfect`` (has done), ``present``, ``progressive`` (is doing),
    ``will``, ``would``, ``may``, ``must``, ``planned`` (is to, due to, plans to), ``proposed`` (wants to, urged …
    to), ``required`` (expects … to), ``undone`` (failed to), ``purpose`` (a bare "to do"), ``gerund``,
    ``participle`` (a report published by …), ``attributive`` (the published report). ``governor`` is the position of
    the word that an infinitive hangs on. ``is_past`` says that the auxiliary or governor is in the past tense.
    """

    first: int
    last: int
    mood: str
    is_negated: bool = False
    is_passive: bool = False
    is_past: bool = False
    governor: int | None = None
    has_ceased: bool = False


def read_group(lows: list[str], i: int, letters: str, cues: Cues, last: int) -> Group | None:
    """The group of the verb at position ``i``, whose form can be ``letters``; ``None`` where it is no verb there."""
    negated = ceased = False
    j = i - 1
    while j >= 0 and (lows[j] in _ADVERBS or is_adverb(lows[j])):
        negated |= lows[j] in NEGATIONS
        ceased |= lows[j] == "longer"
        j -= 1
    j = _before_time(lows, j)
    auxiliary = lows[j] if j >= 0 else ""
    negated |= auxiliary.endswith("n’t") or auxiliary == "cannot"
    if auxiliary == "may" and j and lows[j - 1][0].isdigit():
        return None  # the month
    if auxiliary in MODALS and BASE in letters:
        return Group(j, last, MODALS[auxiliary], negated, has_ceased=ceased)
    if auxiliary in DO and BASE in letters:
        return Group(j, last, "past" if auxiliary.startswith("did") else "present", negated, has_ceased=ceased)
    if auxiliary == "to" and BASE in letters:
        return _infinitive(lows, j, last, cues, negated, False)
    if auxiliary in BE:
        return _with_be(lows, j, letters, cues, last, negated, ceased)
    if auxiliary in HAVE or (auxiliary.endswith(_CONTRACTED) and PARTICIPLE in letters and PAST not in letters):
        if PARTICIPLE in letters:
            return _perfect(lows, j, last, cues, negated, False)
        return None
    return _bare(lows, i, j, letters, last, cues)


def _with_be(lows: list[str], j: int, letters: str, cues: Cues, last: int, negated: bool, ceased: bool) -> Group | None:
    auxiliary = lows[j]
    if ING in letters and auxiliary != "being":
        mood = "progressive"
    elif PARTICIPLE in letters:
        mood = "passive"
    else:
        return None
    k, more_negated, more_ceased = _skip_adverbs(lows, j - 1)
    negated, ceased = negated or more_negated, ceased or more_ceased
    before = lows[k] if k >= 0 else ""
    negated |= before.endswith("n’t") or before == "cannot"
    is_passive = mood == "passive"
    if auxiliary == "being" and before in BE:
        return Group(k, last, "progressive", negated, True, before in _PAST_BE, has_ceased=ceased)
    if auxiliary == "being":
        return Group(j, last, "gerund", negated, True)
    if auxiliary == "been" and before in HAVE:
        if mood == "progressive":
            return Group(k, last, "progressive", negated, False, before.startswith("had"))
        return _perfect(lows, k, last, cues, negated, True)
    if auxiliary == "be" and before in MODALS:
        return Group(k, last, MODALS[before], negated, is_passive, has_ceased=ceased)
    if auxiliary == "be" and before == "to":
        return _infinitive(lows, k, last, cues, negated, is_passive)
    if auxiliary == "be" and "that" in lows[max(0, j - _HEAD) : j]:  # "recommends that the fund be extended"
        return Group(j, last, "proposed", negated, is_passive)
    if mood == "progressive":
        return Group(j, last, "progressive", negated, False, auxiliary in _PAST_BE, has_ceased=ceased)
    return Group(
        j, last, "past" if auxiliary in _PAST_BE else "present", negated, True, auxiliary in _PAST_BE, has_ceased=ceased
    )


def _perfect(lows: list[str], j: int, last: int, cues: Cues, negated: bool, is_passive: bool) -> Group:
    """``j`` is at has, have or had; "would have", "to have" take the modal's mood."""
    k, more_negated, _ = _skip_adverbs(lows, j - 1)
    negated = negated or more_negated
    if k >= 0 and lows[k] in MODALS and lows[j] == "have":
        return Group(k, last, MODALS[lows[k]], negated, is_passive)
    if k >= 0 and lows[k] == "to":  # "was to have started"
        hung = _infinitive(lows, k, last, cues, negated, is_passive)
        if hung.governor is not None and lows[hung.governor] == "expected":  # "is expected to have agreed"
            return replace(hung, mood="planned")
        return replace(hung, is_past=True) if hung.mood == "planned" else hung
    is_past = lows[j].startswith("had")
    return Group(j, last, "past" if is_past else "perfect", negated, is_passive, is_past)


def _infinitive(lows: list[str], to: int, last: int, cues: Cues, negated: bool, is_passive: bool) -> Group:
    """What "to do" hangs on: "is to", "due to", "plans to", "urged the department to"; else a purpose."""
    k, more_negated, _ = _skip_adverbs(lows, to - 1)
    negated = negated or more_negated
    before = lows[k] if k >= 0 else ""
    if "yet" in lows[k + 1 : to] and (before in BE or before in HAVE):  # "is yet to decide"
        return Group(k, last, "undone", True, is_passive)
    if before == "," and is_passive:  # "the budget, to be passed tomorrow"
        return Group(to, last, "planned", negated, True)
    if before in BE and before not in {"be", "been", "being"}:
        return Group(k, last, "planned", negated, is_passive, before in _PAST_BE, k)
    if before in cues.adjectives or before in _MEANT:
        hung = _set_for(lows, k, last, negated, is_passive)
        if hung is not None:
            return hung
    return _governed(lows, k, to, last, cues, negated, is_passive)


def _governed(lows: list[str], k: int, to: int, last: int, cues: Cues, negated: bool, is_passive: bool) -> Group:
    """The group of an infinitive by the verb or noun before it that governs it, else a purpose."""
    for back in range(k, max(-1, k - 9), -1):
        word = lows[back]
        if word in ",;:" and back < k - 1:
            break
        governor = cues.governors.get(word)
        if governor is None:
            continue
        mood, form = governor
        if back and lows[back - 1] == "to" and mood in {"proposed", "done"}:
            return Group(to, last, "purpose", negated, is_passive)
        if word.startswith("call") and lows[back + 1] not in {"on", "for"}:
            continue
        if word.startswith("look") and lows[back + 1] != "to":
            continue
        if word in HAVE and (lows[back + 1] in cues.verbs or lows[back + 1].endswith("ed")):
            continue  # "has announced money to improve it" is no "has to"
        negated |= back > 0 and lows[back - 1] in {"no", "not"}
        if back < k and mood == "planned":
            mood = "required" if word not in {"plans", "plan", "pledge", "promise", "commitment"} else mood
        if word == "had" and lows[back + 1] == "to":  # "had to repay it", "have had to report it"
            is_so_far = back > 0 and lows[back - 1] in {"has", "have"}
            return Group(back, last, "perfect" if is_so_far else "past", negated, is_passive, True, back)
        if BASE in form or ING in form or THIRD in form or PAST in form:
            return Group(back, last, mood, negated, is_passive, PAST in form, back)
    return Group(to, last, "purpose", negated, is_passive)


def _upto_comma(words: list[str]) -> list[str]:
    return words[: words.index(",")] if "," in words else words


def _set_for(lows: list[str], k: int, last: int, negated: bool, is_passive: bool) -> Group | None:
    """The group behind "is due", "was meant"; ``None`` where it only says what something is for: "is meant to help"."""
    m, also_negated, _ = _skip_adverbs(lows, k - 1)
    is_past = m >= 0 and (lows[m] in _PAST_BE or (lows[m] == "been" and lows[m - 1] in _PAST_BE))
    if lows[k] in _MEANT and not is_past:
        return None
    # "is expected to report" foretells; "councils are expected to set up teams" tells others what to do
    is_task = lows[k] == "expected" and not is_passive and lows[last - 1] not in _FORETOLD
    return Group(k, last, "required" if is_task else "planned", negated or also_negated, is_passive, is_past, k)


def _bare(lows: list[str], i: int, j: int, letters: str, last: int, cues: Cues) -> Group | None:
    """A form without helpers."""
    before = lows[i - 1] if i else ""
    after = lows[last] if last < len(lows) else "."
    if ING in letters:
        is_adjective = before in {"a", "an"} and after.isalpha() and after != "of"  # "a closing statement"
        return None if is_adjective or lows[i] in cues.noun_forms else Group(i, last, "gerund")
    if PAST in letters or PARTICIPLE in letters:
        anchor = lows[j] if j >= 0 else ""
        is_comparison = before == "than" and i > 1 and lows[i - 2] in {"more", "less"}  # "has more than doubled"
        if (anchor in _DETERMINERS and not is_comparison) or (
            anchor.endswith(("’s", "s’")) and after not in _AFTER_PARTICIPLE
        ):
            return Group(i, last, "attributive", is_passive=True)
        is_subject = anchor in _SUBJECTS or lows[i] in cues.intransitive
        is_subject |= lows[i] in _DECLARED and "that" in _upto_comma(lows[last : last + _HEAD])
        is_timed = after == "this" and last + 1 < len(lows) and lows[last + 1] in _TIMES
        if PARTICIPLE in letters and not is_subject and (after in _AFTER_PARTICIPLE or is_timed) and before != "and":
            return Group(i, last, "participle", is_passive=True)
        if PAST in letters:
            return Group(i, last, "past", is_past=True)
        return Group(i, last, "participle", is_passive=True)
    if THIRD in letters:
        if before in {"which", "who", "that"} and after not in {".", ",", "and"}:
            return Group(i, last, "present")
        if (
            lows[i] in _ENDS
            and after in _AT_A_TIME
            and before not in _DETERMINERS
            and _THEIRS.isdisjoint(lows[max(0, i - 2) : i])
        ):
            return Group(i, last, "present")
        if lows[i] in cues.noun_forms or before in _DETERMINERS or after in {"of", ".", ",", "and"} or not before:
            return None
        return Group(i, last, "present")
    if (lows[i], after) in _COMING and any(low.endswith("s") for low in lows[max(0, i - _HEAD) : i]):
        return Group(i, last, "present")
    if before in {"and", "or"} and i > 2:
        return Group(i, last, "purpose")
    is_plural = before.endswith("s") or (
        lows[i] in _OPENS and any(low.endswith("s") for low in lows[max(0, i - _HEAD) : i])
    )
    is_timetable = lows[i] in _TIMETABLED and after in _AT_A_TIME and is_plural
    if after == "until" or is_timetable:
        return Group(i, last, "present")
    return None


def read_unknown(lows: list[str], i: int, cues: Cues) -> Group | None:
    """The group of a word that the lexicon doesn't know, where its helpers show it to be a verb: "will switch", "is to
    hold", "has been carried over"; ``None`` elsewhere."""
    before = lows[i - 1]
    if not lows[i].isalpha() or lows[i] in _ADVERBS or lows[i] in _NO_VERBS:
        return None
    if before in MODALS or (before == "not" and i > 1 and lows[i - 2] in MODALS):
        return read_group(lows, i, BASE, cues, i + 1)
    if (
        before == "to"
        and i > 1
        and (lows[i - 2] in BE or (lows[i - 2] in cues.adjectives and i > 2 and lows[i - 3] in BE))
    ):
        return read_group(lows, i, BASE, cues, i + 1)
    if before == "to" and i > 1 and lows[i - 2] in _HAVING_TO:
        return read_group(lows, i, BASE, cues, i + 1)
    if lows[i] in cues.participles and (before in BE or before in HAVE):
        return read_group(lows, i, PARTICIPLE, cues, i + 1)
    if lows[i].endswith("ed") and len(lows[i]) > 4:
        if before in BE or before in HAVE or is_adverb(before) or before in {"also", "not", "now", "then"}:
            return read_group(lows, i, PAST + PARTICIPLE, cues, i + 1)
        if i + 1 < len(lows) and lows[i + 1] in _AFTER_FINITE:
            return _bare(lows, i, i - 1, PAST + PARTICIPLE, i + 1, cues)
    if lows[i].endswith("ing") and before in BE:
        return read_group(lows, i, ING, cues, i + 1)
    return None


def _before_time(lows: list[str], j: int) -> int:
    """The position before a time that stands between "has" and its verb: "has this week (16 March) announced", else
    ``j``."""
    k = j
    if k > 0 and lows[k] == ")":
        k = next((m - 1 for m in range(k - 1, max(0, k - _BRACKET), -1) if lows[m] == "("), j)
    if k > 1 and lows[k] in _TIMES and lows[k - 1] in {"last", "this"}:
        k -= 2
    elif k > 0 and lows[k] in {"today", "yesterday"}:
        k -= 1
    return k if k != j and lows[k] in HAVE else j


def _skip_adverbs(lows: list[str], j: int) -> tuple[int, bool, bool]:
    """Leftwards over adverbs: the position reached, whether a negation and whether "no longer" was met."""
    negated = ceased = False
    while j >= 0 and (lows[j] in _ADVERBS or is_adverb(lows[j])):
        negated |= lows[j] in NEGATIONS
        ceased |= lows[j] == "longer"
        j -= 1
    return j, negated, ceased
