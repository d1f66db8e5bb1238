# The few commands. Each sets up what is missing first (course/bootstrap.py); a second time that takes no time.
# Another Python: make run PYTHON=/path/to/python3.12 · more arguments: make test ARGS="tests/course -x"

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BOOTSTRAP = @test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed, and none was found: install python3.11."; exit 2; }; \
	exec $(PYTHON) -m course.bootstrap

.DEFAULT_GOAL := help
.PHONY: help setup run test quick proof sandbox lab grade check

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## environment, models and pages from a bare checkout; every other command begins with it
	$(BOOTSTRAP) setup

run: ## the course and the sandbox, for one learner; prints the address
	$(BOOTSTRAP) run $(ARGS)

test: ## the whole test suite, browser tests included
	$(BOOTSTRAP) test $(ARGS)

quick: ## the tests that take no time
	$(BOOTSTRAP) quick $(ARGS)

proof: ## the whole product's promises, as tests: nothing leaves, nothing is kept, nobody gets in, it stays up
	$(BOOTSTRAP) proof $(ARGS)

sandbox: ## the labs alone, for many visitors: no modules, nothing written
	$(BOOTSTRAP) sandbox $(ARGS)

lab: ## JupyterLab with nbgrader's formgrader, for instructors and authors; prints the address
	$(BOOTSTRAP) lab $(ARGS)

grade: ## collect, autograde, feedback, release feedback
	$(BOOTSTRAP) grade $(ARGS)

check: ## formatting, types, layout and content
	$(BOOTSTRAP) check
