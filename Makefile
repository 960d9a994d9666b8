# Everything runs in an environment of its own; `make` targets set it up when it is missing or outdated.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: fit mutation setup audit test check format lock clean fuzz peers bench guard series-report fuzz-files formats corpus corpus-trial scaling

setup: $(READY)

$(READY): pyproject.toml requirements.lock
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

# The samples contradict each other on purpose, so exit status 1 is the expected end of this run.
audit: $(READY)
	$(BIN)/heshu audit corpus/samples -o heshu-audit --fail-on never

# Every indicator that runs through several reports of a folder, for a person to judge: make series-report REPORTS=folder
REPORTS ?= corpus/samples
series-report: $(READY)
	$(BIN)/heshu series $(REPORTS)

test: $(READY)
	$(BIN)/python -m pytest

# The checkout is the package, whatever its folder is called; the link gives it its name.
check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	mkdir -p $(VENV)/types && ln -sfn "$(CURDIR)" $(VENV)/types/heshu
	MYPYPATH=$(VENV)/types $(BIN)/mypy

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Versions and hashes of everything that is installed, development tools included (setuptools, which builds the
# package here, comes in with spaCy). Made in an environment of its own, with the oldest Python that is supported.
lock:
	$(PYTHON) -m venv $(VENV)-lock
	$(VENV)-lock/bin/pip install --quiet pip-tools
	$(VENV)-lock/bin/pip-compile --quiet --upgrade --extra dev --generate-hashes --allow-unsafe --strip-extras \
		--no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-annotate --no-header \
		--output-file requirements.lock pyproject.toml
	rm -rf $(VENV)-lock

# Damaged and made-up texts for that many seconds; before that, every day of the Minguo years 1 to 200 in all notations.
SECONDS ?= 600
fuzz: $(READY)
	$(BIN)/python benchmarks/fuzz.py $(SECONDS) --years 1 200

# The sample reports in all formats that LibreOffice writes, and how many of their facts are the same.
formats: $(READY)
	$(BIN)/python benchmarks/formats.py

# So many damaged files for every reader of a format: each is read or refused.
FILES ?= 10000
fuzz-files: $(READY)
	$(BIN)/python benchmarks/fuzz_files.py $(FILES)

# Other libraries, in an environment of their own, on the same annotated reports.
peers: $(READY)
	$(BIN)/python benchmarks/peers.py

# No pattern's time more than triples when its text is doubled.
guard: $(READY)
	$(BIN)/python benchmarks/guard.py

bench: $(READY)
	$(BIN)/python benchmarks/bench.py

# How many changes of a single digit the audit notices; ARGS="--gold DIR --reports DIR" for annotated reports of one's own.
mutation: $(READY)
	$(BIN)/python benchmarks/mutation.py $(ARGS)
	$(BIN)/python benchmarks/mutation_across.py

# Time and memory a report over more reports and processes, as ratios; ARGS="--jobs 2 --fail" on a machine that does nothing else.
scaling: $(READY)
	$(BIN)/python benchmarks/scaling.py $(ARGS)

# N made-up reports with known contradictions, and their list: make corpus N=10000 OUT=folder. corpus-trial audits them, too,
# and tells what was found and what else was said.
N ?= 200
OUT ?= made-corpus
corpus: $(READY)
	$(BIN)/python benchmarks/corpus.py make $(N) $(OUT)

corpus-trial: $(READY)
	$(BIN)/python benchmarks/corpus.py trial $(N) $(OUT)

clean:
	rm -rf $(VENV) heshu-audit build dist *.egg-info

# The weights of words and layout in rules/weights.toml, and those of a figure's period in rules/dating.toml;
# ARGS="--gold DIR --reports DIR" for annotated reports of one's own.
fit: $(READY)
	$(BIN)/python benchmarks/fit.py $(ARGS) --write
	$(BIN)/python benchmarks/fit_periods.py $(ARGS) --write
