"""The parts of the event finder one by one: verb groups, dates and whose they are, data files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipeline.errors import RegisterError
from pipeline.extraction.events.attach import BY, ON, Placed, realign
from pipeline.extraction.events.cues import load_cues
from pipeline.extraction.events.inflection import inflect
from pipeline.extraction.events.scoring import load_weights
from pipeline.extraction.events.status import against_date, is_conditional
from pipeline.extraction.events.triggers import Trigger, find_triggers
from pipeline.extraction.events.verbs import Group
from pipeline.extraction.events.wordlists import load_words
from pipeline.extraction.events.words import split_words
from pipeline.records import Timex

PUBLISHED = date(2024, 6, 12)

#: Text, the verb's base, mood, whether negated, whether passive.
GROUPS = [
    ("they have published it", "publish", "perfect", False, False),
    ("it has not yet been published", "publish", "perfect", True, True),
    ("it was published in May", "publish", "past", False, True),
    ("they published it", "publish", "past", False, False),
    ("a report published in May", "publish", "participle", False, True),
    ("the recently published report", "publish", "attributive", False, True),
    ("it will be launched", "launch", "will", False, True),
    ("it won’t launch", "launch", "will", True, False),
    ("it is to launch a scheme", "launch", "planned", False, False),
    ("it is due to be launched", "launch", "planned", False, True),
    ("it plans to launch one", "launch", "planned", False, False),
    ("it would launch one", "launch", "would", False, False),
    ("it might be launched", "launch", "may", False, True),
    ("councils must launch one", "launch", "must", False, False),
    ("ministers were urged to launch one", "launch", "proposed", False, False),
    ("councils are expected to fund one", "fund", "required", False, False),
    ("it is being launched", "launch", "progressive", False, True),
    ("it is no longer funding them", "fund", "progressive", False, False),
    ("it met to launch a scheme", "launch", "purpose", False, False),
    ("it was to have launched a scheme", "launch", "planned", False, False),
    ("the pilot ended in March", "end", "past", False, False),
    ("they have no plans to end it", "end", "planned", True, False),
]


@pytest.mark.parametrize(("text", "base", "mood", "is_negated", "is_passive"), GROUPS)
def test_verb_group(text: str, base: str, mood: str, is_negated: bool, is_passive: bool) -> None:
    """Helpers give mood, negation and voice."""
    lows = split_words(text, 0, len(text)).lows
    (trigger,) = [each for each in find_triggers(lows, load_cues()) if each.base == base]
    group = trigger.group
    assert group is not None
    assert (group.mood, group.is_negated, group.is_passive) == (mood, is_negated, is_passive)


def test_the_month_of_may_is_no_helper() -> None:
    """ "May" behind a day is a month."""
    text = "on 3 May launch events begin"
    triggers = find_triggers(split_words(text, 0, len(text)).lows, load_cues())
    assert all(each.mood != "may" for each in triggers)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("they tabled an amendment to it", "legislation"),
        ("they allocated £3m", "funding"),
        ("it came into force", "implementation"),
        ("she stepped down", "appointment"),
        ("they turned it down", "none"),
        ("they turned down the idea", "rejection"),
        ("it was scrapped", "ending"),
        ("they published a report", "publication"),
    ],
)
def test_cue(text: str, kind: str) -> None:
    """Particles and objects decide which cue a verb is."""
    found = find_triggers(split_words(text, 0, len(text)).lows, load_cues())
    strong = [each.type for each in found if each.is_strong]
    assert (strong or ["none"])[0] == kind


@pytest.mark.parametrize(
    ("text", "value", "role", "mood", "expected"),
    [
        ("October", "2024-10", ON, "past", "2023-10"),
        ("1 May", "2024-05-01", ON, "will", "2025-05-01"),
        ("Thursday", "2024-06-06", ON, "will", "2024-06-13"),
        ("last October", "2023-10", ON, "will", "2023-10"),
        ("October 2024", "2024-10", ON, "past", "2024-10"),
        ("October", "2024-10", BY, "past", "2024-10"),
    ],
)
def test_realign(text: str, value: str, role: str, mood: str, expected: str) -> None:
    """A date without a year lies where the verb's tense puts it; one with a year or an anchor stays."""
    timex = Timex(text, 0, len(text), "DATE", value, value, is_relative=True)
    trigger = Trigger("implementation", "begin", True, 3, 4, Group(3, 4, mood))
    assert realign(Placed(timex, 0, 1, role), trigger, PUBLISHED).timex.edtf == expected


@pytest.mark.parametrize(
    ("status", "kind", "value", "mood", "expected"),
    [
        ("happened", "implementation", "2025-01", "past", "planned"),
        ("ongoing", "implementation", "2023", "present", "happened"),
        ("happened", "funding", "2024-04/2025-03", "perfect", "ongoing"),
        ("happened", "funding", "2024-04/2025-03", "past", "happened"),
        ("proposed", "proposal", "2025-01", "would", "proposed"),
        ("conditional", "funding", "2026", "will", "conditional"),
    ],
)
def test_status_against_date(status: str, kind: str, value: str, mood: str, expected: str) -> None:
    """What lies ahead has not happened; money for the running year is being paid."""
    trigger = Trigger(kind, "x", True, 0, 1, Group(0, 1, mood))
    assert against_date(status, trigger, kind, value, PUBLISHED) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is subject to the approval of MPs", True),
        ("It will only start if the money comes", True),
        ("The rate is set depending on age", False),
        ("It will start in May", False),
    ],
)
def test_condition(text: str, expected: bool) -> None:
    """Explicit conditions only."""
    assert is_conditional(text) is expected


def test_forms_never_clash_with_the_base() -> None:
    """Every form of a verb is one of the five."""
    assert set("".join(inflect("set", {"set": "set set"}).values())) == set("bspng")


def test_unknown_type_in_the_lexicon(tmp_path: Path) -> None:
    """A cue file that names an unknown event type is refused with its name."""
    path = tmp_path / "cues.toml"
    path.write_text('[irregular]\n[classes]\n[verbs.party]\nstrong = ["dance"]\n', encoding="utf-8")
    with pytest.raises(RegisterError, match="party"):
        load_cues(path)


def test_broken_weights(tmp_path: Path) -> None:
    """A weights file without a threshold is refused with what is missing."""
    path = tmp_path / "weights.toml"
    path.write_text("bias = 0.1\n[weights]\n", encoding="utf-8")
    with pytest.raises(RegisterError, match="threshold"):
        load_weights(path)


def test_missing_word_list() -> None:
    """A list that isn't there is refused by name."""
    with pytest.raises(RegisterError, match="nothing"):
        load_words("verbs", "nothing")
