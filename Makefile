# Two commands do everything: « make demo » and « make test ». « make help » lists the others.
SHELL := /bin/bash
PYTHON := .venv/bin/python
STACK := $(PYTHON) -m stack
# Settings on the command line ("make demo CA3B_PORT=6000") reach the stack as environment variables.
export CA3B_ADDRESS CA3B_PORT CA3B_POSTGRES_PORT CA3B_REDIS_PORT CA3B_SOLR_PORT CA3B_STATE CA3B_EPCI CA3B_EXTRAS

.PHONY: help demo stop status logs clean test lint bench i18n

help: ## la liste des commandes
	@grep -hE '^[a-z0-9]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

demo: ## installe ce qui manque, démarre le portail de démonstration et dit où regarder
	@bash stack/bootstrap.sh "stack"
	@$(PYTHON) -m stack.demo

stop: ## arrête le portail de démonstration
	@$(STACK) down demo

status: ## dit l'état de chaque service
	@$(STACK) status demo

logs: ## suit les journaux de tous les services
	@$(STACK) logs demo

clean: ## arrête tout et supprime les données de la démonstration, des tests et des mesures
	@for name in demo test bench; do $(STACK) clean $$name; done

test: ## vérifie le code puis passe tous les tests sur des services à part
	@bash stack/bootstrap.sh "stack test lint"
	@$(MAKE) --no-print-directory lint
	@$(STACK) run test --fresh -- $(PYTHON) -m pytest $(TESTS)

lint: ## ruff, types, règles d'import, traductions
	@bash stack/bootstrap.sh "stack test lint"
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/basedpyright --level error
	.venv/bin/lint-imports
	$(PYTHON) tools/i18n.py check

bench: ## mesure chaque chiffre annoncé et l'imprime
	@bash stack/bootstrap.sh "stack test bench"
	@$(STACK) run bench -- $(PYTHON) -m bench

i18n: ## met à jour les traductions
	$(PYTHON) tools/i18n.py update
