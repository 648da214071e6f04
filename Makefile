# The two commands a newcomer needs: `make demo` and `make test`. Both install what is missing first.
.PHONY: demo test setup setup-tests

# An embedded cluster, simulated rooms and the real pipeline, for about 30 s in the terminal.
demo: setup
	swift run -c release claimwatch demo

# Every test, those against a broker too.
test: setup setup-tests
	swift test

setup:
	@scripts/setup build

setup-tests:
	@scripts/setup tests
	@scripts/python-env
	@scripts/test-broker >/dev/null
