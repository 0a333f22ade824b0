# make alone lists the targets.
PYTHON ?= python3
PY := .venv/bin/python
OUT := build/demo
ARTICLE := examples/article.csv

.DEFAULT_GOAL := help
.PHONY: help setup demo test prove mutate index wheelhouse smoke reproduce randomization fuzz bench lint coverage clean

help: ## this list
	@grep -hE '^[a-z]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 12

setup: .venv/.complete ## create .venv from the lock file

.venv/.complete: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed: make PYTHON=python3.11" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv --clear .venv
	$(PY) -m pip install --quiet --disable-pip-version-check $(if $(WHEELS),--no-index --find-links "$(WHEELS)") --require-hashes -r requirements.lock
	@touch $@

demo: setup ## the article's nine points: construct, z3, certify, re-verify
	@mkdir -p $(OUT)
	@printf '\n== The construction of the paper, with the projection of its program: every printed digit of the article\n\n'
	$(PY) -m symbolic construct $(ARTICLE) --widths 3,3 --method inoue --projection article -o $(OUT)/inoue.json
	$(PY) -m checker inspect $(OUT)/inoue.json
	@printf '\n== The same points, our construction: far smaller numbers\n\n'
	$(PY) -m symbolic construct $(ARTICLE) --widths 3,3 -o $(OUT)/network.json
	$(PY) -m checker inspect $(OUT)/network.json
	@printf '\n== z3 refutes the negation of every statement about this network\n\n'
	$(PY) -m proofs instance $(OUT)/network.json $(ARTICLE)
	@printf '\n== The judge, standard library alone, certifies error 0, exactly; anybody can verify the certificate\n\n'
	$(PY) -E -S -m checker certify $(OUT)/network.json $(ARTICLE) -o $(OUT)/certificate.json
	$(PY) -E -S -m checker verify $(OUT)/certificate.json $(OUT)/network.json $(ARTICLE)
	@printf '\n== One digit of one weight changed (the last bias, 16 to 15): refuted\n\n'
	sed 's/"bias":\["16"\]/"bias":["15"]/' $(OUT)/network.json > $(OUT)/changed.json
	$(PY) -m checker certify $(OUT)/changed.json $(ARTICLE); test $$? -eq 1

test: setup ## the whole test suite
	$(PY) -m pytest

prove: setup ## every statement for all widths: z3 and cvc5, then models, ablations, negated goals
	$(PY) -m proofs prove --solver both
	$(PY) -m proofs honesty

mutate: setup ## mutate every statement and definition; the kill list goes to build/kill-list.txt (long)
	@mkdir -p build
	$(PY) -m proofs mutate > build/kill-list.txt; code=$$?; head -1 build/kill-list.txt; exit $$code

index: setup ## write proofs/README.md, theorem3.md (the proof, for reading) and graph.svg anew
	@mkdir -p build
	$(PY) -m proofs readme > build/README.md && mv build/README.md proofs/README.md
	$(PY) -m proofs document theorem3 > build/theorem3.md && mv build/theorem3.md proofs/theorem3.md
	$(PY) -m proofs graph > build/graph.svg && mv build/graph.svg proofs/graph.svg

wheelhouse: setup ## download every package to wheelhouse/; then, without a network: make setup WHEELS=wheelhouse
	$(PY) -m pip download --quiet --disable-pip-version-check --require-hashes -r requirements.lock -d wheelhouse

smoke: setup ## the quick claims of CLAIMS.md (about two minutes)
	$(PY) -m reproduction --smoke

reproduce: setup ## every claim of CLAIMS.md, in order; report in reproduction/report.html
	$(PY) -m reproduction

randomization: setup ## train the randomization tests, audit every network exactly; report in build/randomization (minutes)
	$(PY) -m examples.randomization -o build/randomization

fuzz: setup ## coverage-guided fuzzing of every reader, SECONDS=60 each (installs atheris into .venv)
	$(PY) -m pip install --quiet --disable-pip-version-check atheris==3.0.0
	set -e; for suffix in .json .json.gz .csv .csv.gz .npz .onnx .safetensors .parquet; do \
		$(PY) -m fuzz.readers $$suffix -max_total_time=$(or $(SECONDS),60) -max_len=4096; done

bench: setup ## all figures anew, into benchmarks/RESULTS.md (minutes; PROGRAM=NNH2.py adds the published program)
	$(PY) -m benchmarks.published $(if $(PROGRAM),--program "$(PROGRAM)" $(SIZES)) -o benchmarks/RESULTS.md
	$(PY) -m benchmarks.ways -o benchmarks/RESULTS.md
	$(PY) -m benchmarks.growth --instructions -o benchmarks/RESULTS.md
	$(PY) -m benchmarks.constructions --plot benchmarks/constructions.svg -o benchmarks/RESULTS.md
	$(PY) -m benchmarks.float64_rate -o benchmarks/RESULTS.md
	$(PY) -m benchmarks.encodings -o benchmarks/RESULTS.md

lint: setup ## style, and strict types in checker/: ruff, mypy
	.venv/bin/ruff format --check . && .venv/bin/ruff check . && .venv/bin/mypy

coverage: setup ## which branches of the judge its tests take
	@mkdir -p build
	.venv/bin/coverage run -m pytest -n 0 $(patsubst %,tests/checker/test_%.py,judge claims network convolution dataset rational)
	.venv/bin/coverage report --show-missing

clean: ## remove what the other targets made
	rm -rf .venv build wheelhouse
