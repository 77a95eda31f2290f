# make run    set up and run the main job on corpus/dumps
# make test   set up and run the tests
# make quick  the tests of one thing: make quick AREA=timex (part of a test file's name, or a folder of tests)
# make check  set up and run lint and types
# make docs   run carefeed on both parts of our corpus and fill in what is made in the documents
# make report the main job, and where its report is
# make wheel  build the wheel, install it in a clean environment, run it away from the repository
# make fuzz   10,000 mutated dumps with a fixed seed
# make faults kill runs at every write, fill the disk, break writes, run twice at once (SAMPLE=30 tries some of them)
# make bench  articles a second, seconds a stage, memory, against the bare model (ARTICLES="1000" for one size)

PYTHON ?= python3
DUMPS ?= corpus/dumps
OUT ?= outputs
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: run test quick check docs report wheel fuzz faults bench clean

run: $(STAMP)
	$(BIN)/carefeed run $(DUMPS) --out $(OUT)

test: $(STAMP)
	$(BIN)/python -m pytest -n auto

AREA ?=
QUICK = $(sort $(wildcard tests/$(AREA)) $(wildcard tests/test_*$(AREA)*.py tests/*/test_*$(AREA)*.py))
quick: $(STAMP)
	@test -n "$(AREA)" || { echo "name what to test: make quick AREA=timex" >&2; exit 2; }
	@test -n "$(QUICK)" || { echo "no test file and no folder of tests has $(AREA) in its name" >&2; exit 2; }
	$(BIN)/python -m pytest $(QUICK)

check: $(STAMP)
	$(BIN)/ruff check pipeline tests
	$(BIN)/ruff format --check pipeline tests
	$(BIN)/mypy pipeline

docs: $(STAMP)
	@set -e; made=$$(mktemp -d); trap 'rm -rf "$$made"' EXIT; \
	for part in . heldout; do \
	  CAREFEED_PROJECT=$$made/$$part/project $(BIN)/carefeed run corpus/$$part/dumps --out $$made/$$part/outputs --model none; \
	done; \
	$(BIN)/python -m tests.documents $$made/outputs $$made/heldout/outputs; \
	CAREFEED_PROJECT=$$made/project $(BIN)/python -m tests.cookbook $$made

report: run
	@echo "The report: $(abspath $(OUT))/report/index.html"

wheel: $(STAMP)
	rm -rf build dist
	$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation --wheel-dir dist .
	rm -rf build
	@set -e; clean=$$(mktemp -d); trap 'rm -rf "$$clean"' EXIT; \
	$(PYTHON) -m venv $$clean/venv; \
	$$clean/venv/bin/pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements.lock; \
	$$clean/venv/bin/pip install --quiet --disable-pip-version-check --no-deps dist/*.whl; \
	$$clean/venv/bin/pip check --disable-pip-version-check; \
	dumps=$$PWD/corpus/dumps; cd $$clean; \
	venv/bin/carefeed --version; \
	venv/bin/carefeed run $$dumps --out outputs; \
	venv/bin/carefeed query --policy "safe caseload standard" --out outputs

fuzz: $(STAMP)
	$(BIN)/python -m tests.fuzz

faults: $(STAMP)
	$(BIN)/python -m tests.faults $(if $(SAMPLE),--sample $(SAMPLE))

bench: $(STAMP)
	$(BIN)/python -m benchmarks.bench $(ARTICLES)

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' || \
	  { echo "carefeed needs Python 3.11 to 3.13; name one with: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements.lock
	PYTHONWARNINGS="ignore:::setuptools.command.editable_wheel" $(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(STAMP)

clean:
	rm -rf $(VENV) build dist *.egg-info
