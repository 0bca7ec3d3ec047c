#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# Scenarios with faults where faults cannot be had: skipped with the reason, never failed and never passed.

setup() {
	load setup
	scenarios=$(realpath "$BATS_TEST_DIRNAME/../scenarios/faults")
	unset IPCDRILL_SCENARIOS IPCDRILL_SETTLE
}

@test "somebody listens already: what needs a listener is skipped, what does not is run" {
	run -0 "$ipcdrill" inject -q 'entry acct() -> kill optional' -- \
		"$ipcdrill" run "$scenarios/errno-at-entry.drill" "$scenarios/optional.drill"
	assert_line --partial 'its calls have a seccomp listener already'
	assert_line '1 passed, 0 failed, 4 skipped'
}

@test "a kernel that refuses filters" {
	run -0 "$ipcdrill" inject -q --expect 4 'entry seccomp() -> errno EINVAL optional' -- \
		"$ipcdrill" run "$scenarios/errno-at-entry.drill"
	assert_line --partial 'this kernel has no seccomp notification'
	assert_line '0 passed, 0 failed, 3 skipped'
}
