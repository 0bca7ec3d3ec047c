#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# The must-fail set: each scenario of scenarios/selftest wants something wrong, in a line that says how that must be
# reported: `# VERDICT: REASON`, where * in the reason is any text. A verdict on the scenario as a whole is in its first
# line.

setup() {
	root=$BATS_TEST_DIRNAME/..
	ipcdrill=${IPCDRILL:-$root/build/ipcdrill}
	selftest=$root/scenarios/selftest
	unset IPCDRILL_SETTLE IPCDRILL_SCENARIOS
}

# expected FILE: line, verdict and reason that it announces.
expected() {
	local marked
	marked=$(grep -n -E '# (fail|broken|inconclusive|unexpected pass): ' "$1")
	[ "$(wc -l <<<"$marked")" -eq 1 ] || { echo "$1: not one announcement but: $marked"; return 1; }
	line=${marked%%:*}
	marked=${marked##*# }
	verdict=${marked%%: *}
	reason=${marked#*: }
}

# field NAME: of the YAML block in output, without quotes and escapes.
field() {
	sed -n "s/^  $1: //p" <<<"$output" | sed 's/^"\(.*\)"$/\1/; s/\\\(["\\]\)/\1/g'
}

# Against what the file announces: the exit status, and what TAP says.
reported_in_tap() {
	local wanted=1
	case $verdict in broken | inconclusive) wanted=3 ;; esac
	# shellcheck disable=SC2053
	[ "$status" -eq "$wanted" ] && grep -q '^not ok 1 - ' <<<"$output" &&
		[ "$(field verdict)" = "$verdict" ] && [ "$(field line)" = "$line" ] && [[ $(field message) == $reason ]]
}

# check_all OPTION...: runs every file alone, so that each has its own exit status.
check_all() {
	local file wrong=0 count=0
	for file in "$selftest"/*.drill; do
		expected "$file"
		run "$ipcdrill" run --format tap "$@" "$file"
		count=$((count + 1))
		reported_in_tap && continue
		wrong=$((wrong + 1))
		printf '%s:%s: must be reported as %s: %s\n' "$file" "$line" "$verdict" "$reason"
		printf 'exit status %s\n%s\n' "$status" "$output"
	done
	[ "$count" -ge 30 ]
	[ "$wrong" -eq 0 ]
}

@test "each is reported as what it is" {
	check_all
}

@test "each is reported as what it is without a sandbox" {
	check_all --no-sandbox
}

@test "each is reported as what it is where the system call tells who is asleep" {
	check_all --settle syscall
}

@test "each is reported as what it is where the process state tells who is asleep" {
	check_all --settle stat
}

@test "each is reported as what it is where silence tells who is asleep" {
	check_all --settle time
}

@test "a person is shown the place, the line and the reason" {
	local file wrong=0 name
	for file in "$selftest"/*.drill; do
		expected "$file"
		run "$ipcdrill" run "$file"
		name=selftest/$(basename "$file" .drill)
		# shellcheck disable=SC2053
		if [[ ${lines[0]} == "${verdict^^} $name ($file"* && $output == *$'\n  '$reason$'\n'* &&
			${lines[-1]} == '0 passed, 1 failed, 0 skipped' ]]; then
			# The scenario's own line is not shown for what concerns all of it.
			[[ $(sed -n "${line}p" "$file") == scenario* || ${lines[0]} == *"($file:$line:"* ]] && continue
		fi
		wrong=$((wrong + 1))
		printf '%s:%s: must be shown as %s: %s\n%s\n' "$file" "$line" "$verdict" "$reason" "$output"
	done
	[ "$wrong" -eq 0 ]
}

@test "run without arguments leaves them out" {
	run "$ipcdrill" list
	[ "$status" -eq 0 ]
	[[ $output == *pipe/* ]]
	[[ $output != *selftest/* ]]
	run "$ipcdrill" run --only 'selftest/*'
	[ "$status" -eq 2 ]
}

@test "all together they fail" {
	run "$ipcdrill" run "$selftest"
	[ "$status" -eq 1 ]
	[[ ${lines[-1]} == '0 passed, '*' failed, 0 skipped' ]]
}

@test "with their baseline they come to what is expected" {
	run "$ipcdrill" run --baseline "$selftest/baseline" "$selftest"
	echo "$output"
	[ "$status" -eq 0 ]
	[[ ${lines[-1]} == *' passed, 0 failed, 0 skipped' ]]
}

@test "a baseline excuses no other verdict than its own" {
	sed 's/\tbroken\t/\tfail\t/' "$selftest/baseline" >"$BATS_TEST_TMPDIR/baseline"
	run "$ipcdrill" run --baseline "$BATS_TEST_TMPDIR/baseline" "$selftest"
	[ "$status" -eq 3 ]
	[[ $output == *'BROKEN selftest/leaves-a-file-behind'* ]]
}
