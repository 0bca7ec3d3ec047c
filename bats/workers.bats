#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# Who runs what: tests that mostly wait do not hold up the others. Two that meet at a FIFO, which is outside of all
# sandboxes, can only pass if they run at the same time.

bats_require_minimum_version 1.5.0

setup() {
	load "$BATS_TEST_DIRNAME/setup.bash"
	cd "$BATS_TEST_TMPDIR" || return
	mkfifo meet
	core=$(taskset -cp $$ | grep -o '[0-9]*$')
}

# meets NAME TAG COMMAND: a test that waits for the command. Nothing else could wake it: without timeout(1) it would
# fail at once.
meets() {
	cat >"$1.drill" <<-END
		ipcdrill 1
		scenario "meets another test" {
		  cite doc "fifo(7)"
		  tags $2
		  timeout 60s
		  endpoint p = program("timeout", "60", "sh", "-c", "$3")
		  run {
		    do start p
		    await p exited(0)
		  }
		}
	END
}

@test "on one core a test tagged timer waits while others run" {
	meets a timer "read line <$PWD/meet"
	meets b plain "echo hello >$PWD/meet"
	run -0 taskset -c "$core" "$ipcdrill" run a.drill b.drill
	assert_line '2 passed, 0 failed, 0 skipped'
}

@test "one without the tag holds the core" {
	meets a plain "read line <$PWD/meet"
	meets b plain "echo hello >$PWD/meet"
	run -3 taskset -c "$core" "$ipcdrill" run --timeout-scale 0.01 a.drill b.drill
}

@test "who asks for one worker gets one" {
	meets a timer "read line <$PWD/meet"
	meets b plain "echo hello >$PWD/meet"
	run -3 "$ipcdrill" run --timeout-scale 0.01 -j 1 a.drill b.drill
}

@test "who has no other work left waits, too" {
	meets a timer "read line <$PWD/meet"
	meets b timer "echo hello >$PWD/meet"
	run -0 taskset -c "$core" "$ipcdrill" run a.drill b.drill
	assert_line '2 passed, 0 failed, 0 skipped'
}
