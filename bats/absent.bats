#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# What this kernel was built without: a skip with its name. A kernel without the call is made with a fault from outside.

setup() {
	load setup
	cd "$BATS_TEST_TMPDIR" || return
	unset IPCDRILL_SCENARIOS IPCDRILL_SETTLE NO_COLOR
}

# run_without CALLS ARGUMENT...: `ipcdrill run` where these calls fail with ENOSYS.
run_without() {
	local calls=$1
	shift
	"$ipcdrill" inject "entry $calls() -> errno ENOSYS optional" -- "$ipcdrill" run "$@" 2>&1
}

@test "a step whose call the kernel has not is skipped, and the call named" {
	run -4 run_without timerfd_create "$fixtures/absent/timer.drill"
	assert_output --partial 'this kernel has no timerfd_create(2)'
	assert_output --partial '0 passed, 0 failed, 1 skipped'
}

@test "so is a kind of socket" {
	run -4 "$ipcdrill" inject 'entry socket() -> errno EAFNOSUPPORT optional' -- "$ipcdrill" run "$fixtures/absent/socket.drill" 2>&1
	assert_output --partial 'this kernel has no socket(2) as in socket(AF_UNIX, SOCK_STREAM)'
	run -0 "$ipcdrill" run "$fixtures/absent/socket.drill"
}

@test "ENOSYS that a fault of the scenario ordered is a failure" {
	run -1 "$ipcdrill" run "$fixtures/absent/ordered.drill"
	assert_output --partial 'timerfd_create failed: ENOSYS'
}

@test "--no-skips counts what was skipped as failed" {
	run -1 "$ipcdrill" run --no-skips "$fixtures/suite/skips.drill"
	assert_line --regexp '^0 passed, 0 failed, [1-9][0-9]* skipped$'
	run -0 "$ipcdrill" run --no-skips "$fixtures/suite/passes.drill"
}

@test "requires mechanism() knows what a program would need" {
	run -4 run_without mq_unlink "$fixtures/absent/program.drill"
	assert_output --partial 'posix_mq is not available'
	run -0 "$ipcdrill" run "$fixtures/absent/program.drill"
	run -2 "$ipcdrill" check "$fixtures/absent/misspelt"
	assert_output --partial 'there is no mechanism posix_mk'
	assert_output --partial 'posix_mq'
}

@test "faults need no process_vm_readv(2): there is /proc/PID/mem" {
	run -0 run_without 'process_vm_readv|process_vm_writev' "$BATS_TEST_DIRNAME/../scenarios/faults/eintr-connect.drill"
	assert_output --partial ' 0 failed, 0 skipped'
}

@test "nor memfd_create(2)" {
	run -0 run_without memfd_create "$BATS_TEST_DIRNAME/../scenarios/faults/eintr-connect.drill"
	assert_output --partial ' 0 failed, 0 skipped'
}

@test "a grandchild is signalled and its death seen without pidfds" {
	run_without 'pidfd_open|pidfd_send_signal|pidfd_getfd' "$BATS_TEST_DIRNAME/../scenarios/flock/fork.drill" >out || [ $? -eq 4 ]
	run cat out
	assert_output --partial ' 0 failed, '
}

@test "inject needs no room in files for its filter" {
	run -0 bash -c "ulimit -f 0; exec $ipcdrill inject 'entry write(size > 3) nth 1 -> errno EIO optional' -- true"
}
