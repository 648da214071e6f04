# The two commands a new user needs: `make demo` and `make test`.
.PHONY: demo test setup

setup:
	@scripts/setup

test: setup
	swift test

demo: setup
	swift run -c release claimwatch demo
