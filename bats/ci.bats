#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# The scripts of ci/ end, say what is wrong, and leave nothing behind.

setup() {
	load setup
	ci=$BATS_TEST_DIRNAME/../ci
	cd "$BATS_TEST_TMPDIR" || return
	mkdir bin
	PATH=$PWD/bin:$PATH
}

# fake NAME TEXT: a command in the place of another.
fake() {
	printf '#!/bin/sh\n%s\n' "$2" >"bin/$1"
	chmod +x "bin/$1"
}

@test "deps.sh installs nothing for somebody who asked for something else" {
	run -2 "$ci/deps.sh" --lst
	assert_output 'deps: --lst: what is that? usage: ci/deps.sh [--list]'
	run -2 "$ci/deps.sh" --list all
	run -0 "$ci/deps.sh" --list
	assert_line bison
}

@test "check.sh leaves the number of jobs to a make that has decided" {
	fake my-make 'echo "$@" >&2'
	MAKE=my-make JOBS='' run "$ci/check.sh" build
	assert_line '--no-print-directory -s all tests'
	MAKE=my-make JOBS=-j7 run "$ci/check.sh" build
	assert_line '--no-print-directory -s -j7 all tests'
	unset JOBS
	MAKE=my-make run "$ci/check.sh" build
	assert_line --regexp '^--no-print-directory -s -j[0-9]+ all tests$'
}

@test "kernels.sh waits for no kernel for ever, and makes the directory for what they print" {
	for needed in cpio busybox; do
		command -v "$needed" >/dev/null || skip "needs $needed"
	done
	[ -x "$ci/../build/ipcdrill" ] || skip 'needs a build'
	fake qemu-system-x86_64 'exec tail -f /dev/null'
	run -1 "$ci/kernels.sh" --limit 1 --keep kept/here vmlinuz
	assert_output --regexp '^vmlinuz +ended before it was done$'
	assert [ -e kept/here/1.log ]
}

@test "minimal.sh leaves nothing behind where debootstrap fails" {
	[ "$(id -u)" -eq 0 ] || skip 'needs root'
	command -v apt-get >/dev/null || skip 'needs apt'
	fake debootstrap 'echo "$3" >"$(dirname "$0")/../root"; echo no such mirror; exit 1'
	run -1 "$ci/minimal.sh"
	assert_line 'no such mirror'
	run -0 cat root
	assert_regex "$output" '^/.+/ipcdrill-minimal\.'
	refute [ -e "$output" ]
	refute [ -e "$output.log" ]
}
