#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# A limit of the machine is a skip with its reason: never a failure, never a pass.

bats_require_minimum_version 1.5.0

setup() {
	program=${IPCDRILL:-$BATS_TEST_DIRNAME/../build/ipcdrill}
	[ "$(cat /proc/sys/fs/pipe-max-size)" -lt 1073741824 ] || skip 'this machine allows it'
	"$program" doctor --probes | grep -q '^cap_sys_resource *0' || skip 'CAP_SYS_RESOURCE may exceed the limit'
}

@test "a channel that the machine refuses is skipped" {
	run -4 "$program" run "$BATS_TEST_DIRNAME/fixtures/limits"
	[[ $output == *'cannot make channel c, a pipe: Operation not permitted'* ]]
	[ "${lines[-1]}" = '0 passed, 0 failed, 1 skipped' ]
}
