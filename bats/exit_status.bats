#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# What the program tells its caller: 0 passed, 1 failed, 2 bad usage or file, 3 broken or inconclusive, 4 only skips;
# and what a baseline changes about that.

setup() {
	load setup
	in_a_copy_of_the_suite
}

# A baseline of these lines; fields parted by '|'.
baseline() {
	printf '%s\n' "$@" | tr '|' '\t' >baseline.tsv
}

@test "0: all passed, or failed as expected" {
	run -0 "$ipcdrill" run scenarios/passes.drill
	assert_equal "${lines[-1]}" '1 passed, 0 failed, 0 skipped'
	run -0 "$ipcdrill" run scenarios/deviates.drill
	assert_line '1 expected failure'
	assert_equal "${lines[-1]}" '1 passed, 0 failed, 0 skipped'
}

@test "0: some passed, some were skipped" {
	run -0 "$ipcdrill" run scenarios/passes.drill scenarios/skips.drill
	assert_equal "${lines[-1]}" '1 passed, 0 failed, 4 skipped'
}

@test "1: some failed, whatever else there was" {
	run -1 "$ipcdrill" run scenarios/fails.drill
	assert_equal "${lines[-1]}" '0 passed, 1 failed, 0 skipped'
	run -1 "$ipcdrill" run scenarios
	assert_line '1 expected failure, 1 broken, 1 inconclusive'
	assert_equal "${lines[-1]}" '9 passed, 3 failed, 4 skipped'
}

@test "1: one passed unexpectedly" {
	sed -i 's/= 4/= 5/' scenarios/deviates.drill
	run -1 "$ipcdrill" run scenarios/deviates.drill
	assert_line '1 unexpected pass'
	assert_equal "${lines[-1]}" '0 passed, 1 failed, 0 skipped'
}

@test "2: a scenario file with errors, and then nothing runs" {
	sed -i 's/write(c/wriet(c/' scenarios/fails.drill
	run -2 --separate-stderr "$ipcdrill" run scenarios
	assert_equal "$output" ''
	assert_regex "$stderr" 'scenarios/fails\.drill:11:13: error: unknown call wriet'
}

@test "2: every file with errors is heard in one run" {
	local name
	for name in passes fails skips; do
		sed -i "s/write(c/wriet(c/" "scenarios/$name.drill"
	done
	for command in run check list; do
		run -2 "$ipcdrill" "$command" nowhere scenarios
		assert_line "ipcdrill $command: nowhere: No such file or directory"
		for name in passes fails skips; do
			assert_line --regexp "^scenarios/$name\.drill:[0-9]+:[0-9]+: error: unknown call wriet"
		done
	done
}

@test "2: paths that cannot be read" {
	run -2 "$ipcdrill" run nowhere
	assert_output 'ipcdrill run: nowhere: No such file or directory'
	run -2 "$ipcdrill" run scenarios/passes.drill/below
	assert_output 'ipcdrill run: scenarios/passes.drill/below: Not a directory'
	run -2 "$ipcdrill" run ''
	assert_output "ipcdrill run: '': No such file or directory"
	mkdir empty
	touch empty/README
	run -2 "$ipcdrill" run empty
	assert_output 'ipcdrill run: empty: no scenario files (*.drill) in this directory'
	run -2 "$ipcdrill" run "$(printf 'x%.0s' {1..300})"
	assert_output --partial ': File name too long'
}

@test "2: files and directories without permission" {
	cp "$ipcdrill" program
	mkdir closed
	cp scenarios/passes.drill closed
	cp scenarios/passes.drill closed.drill
	chmod 755 "$BATS_RUN_TMPDIR" "$BATS_RUN_TMPDIR"/* "$BATS_TEST_TMPDIR"
	chmod 711 closed
	chmod 000 closed.drill
	[ "$(id -u)" -ne 0 ] || chown 65534 closed closed.drill
	as_nobody test -x program || skip 'another user cannot reach this place'
	chmod 000 closed
	run -2 as_nobody ./program run closed.drill closed
	assert_line 'ipcdrill run: closed.drill: Permission denied'
	assert_line 'ipcdrill run: closed: Permission denied'
	chmod 700 closed
}

@test "3: broken and inconclusive, but nothing failed" {
	run -3 "$ipcdrill" run scenarios/broken.drill scenarios/passes.drill
	assert_line '1 broken'
	assert_equal "${lines[-1]}" '1 passed, 1 failed, 0 skipped'
	run -3 "$ipcdrill" run scenarios/late.drill
	assert_line '1 inconclusive'
	assert_equal "${lines[-1]}" '0 passed, 1 failed, 0 skipped'
}

@test "4: nothing but skips" {
	run -4 "$ipcdrill" run scenarios/skips.drill
	assert_equal "${lines[-1]}" '0 passed, 0 failed, 4 skipped'
}

@test "a baseline makes known failures expected" {
	baseline '# known here' '' 'fails|fail|four is enough' 'bro*|broken|tidies up later' \
		'late|inconclusive|takes its time' 'skips[c=fifo]|skip|the kernel is old'
	run -0 "$ipcdrill" run --baseline baseline.tsv scenarios
	assert_line '1 failed as expected: four is enough'
	assert_line '1 failed as expected: tidies up later'
	assert_line '1 failed as expected: takes its time'
	assert_line '4 expected failures'
	assert_equal "${lines[-1]}" '12 passed, 0 failed, 4 skipped'
}

@test "a baseline that is out of date is told by what passes" {
	baseline 'passes|fail|it used to'
	run -1 "$ipcdrill" run --baseline baseline.tsv scenarios/passes.drill
	assert_output --partial 'baseline.tsv:1 says fail: it used to'
	assert_line '1 unexpected pass'
	baseline 'passes|skip|it used to'
	run -1 "$ipcdrill" run --baseline baseline.tsv scenarios/passes.drill
	assert_line '1 unexpected pass'
}

@test "a baseline excuses only the verdict that it names" {
	baseline 'fails|broken|not this'
	run -1 "$ipcdrill" run --baseline baseline.tsv scenarios/fails.drill
	baseline 'broken|fail|not this'
	run -3 "$ipcdrill" run --baseline baseline.tsv scenarios/broken.drill
}

@test "of a baseline's patterns the first that matches counts" {
	baseline 'fails|fail|the line itself' 'f*|fail|the pattern'
	run -0 "$ipcdrill" run --baseline baseline.tsv scenarios/fails.drill
	assert_line '1 failed as expected: the line itself'
}

@test "a baseline without its last newline, and with those of another system" {
	printf '# first\r\nfails\tfail\tfour is enough\r\ndeviates\tfail\tx' >baseline.tsv
	run -0 "$ipcdrill" run --baseline baseline.tsv scenarios/fails.drill
	assert_line '1 failed as expected: four is enough'
}

@test "2: bad lines of a baseline, all at once" {
	baseline 'passes' 'fails|fail' 'fails|fial|typo' 'late|pass|x' 'fails|fail|x' 'fails|fail|again' '|fail|x'
	printf 'z\0ero\n' >>baseline.tsv
	run -2 --separate-stderr "$ipcdrill" run --baseline baseline.tsv scenarios
	assert_equal "$output" ''
	run -0 cat - <<<"$stderr"
	assert_line 'baseline.tsv:1:1: error: a baseline line needs three fields'
	assert_line 'baseline.tsv:2:1: error: a baseline line needs three fields'
	assert_line 'baseline.tsv:3:7: error: fial cannot be expected'
	assert_line --partial 'did you mean fail?'
	assert_line 'baseline.tsv:4:6: error: pass cannot be expected'
	assert_line 'baseline.tsv:6:1: error: fails is listed twice, first in line 5'
	assert_line 'baseline.tsv:7:1: error: a baseline line needs three fields'
	assert_line 'baseline.tsv:8:1: error: this is not text: it contains a zero byte'
}

@test "2: a baseline's line that speaks of no test, unless it was not asked for" {
	baseline 'fails|fail|x' 'pases|fail|x' 'swims/*|skip|x'
	IPCDRILL_SCENARIOS=$PWD/scenarios run -2 "$ipcdrill" run --baseline baseline.tsv
	assert_line 'baseline.tsv:2:1: error: no test has the id pases'
	assert_line --partial 'did you mean passes?'
	assert_line 'baseline.tsv:3:1: error: no test has the id swims/*'
	refute_output --partial 'id fails'
	IPCDRILL_SCENARIOS=$PWD/scenarios run -2 "$ipcdrill" run --baseline baseline.tsv --only passes
	run -0 "$ipcdrill" run --baseline baseline.tsv scenarios/passes.drill
	baseline 'fails|fail|x'
	IPCDRILL_SCENARIOS=$PWD/scenarios run -0 "$ipcdrill" run --baseline baseline.tsv --only passes
}

@test "2: a baseline that cannot be read" {
	run -2 "$ipcdrill" run --baseline nowhere scenarios
	assert_output 'ipcdrill run: nowhere: No such file or directory'
	run -2 "$ipcdrill" run --baseline scenarios scenarios
	assert_output 'ipcdrill run: scenarios: Is a directory'
}
