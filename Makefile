# make run    set up and run the main job on corpus/dumps
# make test   set up and run the tests
# make check  set up and run lint and types
# make fuzz   10,000 mutated dumps with a fixed seed
# make faults kill runs at every write, fill the disk, break writes, run twice at once (SAMPLE=30 tries some of them)
# make bench  articles a second, seconds a stage, memory, against the bare model (ARTICLES="1000" for one size)

PYTHON ?= python3
DUMPS ?= corpus/dumps
OUT ?= outputs
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: run test check fuzz faults bench clean

run: $(STAMP)
	$(BIN)/carefeed run $(DUMPS) --out $(OUT)

test: $(STAMP)
	$(BIN)/python -m pytest -n auto

check: $(STAMP)
	$(BIN)/ruff check pipeline tests
	$(BIN)/ruff format --check pipeline tests
	$(BIN)/mypy pipeline

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
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(STAMP)

clean:
	rm -rf $(VENV) build dist *.egg-info
