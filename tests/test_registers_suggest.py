"""Adopting what was learnt: from an archive's mentions to lines of a project's register."""

from __future__ import annotations

from pathlib import Path

from pipeline.records import Mention
from pipeline.registers import Registers, entity_id, load_registers
from pipeline.registers.suggest import TARGETS, Candidate, add, suggest
from pipeline.settings import find_models


def mention(name: str, text: str, origin: str = "text", type_: str = "working_group") -> Mention:
    """A mention of an organisation."""
    return Mention("organisation", entity_id("organisation", name), name, type_, text, 0, len(text), origin)


def test_only_what_several_articles_teach_is_suggested() -> None:
    """Registered names and names in one article alone are left out."""
    pairs = [
        ("a", mention("Carers Network", "Carers Network")),
        ("b", mention("Carers Network", "the Network")),
        ("b", mention("Carers Network", "Carers Network", type_="charity")),
        ("a", mention("Lonely Panel", "Lonely Panel")),
        ("a", mention("Ofsted", "Ofsted", "register")),
        ("b", mention("Ofsted", "Ofsted", "register")),
    ]
    wanted = [Candidate("organisation", "Carers Network", "working_group", None, ("the Network",), 2, 3)]
    assert suggest(pairs, Registers()) == wanted
    assert suggest(reversed(pairs), Registers()) == wanted


def test_what_a_register_has_is_not_suggested() -> None:
    """A name that was learnt before its line was adopted is known now."""
    pairs = [(article_id, mention("Ofsted", "Ofsted")) for article_id in "ab"]
    assert suggest(pairs, load_registers(find_models())) == []


def test_adding_twice_is_adding_once() -> None:
    """A line that the file has is not written again, and other lines stay as they are."""
    candidate = Candidate("organisation", "Carers Network", "working_group", "CN", ("the Network",), 2, 3)
    once = add("name,acronym,type,nation,aliases,weak,former_names,successor,external_ids\nA,,other,,,,,,", [candidate])
    assert once.endswith("A,,other,,,,,,\nCarers Network,CN,working_group,,the Network,,,,\n")
    assert add(once, [candidate]) == once


def test_an_added_file_loads(tmp_path: Path) -> None:
    """What is written is what the loader reads."""
    candidate = Candidate("policy", "Plan, the New", "strategy", None, (), 2, 2)
    (tmp_path / TARGETS["policy"][0]).write_text(add(None, [candidate]), encoding="utf-8")
    [entry] = load_registers(find_models(), tmp_path).find("policy", "Plan, the New")
    assert (entry.type, entry.file) == ("strategy", str(tmp_path / "policies.csv"))
