"""Names learnt from the articles, listed and taken into the project's registers."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from pipeline.adopting import add_entries, choose, sentence_around, suggest_entries
from pipeline.errors import RegisterError, StoreError
from pipeline.registers import load_registers
from pipeline.registers.suggest import Candidate
from pipeline.settings import find_models
from tests.command import Done, carefeed
from tests.runs import make_run

MODELS = find_models()
BRIGHT = Candidate("policy", "Bright Lantern scheme", "programme", None, ("Bright Lantern",), 2, 3)
CIRCLE = Candidate("organisation", "Lantern Circle", "charity", "LC", (), 2, 3)

_FEED = (
    """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>News</title>{items}</channel></rss>"""
)
_ITEM = """<item><title>{title}</title><link>https://www.example.org/2025/03/0{n}/a/</link>
<pubDate>Mon, 0{n} Mar 2025 09:00:00 +0000</pubDate><guid>https://www.example.org/?p={n}</guid>
<description>{text}</description></item>"""
_TEXTS = (
    "The Merrivale Carers Network (MCN) met on Monday. The Riverbank Lanterns programme will end in May, it said.",
    "Members of the Merrivale Carers Network wrote to Ofsted. The MCN said the Riverbank Lanterns programme was good.",
    "A Lonely Panel of Lanterns met once, and the Lonely Lanterns Panel spoke to Ofsted about what it had found then.",
)


@pytest.fixture(scope="module")
def learnt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of a run over three small articles that name what no register has."""
    folder = tmp_path_factory.mktemp("learnt")
    items = "".join(_ITEM.format(n=n, title=f"News of day {n}", text=text) for n, text in enumerate(_TEXTS, 3))
    (folder / "feed.xml").write_text(_FEED.format(items=items), encoding="utf-8")
    return make_run([folder / "feed.xml"], folder).out


def register(project: Path, *arguments: str | Path) -> Done:
    """Run ``carefeed register`` with a project of its own."""
    return carefeed("register", *arguments, CAREFEED_PROJECT=str(project), COLUMNS="100")


def test_what_several_articles_name_is_suggested_with_a_sentence(learnt: Path, project: Path) -> None:
    """Each has its counts, the type that the articles speak for, and the first sentence that names it."""
    found = {each.candidate.name: each for each in suggest_entries(learnt, MODELS, project)}
    network = found["Merrivale Carers Network"]
    assert (network.candidate.type, network.candidate.acronym) == ("working_group", "MCN")
    assert (network.candidate.n_articles, network.candidate.n_mentions) == (2, 4)
    assert network.example == "The Merrivale Carers Network (MCN) met on Monday."
    assert found["Riverbank Lanterns programme"].candidate.kind == "policy"
    assert "Lonely Lanterns Panel" not in found
    assert "Lonely Lanterns Panel" in {each.candidate.name for each in suggest_entries(learnt, MODELS, project, 1)}


def test_what_is_added_is_known_and_no_longer_suggested(learnt: Path, project: Path) -> None:
    """Both kinds go to their files, and the registers load with them."""
    chosen = choose(["merrivale carers network", "Riverbank Lanterns programme"], learnt, MODELS, project)
    assert add_entries(chosen, MODELS, project) == [project / "organisations.csv", project / "policies.csv"]
    registers = load_registers(MODELS, project)
    assert [entry.name for entry in registers.find("organisation", "MCN")] == ["Merrivale Carers Network"]
    assert suggest_entries(learnt, MODELS, project) == []
    assert sorted(path.name for path in project.iterdir()) == ["organisations.csv", "policies.csv"]


def test_a_name_of_ones_own_needs_kind_and_type(tmp_path: Path, project: Path) -> None:
    """It needs no archive; without the two, a name that nothing was learnt of is refused."""
    nowhere = tmp_path / "nowhere"
    [own] = choose(["Lantern  Fund"], nowhere, MODELS, project, "policy", "fund")
    assert own == Candidate("policy", "Lantern Fund", "fund", None, (), 0, 0)
    with pytest.raises(StoreError):
        choose(["Lantern Fund"], nowhere, MODELS, project)
    with pytest.raises(RegisterError, match="'charity' is no type of policy"):
        choose(["Lantern Fund"], nowhere, MODELS, project, "policy", "charity")


def test_a_type_given_goes_before_the_one_suggested(learnt: Path, project: Path) -> None:
    """The articles' words for a body needn't say what it is."""
    [chosen] = choose(["Merrivale Carers Network"], learnt, MODELS, project, type_="charity")
    assert (chosen.type, chosen.acronym) == ("charity", "MCN")
    with pytest.raises(RegisterError, match="'fund' is no type of organisation"):
        choose(["Merrivale Carers Network"], learnt, MODELS, project, type_="fund")


def test_what_a_register_has_is_refused_with_its_place(learnt: Path, project: Path) -> None:
    """A name, another form of an entry, and a name given twice; a file that isn't there isn't made."""
    with pytest.raises(RegisterError, match=r"'ofsted' stands already in line \d+ of .*organisations\.csv"):
        choose(["ofsted"], learnt, MODELS, project)
    with pytest.raises(RegisterError, match="'DfE' is already a form of 'Department for Education'"):
        add_entries([CIRCLE, Candidate("organisation", "DfE", "other", None, (), 1, 1)], MODELS, project)
    with pytest.raises(RegisterError, match="'Lantern Circle' is given twice"):
        add_entries([CIRCLE, CIRCLE], MODELS, project)
    assert not project.exists()


def test_what_makes_a_register_wrong_is_refused_and_all_stays(project: Path) -> None:
    """An alias of another entry: the message has the file's own name, and neither file has changed."""
    add_entries([BRIGHT], MODELS, project)
    before = (project / "policies.csv").read_bytes()
    wrong = Candidate("policy", "Dim Lantern scheme", "programme", None, ("Bright Lantern",), 1, 1)
    with pytest.raises(RegisterError) as caught:
        add_entries([CIRCLE, wrong], MODELS, project)
    assert f"{project / 'policies.csv'}, line 3: 'Bright Lantern' is also a form of" in str(caught.value)
    assert [path.name for path in project.iterdir()] == ["policies.csv"]
    assert (project / "policies.csv").read_bytes() == before


def test_a_folder_that_cant_be_made_is_told(tmp_path: Path) -> None:
    """A file stands where the project's folder should be."""
    (tmp_path / "project").write_text("", encoding="utf-8")
    with pytest.raises(StoreError, match="can't be written"):
        add_entries([BRIGHT], MODELS, tmp_path / "project")


SENTENCES = [
    ("One. The plan is out. Two.", "plan", "The plan is out."),
    ("A heading\nThe plan is out", "plan", "The plan is out"),
    ("It cost £2.5m. “The plan is out.” She left.", "plan", "“The plan is out.”"),
    ("plan", "plan", "plan"),
]


@pytest.mark.parametrize(("text", "word", "wanted"), SENTENCES, ids=[wanted for _, _, wanted in SENTENCES])
def test_the_sentence_around_a_word_is_whole(text: str, word: str, wanted: str) -> None:
    """Lines and full stops end it, with the quotation marks that close there."""
    start = text.index(word)
    assert sentence_around(text, start, start + len(word)) == wanted


def test_the_command_lists_and_adds(learnt: Path, project: Path) -> None:
    """The table is for reading, CSV for a program; what was added is said."""
    shown = register(project, "suggest", "--out", learnt)
    assert shown.returncode == 0
    assert "Merrivale Carers Network" in shown.stdout
    assert "“The Merrivale Carers Network (MCN) met on Monday.”" in shown.stdout
    rows = register(project, "suggest", "--out", learnt, "--kind", "policy", "--format", "csv").stdout
    assert [row["name"] for row in csv.DictReader(io.StringIO(rows))] == ["Riverbank Lanterns programme"]
    added = register(project, "add", "Merrivale Carers Network", "--out", learnt)
    assert (added.returncode, added.stderr) == (0, "")
    assert "The next run knows: Merrivale Carers Network (working_group)" in added.stdout
    again = register(project, "add", "Merrivale Carers Network", "--out", learnt)
    assert again.returncode == 1
    assert "stands already in line 2 of" in again.stderr.replace("\n", " ")


REFUSED = [
    (["suggest", "--kind", "law"], 2, "'law' is no kind"),
    (["add", "Nothing of the Kind"], 1, "nothing new called 'Nothing of the Kind' was learnt"),
    (["add", "X", "--kind", "policy", "--type", "law"], 1, "'law' is no type of policy"),
    (["add"], 2, "Missing argument"),
    (["suggest", "--fewest", "0"], 2, "--fewest"),
]


@pytest.mark.parametrize(("arguments", "code", "said"), REFUSED, ids=[said for _, _, said in REFUSED])
def test_a_wrong_question_is_answered_with_a_word(
    arguments: list[str], code: int, said: str, learnt: Path, project: Path
) -> None:
    """Exit code 1 for what can't be done, 2 for wrong usage; nothing is written."""
    done = register(project, *arguments, "--out", learnt)
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
    assert not project.exists()


def test_a_wrong_line_in_the_projects_register_stops_the_command(learnt: Path, project: Path) -> None:
    """The message names the file, the line and the reason, and nothing is written."""
    project.mkdir()
    (project / "policies.csv").write_text(
        "name,acronym,type,nation,aliases,weak,start,end,successor\nPlan,,law,,,,,,\n", encoding="utf-8"
    )
    for arguments in (["suggest"], ["add", "Merrivale Carers Network"]):
        done = register(project, *arguments, "--out", learnt)
        assert (done.returncode, done.stdout) == (1, "")
        assert "policies.csv, line 2: unknown type 'law'" in done.stderr
    assert [path.name for path in project.iterdir()] == ["policies.csv"]


@pytest.mark.parametrize("command", ["suggest", "add"])
def test_each_command_has_help_with_an_example(command: str, project: Path) -> None:
    """``--help`` shows how the command is used."""
    done = register(project, command, "--help")
    assert done.returncode == 0
    assert f"Example: carefeed register {command}" in done.stdout
