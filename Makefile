# Two commands are all most people need: `make run` and `make test`. `make help` lists the others.

PYTHON ?= python3.11
TORCH := torch==2.13.0
# Ordinary Linux machines get torch with CUDA (gigabytes); TORCH_BACKEND=cpu gets the small build instead.
TORCH_BACKEND ?=
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
LOCK := requirements.lock
READY := $(VENV)/.ready
PEERS := .venv-peers
PEERS_READY := $(PEERS)/.ready
NOT_IN_LOCK := $(addprefix --no-emit-package ,torch triton cuda-bindings cuda-pathfinder cuda-toolkit \
	nvidia-cublas nvidia-cuda-cupti nvidia-cuda-nvrtc nvidia-cuda-runtime nvidia-cudnn-cu13 nvidia-cufft \
	nvidia-cufile nvidia-curand nvidia-cusolver nvidia-cusparse nvidia-cusparselt-cu13 nvidia-nccl-cu13 \
	nvidia-nvjitlink nvidia-nvshmem-cu13 nvidia-nvtx)

.DEFAULT_GOAL := help
.PHONY: help setup run demo test test-faults check index evaluate benchmark peers lock clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(READY) ## make .venv and install what the lock pins

run: setup ## set up, build the index if there is no current one, and serve the assistant
	@$(BIN)/python build_index.py check --quick >/dev/null 2>&1 || $(BIN)/python build_index.py
	@$(BIN)/python app.py

demo: setup ## serve the assistant, and beside it a partner's page that embeds it
	@$(BIN)/python build_index.py check --quick >/dev/null 2>&1 || $(BIN)/python build_index.py
	@$(BIN)/python demo/serve.py

test: setup ## set up and run every test, with the real model and in a real browser
	@PYTHONPATH=tests $(BIN)/python tests/web/install_browser.py
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile

test-faults: setup ## kill, damage and starve builds in their thousands (minutes)
	$(BIN)/python -m pytest -m faults -rP

check: setup ## lint, format, types and import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

index: setup ## build the index from the corpus and publish it
	$(BIN)/python build_index.py

evaluate: setup ## ask the corpus' golden questions and print the figures
	$(BIN)/python -m assistant.evaluation golden

benchmark: setup ## print start-up, question and build times and peak memory
	PYTHONPATH=. $(BIN)/python benchmarks/speed.py

peers: setup $(PEERS_READY) ## compare with BM25, txtai and Haystack: make peers SETS="DIR DIR ..."
	$(BIN)/python -m benchmarks.peers.compare --peers $(PEERS)/bin/python $(SETS)

lock: setup ## pin all dependencies again after a change to pyproject.toml
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
		--no-header --no-annotate --quiet $(NOT_IN_LOCK) --output-file $(LOCK)

clean: ## remove the environments; the next command makes them again
	rm -rf $(VENV) $(PEERS)

install_torch = $(if $(TORCH_BACKEND), \
	$(1)/python -m pip --disable-pip-version-check install --quiet uv==0.13.9 && \
	$(1)/uv pip install --python $(1)/python --torch-backend $(TORCH_BACKEND) '$(TORCH)', \
	$(1)/python -m pip --disable-pip-version-check install --quiet '$(TORCH)')

# torch first, by itself: its build differs by machine, and whatever else needs it must find this one.
$(READY): $(LOCK) Makefile
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) was not found: install Python 3.11 or newer, or name it: make run PYTHON=python3" >&2; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(call install_torch,$(BIN))
	$(PIP) install --quiet --require-hashes --no-deps --requirement $(LOCK)
	@touch $@

# The peers stay out of the assistant's environment: none of what they pull in is a dependency of ours.
$(PEERS_READY): benchmarks/peers/requirements.txt Makefile
	test -x $(PEERS)/bin/python || $(PYTHON) -m venv $(PEERS)
	$(call install_torch,$(PEERS)/bin)
	$(PEERS)/bin/python -m pip --disable-pip-version-check install --quiet --requirement $<
	@touch $@
