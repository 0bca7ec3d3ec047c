#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# Results that do not arrive are not results: a full disk, a closed pipe, no output at all.

setup() {
	load setup
	in_a_copy_of_the_suite
	[ -c /dev/full ] || skip 'needs /dev/full'
}

# Everything but `run`, which has messages of its own.
speakers=('--help' '--version' 'run --help' 'check scenarios' 'list scenarios' 'list --json scenarios' 'doctor')

# A shell that keeps the program's own status and standard error.
shell() {
	run -3 --separate-stderr bash -o pipefail -c "$1"
}

@test "a full disk behind standard output" {
	local words
	for words in "${speakers[@]}"; do
		shell "'$ipcdrill' $words >/dev/full"
		assert_equal "$stderr" 'ipcdrill: cannot write to standard output: No space left on device'
	done
	for words in pretty tap; do
		shell "'$ipcdrill' run --format $words scenarios/passes.drill >/dev/full"
		assert_equal "$stderr" 'ipcdrill run: cannot write to standard output: No space left on device'
	done
}

@test "a reader that has gone" {
	local words
	mkfifo pipe
	for words in "${speakers[@]}"; do
		# The program starts once its reader has come and gone again.
		shell "exec 3<>pipe 4>pipe 3>&-; '$ipcdrill' $words >&4"
		assert_equal "$stderr" 'ipcdrill: cannot write to standard output: Broken pipe'
	done
	for words in pretty tap; do
		shell "exec 3<>pipe 4>pipe 3>&-; '$ipcdrill' run --format $words scenarios/passes.drill >&4"
		assert_equal "$stderr" 'ipcdrill run: cannot write to standard output: Broken pipe'
	done
}

@test "standard output that is closed" {
	local words
	for words in "${speakers[@]}"; do
		shell "'$ipcdrill' $words >&-"
		assert_equal "$stderr" 'ipcdrill: cannot write to standard output: Bad file descriptor'
	done
	shell "'$ipcdrill' run scenarios/passes.drill >&-"
	assert_equal "$stderr" 'ipcdrill run: cannot write to standard output: Bad file descriptor'
}

@test "a failure that could not be shown is no reason for another status" {
	shell "'$ipcdrill' run scenarios/fails.drill >/dev/full"
	assert_equal "$stderr" 'ipcdrill run: cannot write to standard output: No space left on device'
}

@test "a run that nobody can read ends early" {
	shell "'$ipcdrill' run --format tap --repeat 100000 scenarios/passes.drill >/dev/full"
	assert_equal "$stderr" 'ipcdrill run: cannot write to standard output: No space left on device'
}

@test "closed standard streams do not mix with what is tested" {
	run -0 bash -c "'$ipcdrill' run scenarios/passes.drill scenarios/deeper <&-"
	assert_equal "${lines[-1]}" '8 passed, 0 failed, 0 skipped'
	run -0 bash -c "'$ipcdrill' run scenarios/passes.drill 2>&-"
	assert_equal "${lines[-1]}" '1 passed, 0 failed, 0 skipped'
	run -2 bash -c "'$ipcdrill' run nowhere 2>&-"
	assert_output ''
	run -0 bash -c "'$ipcdrill' run -o results scenarios/passes.drill <&- >&- 2>&-"
	assert_equal "$(tail -n 1 results)" '1 passed, 0 failed, 0 skipped'
}

@test "-o writes there and nowhere else" {
	run -1 "$ipcdrill" run -o results --format tap scenarios/fails.drill
	assert_output ''
	run -0 cat results
	assert_line --index 0 'TAP version 14'
	assert_line 'not ok 1 - fails'
}

@test "-o to a place that cannot be written" {
	run -2 "$ipcdrill" run -o nowhere/results scenarios/passes.drill
	assert_output 'ipcdrill run: cannot write nowhere/results: No such file or directory'
	run -2 "$ipcdrill" run -o scenarios scenarios/passes.drill
	assert_output 'ipcdrill run: cannot write scenarios: Is a directory'
	run -3 "$ipcdrill" run -o /dev/full scenarios/passes.drill
	assert_output 'ipcdrill run: cannot write /dev/full: No space left on device'
}

@test "-o leaves the results of before alone when there are none" {
	echo before >results
	run -2 "$ipcdrill" run -o results --only swims scenarios
	run -2 "$ipcdrill" run -o results nowhere
	run -2 "$ipcdrill" run -o results --baseline nowhere scenarios
	assert_equal "$(cat results)" before
}

@test "a limit of the size of files is an error like a full disk, also for -o" {
	run -3 bash -o pipefail -c "{ ulimit -f 0; '$ipcdrill' run -o results scenarios/passes.drill; } 2>&1 | cat"
	assert_output 'ipcdrill run: cannot write results: File too large'
	run -3 bash -o pipefail -c "{ ulimit -f 0; '$ipcdrill' list scenarios 2>&1 >results; } | cat"
	assert_output 'ipcdrill: cannot write to standard output: File too large'
}

@test "a program under faults dies of that limit as it would without us" {
	run -153 "$ipcdrill" inject 'entry read() nth 900 -> errno EIO optional' -- sh -c 'ulimit -f 0; printf x >results; echo survived >&2'
	refute_output --partial survived
}

@test "the file mode mask of the caller is not that of the scenarios" {
	local option
	[ "$(id -u)" -ne 0 ] || chmod 777 .
	chmod a+rx "$BATS_RUN_TMPDIR" "$BATS_RUN_TMPDIR/test" 2>/dev/null || true
	cp "$ipcdrill" ipcdrill
	cp "$BATS_TEST_DIRNAME/../scenarios/fifo/"*.drill .
	chmod -R a+rX .
	as_nobody test -x ./ipcdrill || skip 'an ordinary user cannot reach the directory of the tests'
	for option in '' --no-sandbox; do
		run -0 as_nobody bash -c "umask 777; TMPDIR='$BATS_TEST_TMPDIR' ./ipcdrill run $option ./*.drill"
	done
}
