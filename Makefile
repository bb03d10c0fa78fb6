# Shortcuts. The commands themselves are ./himaya up, ./himaya test and ./himaya check.
.PHONY: up test check fix drift documents lock
up test check:
	./himaya $@
fix:
	./himaya check --fix
drift:
	.venv/bin/python tools/drift.py
documents:
	.venv/bin/python tools/documents.py
lock:
	uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 requirements.in -o requirements.lock
	uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 requirements-dev.in -o requirements-dev.lock
	uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 requirements-bench.in -o requirements-bench.lock
	echo uv | uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 - -o requirements-bootstrap.lock
