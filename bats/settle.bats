#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# Who is asleep is told by the best way that the machine has. Each of the three is forced here: all scenarios in which
# somebody must sleep pass with each, on an idle machine and, but for the third, on one that is too busy.

setup() {
	bats_require_minimum_version 1.5.0
	bats_load_library bats-support
	bats_load_library bats-assert
	root=$BATS_TEST_DIRNAME/..
	ipcdrill=${IPCDRILL:-$root/build/ipcdrill}
	busy=()
	unset IPCDRILL_SETTLE
}

teardown() {
	[ "${#busy[@]}" -eq 0 ] || kill "${busy[@]}"
}

# Four endless loops a core.
keep_busy() {
	local i
	for ((i = 0; i < 4 * $(nproc); i++)); do
		while :; do :; done 3>&- &
		busy+=($!)
	done
}

# blocking DIRECTORIES: the scenario files in which a step says that somebody sleeps. The must-fail set has tests of its
# own.
blocking() {
	# shellcheck disable=SC2086
	(cd "$root/scenarios" && grep -r -l -E --include='*.drill' --exclude-dir=selftest '[):] blocks( |$)' $1) |
		sort | sed "s|^|$root/scenarios/|"
}

# passes GRADE DIRECTORIES OPTION...: all of them, and it is that grade which decided.
passes() {
	local grade=$1 files
	mapfile -t files < <(blocking "$2")
	shift 2
	[ "${#files[@]}" -ge 20 ]
	IPCDRILL_SETTLE=$grade run "$ipcdrill" run --timeout-scale 10 "$@" "${files[@]}"
	echo "$output"
	[ "$status" -eq 0 ]
	[[ ${lines[-1]} == [1-9]*' passed, 0 failed, '* ]]
	if [ "$grade" = syscall ]; then
		[[ $output != *'what is asleep was judged'* ]]
	else
		[[ $output == *"what is asleep was judged by grade '$grade'"* ]]
	fi
}

@test "the system call tells who is asleep" {
	passes syscall . --repeat 3
}

@test "the process state tells who is asleep" {
	passes stat . --repeat 3
}

@test "silence tells who is asleep" {
	passes time 'pipe fifo'
}

@test "the system call tells it on a busy machine" {
	keep_busy
	passes syscall . --repeat 2
}

@test "the process state tells it on a busy machine" {
	keep_busy
	passes stat . --repeat 2
}

@test "the option says the same as the environment, and wins" {
	IPCDRILL_SETTLE='time' run "$ipcdrill" run --settle stat "$root/scenarios/pipe/read-empty-blocks.drill"
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output == *"what is asleep was judged by grade 'stat'"* ]]
}

@test "another grade is a mistake" {
	run "$ipcdrill" run --settle guess "$root/scenarios/pipe/read-empty-blocks.drill"
	[ "$status" -eq 2 ]
	[[ $output == *guess* ]]
	IPCDRILL_SETTLE=guess run "$ipcdrill" run "$root/scenarios/pipe/read-empty-blocks.drill"
	[ "$status" -eq 2 ]
	[[ $output == *guess* ]]
}

@test "a failure says which grade told it, unless the best did" {
	run "$ipcdrill" run --settle stat "$root/scenarios/selftest/blocks-where-it-must-not.drill"
	[ "$status" -eq 1 ]
	[[ $output == *"sleep was judged by 'stat', not by the system call"* ]]
	run "$ipcdrill" run --settle syscall "$root/scenarios/selftest/blocks-where-it-must-not.drill"
	[ "$status" -eq 1 ]
	[[ $output != *'sleep was judged'* ]]
}

@test "how a child ended that another endpoint has waited for, where the kernel does not tell" {
	"$ipcdrill" doctor | grep -q -E '^injection +(full|notify|static)' || skip 'no filters here'
	run -0 "$ipcdrill" inject -q 'entry ioctl() -> errno ENOTTY optional' -- \
		"$ipcdrill" run -j 1 --only 'pidfd/waitid/*' --only 'signal/default-term*' --only 'signal/nocldwait/*'
	assert_line --partial 'this kernel does not tell how'
	assert_line --regexp '^1[0-9] passed, 0 failed, [1-3] skipped$'
}
