#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# Endpoints that turn against their driver cost their own test, and nothing else.

bats_require_minimum_version 1.5.0

setup() {
	program=${IPCDRILL:-$BATS_TEST_DIRNAME/../build/ipcdrill}
	hostile=$BATS_TEST_DIRNAME/fixtures/hostile/kills-its-driver.drill
	export TMPDIR=$BATS_TEST_TMPDIR/scratch
	mkdir "$TMPDIR"
}

@test "in a sandbox the driver is out of reach" {
	"$program" doctor | grep -q '^sandbox *full' || skip 'no namespaces here'
	run -0 "$program" run "$hostile"
	[ "${lines[-1]}" = '3 passed, 0 failed, 0 skipped' ]
}

@test "without a sandbox the test is broken, the others run, and nothing is left" {
	run -3 "$program" run --no-sandbox --timeout-scale 0.05 -j 1 --format tap "$hostile"
	[[ $output == *'not ok 1 '*'its worker died'*'not ok 2 '*'its worker died'*$'\nok 3 '* ]]
	[ -z "$(ls -A "$TMPDIR")" ]
}

@test "how a worker died is said, also to who ignores SIGCHLD" {
	run -3 env --ignore-signal=CHLD "$program" run --no-sandbox --timeout-scale 0.05 -j 1 --format tap "$hostile"
	[[ $output == *'not ok 1 '*'its worker died: killed by SIGKILL'* ]]
}

# Not even that, if what it printed was read before it came to lock it.
costs_only_its_own_test() {
	case $status in
	0) [[ $output == *$'\nok 1 '*$'\nok 2 '* ]] ;;
	3) [[ $output == *'not ok 1 '*'its worker died: it hung'*$'\nok 2 '* ]] ;;
	*) return 1 ;;
	esac
}

@test "a program that locks what it has printed costs its own test, and nobody stays" {
	command -v python3 >/dev/null || skip 'no python3 here'
	"$program" doctor | grep -q '^sandbox *full' || skip 'no namespaces here'
	run timeout -s KILL 60 "$program" run --timeout-scale 0.2 -j 1 --format tap \
		"$BATS_TEST_DIRNAME/fixtures/hostile/printed-while-locked.drill" "$BATS_TEST_DIRNAME/../scenarios/pipe/lseek-espipe.drill"
	costs_only_its_own_test
}

@test "without a sandbox such a program does not hang the run either" {
	command -v python3 >/dev/null || skip 'no python3 here'
	run timeout -s KILL 60 "$program" run --no-sandbox --timeout-scale 0.2 -j 1 --format tap \
		"$BATS_TEST_DIRNAME/fixtures/hostile/printed-while-locked.drill" "$BATS_TEST_DIRNAME/../scenarios/pipe/lseek-espipe.drill"
	costs_only_its_own_test
	[ -z "$(ls -A "$TMPDIR")" ]
}

@test "a sweep over such a program ends by its limit" {
	command -v python3 >/dev/null || skip 'no python3 here'
	"$program" doctor | grep -q -E '^injection +(full|notify)' || skip 'calls cannot be intercepted here'
	run -3 timeout -s KILL 60 "$program" inject --sweep --timeout 2 --calls getuid -- python3 -c 'import os, socket
a, b = socket.socketpair()
os.write(1, b"ready")
os.sendfile(1, a.fileno(), None, 9)'
	[[ $output == *'the undisturbed run '* ]]
}

@test "a program that forks without end reaches its time limit, and nobody else does" {
	for sandbox in '' --no-sandbox; do
		# shellcheck disable=SC2086
		run -3 timeout -s KILL 60 "$program" run $sandbox -j 1 --format tap "$BATS_TEST_DIRNAME/fixtures/hostile/forks-without-end.drill"
		[[ $output == *'not ok 1 '*'the time limit passed before all was quiet'*$'\nok 2 '* ]]
	done
	[ -z "$(ls -A "$TMPDIR")" ]
}

@test "a sandbox whose mounts a program has changed is replaced" {
	[ "$(id -u)" -eq 0 ] || skip 'needs root'
	"$program" doctor | grep -q '^sandbox *full' || skip 'no namespaces here'
	run -3 timeout -s KILL 60 "$program" run -j 1 --format tap "$BATS_TEST_DIRNAME/fixtures/hostile/unmounts-proc.drill"
	[[ $output == *'not ok 1 '*$'\nok 2 '* ]]
}
