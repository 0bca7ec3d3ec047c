# SPDX-License-Identifier: MIT
# For the tests of the command line: where the program is, and a place with scenarios of every verdict.

bats_require_minimum_version 1.5.0
bats_load_library bats-support
bats_load_library bats-assert

# shellcheck disable=SC2034
ipcdrill=$(realpath "${IPCDRILL:-$BATS_TEST_DIRNAME/../build/ipcdrill}")
fixtures=$BATS_TEST_DIRNAME/fixtures

# An empty place of its own with a copy of fixtures/suite, whose ids then begin behind "scenarios/".
in_a_copy_of_the_suite() {
	unset IPCDRILL_SCENARIOS IPCDRILL_SETTLE NO_COLOR
	cp -r "$fixtures/suite" "$BATS_TEST_TMPDIR/scenarios"
	cd "$BATS_TEST_TMPDIR" || return
}

# on_a_terminal COMMAND: what it shows there, with its status.
on_a_terminal() {
	command -v script >/dev/null || skip 'needs script(1)'
	TERM=xterm script -q -e -c "$*" /dev/null
}

# A user to whom permissions apply.
as_nobody() {
	if [ "$(id -u)" -ne 0 ]; then
		"$@"
	else
		setpriv --reuid 65534 --regid 65534 --clear-groups --inh-caps=-all "$@"
	fi
}
