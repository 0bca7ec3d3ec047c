#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# ipcdrill run when it is interrupted: what came of the tests so far is said, and nothing stays.

setup() {
	load setup
	cd "$BATS_TEST_TMPDIR" || return
	export TMPDIR=$BATS_TEST_TMPDIR/scratch
	mkdir "$TMPDIR"
	mkfifo here there
	# Who opens them to write never waits: nothing would wake it, and then its test is over.
	exec 8<>here 9<>there
	waiter="$BATS_TEST_TMPDIR/waits $$"
}

# scenario TITLE VERDICT: one that passes or fails at once, or says that it is here and waits.
scenario() {
	local steps="e: getpid() $2"
	local endpoint='endpoint e'
	if [ "$2" = waits ]; then
		endpoint="endpoint e = program(\"sh\", \"-c\", \"echo $1 >'$BATS_TEST_TMPDIR/here'; exec tail -f /dev/null\", \"$waiter\")"
		steps=$'do start e\n    await e exited(0)'
	fi
	printf 'scenario "%s" {\n  cite doc "no" "no"\n  timeout 100s\n  %s\n\n  run {\n    %s\n  }\n}\n' "$1" "$endpoint" "$steps"
}

# drill TITLE VERDICT ...: such a file.
drill() {
	printf 'ipcdrill 1\n\n'
	while [ $# -gt 0 ]; do
		scenario "$1" "$2"
		shift 2
	done
}

# interrupt WHO SIGNAL ARGUMENT...: sends it to a run, or to its group, once a test waits; its output and status.
interrupt() {
	local who=$1 signal=$2 title is_told_there
	is_told_there=$(grep -s "/there'" a.drill) || true
	shift 2
	env --default-signal=INT,TERM,HUP setsid "$ipcdrill" run "$@" 3>&- &
	read -r -t 60 title <&8
	[ -z "$is_told_there" ] || read -r -t 60 title <&9
	kill -s "$signal" -- "${who/group/-}$!"
	wait $!
}

leaves_nothing() {
	assert_equal "$(ls -A "$TMPDIR")" ''
	command -v pgrep >/dev/null || skip 'needs pgrep'
	while pgrep -f -- "$waiter" >/dev/null; do :; done
}

@test "an interrupted run says what came of the tests so far, and ends by the signal" {
	drill first '= e' second waits third '= e' >a.drill
	for options in '' --no-sandbox; do
		for signal in INT TERM HUP; do
			run "-$((128 + $(kill -l $signal)))" interrupt '' $signal $options -j 1 a.drill
			assert_line "2 of 3 not run: interrupted by SIG$signal"
			assert_line '1 passed, 0 failed, 0 skipped'
		done
	done
	run -143 interrupt '' TERM --format tap -j 1 a.drill
	assert_line 'ok 1 - a/first'
	assert_line '# 1 passed, 0 failed, 0 skipped'
	assert_line 'Bail out! interrupted by SIGTERM'
	leaves_nothing
}

@test "an interrupted run says what has failed, also behind a test that is not over" {
	{ drill waiting waits failing '= EAGAIN'; scenario second waits | sed s:/here:/there:; } >a.drill
	run -143 interrupt '' TERM -j 2 a.drill
	assert_line --regexp '^FAIL a/failing '
	assert_line '2 of 3 not run: interrupted by SIGTERM'
	assert_line '0 passed, 1 failed, 0 skipped'
	leaves_nothing
}

@test "who interrupts the whole job interrupts no test" {
	drill first '= e' second waits >a.drill
	for options in '' --no-sandbox; do
		run -143 interrupt group TERM $options -j 1 a.drill
		assert_line '1 of 2 not run: interrupted by SIGTERM'
		assert_line '1 passed, 0 failed, 0 skipped'
		refute_output --partial 'died'
	done
	leaves_nothing
}
