# SPDX-License-Identifier: MIT
# For your own bats files: run scenarios as tests. Load it with
#   load /usr/local/share/ipcdrill/ipcdrill.bash
#
#   @test "our server survives its clients" {
#     ipcdrill_run scenarios/server.drill
#     ipcdrill_passed
#   }
#
# IPCDRILL names the program; by default it is looked for in PATH.

# ipcdrill_run ARGUMENT...: `ipcdrill run` with these, as TAP. Leaves status and output as bats' run does, and
# in ipcdrill_ok, ipcdrill_not_ok and ipcdrill_skipped how many tests ended so.
ipcdrill_run() {
	run "${IPCDRILL:-ipcdrill}" run --format tap "$@"
	ipcdrill_skipped=$(grep -c -i '^ok .* # skip' <<<"$output") || true
	ipcdrill_ok=$(($(grep -c '^ok ' <<<"$output") - ipcdrill_skipped)) || true
	ipcdrill_not_ok=$(grep -c '^not ok ' <<<"$output") || true
}

# All that ran passed, and something ran. Otherwise shows what ipcdrill said.
ipcdrill_passed() {
	if [ "$status" -eq 0 ] && [ "$ipcdrill_ok" -gt 0 ]; then
		return 0
	fi
	echo "$output"
	echo "ipcdrill: exit status $status, $ipcdrill_ok passed, $ipcdrill_not_ok failed, $ipcdrill_skipped skipped"
	return 1
}

# ipcdrill_failed PATTERN: some test failed, and what was said of it matches the extended regular expression.
ipcdrill_failed() {
	if [ "$status" -eq 1 ] && [ "$ipcdrill_not_ok" -gt 0 ] && grep -q -E -e "${1:-.}" <<<"$output"; then
		return 0
	fi
	echo "$output"
	echo "ipcdrill: exit status $status, expected a failure that says: ${1:-anything}"
	return 1
}

# Skips the bats test if ipcdrill ran nothing but skips, with the first reason.
ipcdrill_skip_if_skipped() {
	if [ "$status" -eq 4 ]; then
		skip "$(sed -n 's/^ok .* # [Ss][Kk][Ii][Pp] *//p' <<<"$output" | head -n 1)"
	fi
}
