#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# What can be asked for on the command line, and what is said to those who ask for something else.

setup() {
	load setup
	in_a_copy_of_the_suite
}

# The options that a help text names: --one --two ...
options_of() {
	sed -n 's/^ \{2,6\}\(-., \)\?\(--[a-z-]*\).*/\2/p' <<<"$1"
}

# Of a report in TAP, in its order.
ids() {
	sed -n 's/^\(not \)\?ok [0-9]* - \([^ ]*\).*/\2/p' <<<"$output"
}

@test "without a command the usage is shown, and is a mistake" {
	run -2 --separate-stderr "$ipcdrill"
	assert_equal "$output" ''
	assert_regex "$stderr" '^usage: ipcdrill COMMAND'
}

@test "--help and --version of the program and of every command" {
	local command
	run -0 --separate-stderr "$ipcdrill" --help
	assert_equal "$stderr" ''
	assert_line --index 0 --regexp '^usage: ipcdrill '
	for command in check coverage describe doctor inject list run; do
		assert_line --regexp "^  $command +[a-z]"
	done
	run -0 "$ipcdrill" --version
	assert_output --regexp '^ipcdrill [0-9]+\.[0-9]+\.[0-9]+$'
	version=$output
	for command in check coverage describe doctor inject list run; do
		run -0 --separate-stderr "$ipcdrill" "$command" --help
		assert_line --index 0 --regexp "^usage: ipcdrill $command"
		assert_equal "$stderr" ''
		run -0 "$ipcdrill" "$command" --version
		assert_output "$version"
	done
	run -0 "$ipcdrill" run -j 2 scenarios --help
	assert_line --index 0 --regexp '^usage: ipcdrill run'
}

@test "every option that a help text names is known" {
	local command option
	for command in check coverage describe doctor inject list run; do
		run -0 "$ipcdrill" "$command" --help
		for option in $(options_of "$output"); do
			case $option in --help | --version) continue ;; esac
			run "$ipcdrill" "$command" "$option=" nowhere
			refute_output --partial 'unknown option'
		done
	done
}

@test "unknown commands and options, with what was probably meant" {
	run -2 "$ipcdrill" rnu
	assert_output 'ipcdrill: unknown command rnu; did you mean run?'
	run -2 "$ipcdrill" swim
	assert_output 'ipcdrill: unknown command swim; see ipcdrill --help'
	run -2 "$ipcdrill" --quiet
	assert_output 'ipcdrill: unknown option --quiet; see ipcdrill --help'
	run -2 "$ipcdrill" run --fomat tap
	assert_output 'ipcdrill run: unknown option --fomat; did you mean --format?'
	run -2 "$ipcdrill" run --swim=3
	assert_output 'ipcdrill run: unknown option --swim; see ipcdrill run --help'
	run -2 "$ipcdrill" run -x
	assert_output 'ipcdrill run: unknown option -x; see ipcdrill run --help'
	run -2 "$ipcdrill" run --t 3
	assert_output 'ipcdrill run: option --t could be several; write it out'
	run -2 "$ipcdrill" check --only x
	assert_output 'ipcdrill check: unknown option --only; see ipcdrill check --help'
	run -2 "$ipcdrill" list --jsn
	assert_output 'ipcdrill list: unknown option --jsn; did you mean --json?'
}

@test "values that are missing, or given in vain" {
	run -2 "$ipcdrill" run --only
	assert_output 'ipcdrill run: option --only needs a value'
	run -2 "$ipcdrill" run -j
	assert_output 'ipcdrill run: option -j (--jobs) needs a value'
	run -2 "$ipcdrill" run --fail-fast=yes
	assert_output 'ipcdrill run: option --fail-fast takes no value'
}

@test "values that are none" {
	local value
	for value in 0 -1 257 x 1x '' 99999999999999999999; do
		run -2 "$ipcdrill" run -j "$value" scenarios
		assert_output "ipcdrill run: -j needs a number from 1 to 256, not '$value'"
	done
	for value in 0 1.5 1000001; do
		run -2 "$ipcdrill" run --repeat "$value" scenarios
		assert_output "ipcdrill run: --repeat needs a number from 1 to 1000000, not '$value'"
	done
	for value in 0 -1 nan inf 1e7 2x ''; do
		run -2 "$ipcdrill" run --timeout-scale "$value" scenarios
		assert_output "ipcdrill run: --timeout-scale needs a number above 0, at most 1000000, not '$value'"
	done
	for value in -1 x 18446744073709551616 ''; do
		run -2 "$ipcdrill" run "--shuffle=$value" scenarios
		assert_output "ipcdrill run: --shuffle needs a seed, a whole number, not '$value'"
	done
	run -2 "$ipcdrill" run --format tpa scenarios
	assert_output "ipcdrill run: --format: no report 'tpa'; did you mean tap?"
	run -2 "$ipcdrill" run --format binary scenarios
	assert_output "ipcdrill run: --format: no report 'binary'; see ipcdrill run --help"
	run -2 "$ipcdrill" run --settle guess scenarios
	assert_output "ipcdrill run: --settle needs syscall, stat or time, not 'guess'"
	IPCDRILL_SETTLE=guess run -2 "$ipcdrill" run scenarios
	assert_output "ipcdrill run: IPCDRILL_SETTLE needs syscall, stat or time, not 'guess'"
}

@test "a directory is walked in order, without what is hidden or must fail" {
	run -0 "$ipcdrill" list scenarios
	assert_line --index 0 'broken'
	assert_line --index 1 'deeper/several/one-of-several[c=pipe,n=1]'
	assert_line --index 7 'deeper/several/another'
	assert_line 'passes'
	refute_output --partial 'must-fail'
	refute_output --partial 'hidden'
	run -0 "$ipcdrill" list scenarios/selftest
	assert_output 'selftest/must-fail'
	run -0 "$ipcdrill" list scenarios/.hidden.drill
	assert_output '.hidden'
}

@test "an id is the same however its file is named" {
	local path
	ln -s scenarios/deeper linked
	for path in scenarios ./scenarios/ scenarios/deeper "$PWD/scenarios/deeper/several.drill" \
		scenarios/../scenarios/deeper//several.drill linked linked/several.drill; do
		run -0 "$ipcdrill" list --only '*another' "$path"
		assert_output 'deeper/several/another'
	done
	cd scenarios/deeper
	run -0 "$ipcdrill" list --only '*another' several.drill
	assert_output 'deeper/several/another'
}

@test "outside of any suite an id begins in the working directory" {
	mkdir -p elsewhere/below
	cp scenarios/passes.drill elsewhere/below/one.drill
	cp scenarios/passes.drill elsewhere/two
	run -0 "$ipcdrill" list elsewhere/below elsewhere/two
	assert_output $'elsewhere/below/one\nelsewhere/two'
	cd elsewhere/below
	run -0 "$ipcdrill" list .
	assert_output 'one'
}

@test "what is named twice is run once" {
	run -0 "$ipcdrill" list scenarios/passes.drill ./scenarios/passes.drill scenarios/deeper scenarios/deeper
	assert_equal "$(grep -c '^passes$' <<<"$output")" 1
	assert_equal "${#lines[@]}" 8
}

@test "two tests of one name are refused" {
	mkdir -p other/scenarios
	cp scenarios/passes.drill other/scenarios/passes.drill
	run -2 "$ipcdrill" run scenarios/passes.drill other/scenarios
	assert_output 'ipcdrill run: two tests have the id passes: scenarios/passes.drill:4 and other/scenarios/passes.drill:4'
}

@test "links among the scenarios are files like others, and loops are no trap" {
	mkdir links
	ln -s ../scenarios/passes.drill links/linked.drill
	ln -s . links/loop
	ln -s .. links/up.drill
	run -0 "$ipcdrill" list links
	assert_output 'links/linked'
	ln -s nowhere links/dangling.drill
	run -2 "$ipcdrill" list links
	assert_output 'ipcdrill list: links/dangling.drill: No such file or directory'
}

@test "the suite of the environment, and that of the binary from anywhere" {
	IPCDRILL_SCENARIOS=$PWD/scenarios run -0 "$ipcdrill" list
	assert_line 'passes'
	IPCDRILL_SCENARIOS=$PWD/nowhere run -2 "$ipcdrill" list
	assert_output "ipcdrill list: IPCDRILL_SCENARIOS=$PWD/nowhere: not a directory that can be read"
	IPCDRILL_SCENARIOS=$PWD/nowhere run -0 "$ipcdrill" list scenarios/passes.drill
	assert_output 'passes'

	moved=$BATS_TEST_TMPDIR/far/away
	mkdir -p "$moved/bin" "$moved/build/sanitize"
	cp "$ipcdrill" "$moved/bin/"
	cd /
	run -2 "$moved/bin/ipcdrill" list
	assert_output 'ipcdrill list: no suite belongs to this binary; name files or set IPCDRILL_SCENARIOS'
	mkdir -p "$moved/share/ipcdrill"
	cp -r "$fixtures/suite" "$moved/share/ipcdrill/scenarios"
	run -0 "$moved/bin/ipcdrill" list
	assert_line 'passes'
	ln -s "$moved/bin/ipcdrill" "$BATS_TEST_TMPDIR/link"
	run -0 "$BATS_TEST_TMPDIR/link" list
	assert_line 'passes'

	cp "$ipcdrill" "$moved/build/"
	cp "$ipcdrill" "$moved/build/sanitize/"
	cp -r "$fixtures/suite" "$moved/scenarios"
	rm "$moved/scenarios/passes.drill"
	for binary in build/ipcdrill build/sanitize/ipcdrill; do
		run -0 "$moved/$binary" list
		assert_line 'fails'
		refute_line 'passes'
	done
}

@test "--only: patterns, any of them, with brackets as they stand in ids" {
	run -0 "$ipcdrill" list scenarios --only passes --only 'skips[c=fifo]'
	assert_output $'passes\nskips[c=fifo]'
	run -0 "$ipcdrill" list scenarios --only '*,n=?]'
	assert_equal "${#lines[@]}" 6
	run -0 "$ipcdrill" run --format tap --only 'deeper/*[c=fifo,*' scenarios
	assert_equal "$(ids)" $'deeper/several/one-of-several[c=fifo,n=1]\ndeeper/several/one-of-several[c=fifo,n=2]'
}

@test "--only that matches nothing" {
	run -2 "$ipcdrill" run scenarios --only 'swims/*'
	assert_output "ipcdrill run: --only 'swims/*' matches none of 16 tests"
	run -2 "$ipcdrill" run scenarios --only pases
	assert_output "ipcdrill run: --only 'pases' matches none of 16 tests; did you mean 'passes'?"
	run -2 "$ipcdrill" run scenarios --only skips --only passes
	assert_output "ipcdrill run: --only 'skips' matches none of 16 tests; did you mean 'skips*'?"
	run -2 "$ipcdrill" list scenarios --only ''
	assert_output --regexp "^ipcdrill list: --only '' matches none of 16 tests"
}

@test "--tag: any of them, and together with --only" {
	run -0 "$ipcdrill" list scenarios --tag first --tag wrong
	assert_output $'fails\npasses'
	run -0 "$ipcdrill" list scenarios --tag quick --only '*=2]'
	assert_equal "${#lines[@]}" 3
	run -2 "$ipcdrill" list scenarios --tag quik
	assert_output "ipcdrill list: --tag 'quik': none of 16 tests has it; did you mean 'quick'?"
	run -2 "$ipcdrill" list scenarios --tag wrong --only passes
	assert_output 'ipcdrill list: no test is left: none matches both --only and --tag'
}

@test "--repeat runs every test that often" {
	run -0 "$ipcdrill" run --format tap --repeat 3 scenarios/passes.drill scenarios/deeper/several.drill
	assert_line '1..24'
	assert_equal "$(grep -c '^ok' <<<"$output")" 24
	assert_equal "$(ids | sort | uniq -c | awk '{ print $1 }' | sort -u)" 3
	assert_line --regexp '^ok [0-9]+ - passes$'
	assert_line --regexp '^ok [0-9]+ - passes \(repetition 3\)$'
}

@test "--shuffle says its seed, which gives the same order again" {
	run -0 --separate-stderr "$ipcdrill" run --format tap --shuffle scenarios/deeper scenarios/passes.drill
	first=$(ids)
	seed=$(sed -n 's/^ipcdrill run: the order is that of --shuffle=\([0-9]*\)$/\1/p' <<<"$stderr")
	assert [ -n "$seed" ]
	run -0 "$ipcdrill" run --format tap "--shuffle=$seed" scenarios/deeper scenarios/passes.drill
	assert_equal "$(ids)" "$first"
	run -0 "$ipcdrill" list scenarios/deeper scenarios/passes.drill
	assert_equal "$(sort <<<"$output")" "$(sort <<<"$first")"
	run -0 --separate-stderr "$ipcdrill" run --format tap --shuffle=1 scenarios/deeper scenarios/passes.drill
	first=$(ids)
	run -0 --separate-stderr "$ipcdrill" run --format tap --shuffle=2 scenarios/deeper scenarios/passes.drill
	refute [ "$(ids)" = "$first" ]
}

@test "--fail-fast stops at the first failure" {
	run -1 "$ipcdrill" run -j 1 --fail-fast scenarios/fails.drill scenarios/passes.drill
	assert_line '1 of 2 not run: stopped at the first failure'
	assert_equal "${lines[-1]}" '0 passed, 1 failed, 0 skipped'
	run -1 "$ipcdrill" run -j 1 --fail-fast --format tap scenarios/passes.drill scenarios/fails.drill scenarios/deeper
	assert_line '1..9'
	assert_line 'Bail out! stopped at the first failure'
	assert_equal "$(grep -c '^ok' <<<"$output")" 1
	run -0 "$ipcdrill" run --fail-fast scenarios/skips.drill scenarios/deviates.drill scenarios/passes.drill
	assert_equal "${lines[-1]}" '2 passed, 0 failed, 4 skipped'
}

@test "--timeout-scale stretches and shrinks the limit of a scenario" {
	late_after() {
		run -3 "$ipcdrill" run --format tap --timeout-scale "$1" scenarios/late.drill
		took=$(sed -n 's/^  duration_us: //p' <<<"$output")
	}
	late_after 0.1
	assert [ "$took" -ge 10000 ]
	late_after 3
	assert [ "$took" -ge 300000 ]
}

@test "a limit beyond what a clock can show is no limit" {
	cat >scenarios/patient.drill <<-'END'
		ipcdrill 1
		scenario "waits for time" {
		  cite man "poll(2)"
		  timeout 9223372036s
		  channel c: pipe from w to r
		  endpoint w, r
		  run {
		    r: poll(c, POLLIN, 20ms) = 0
		    w: close(c) = 0
		  }
		}
	END
	run -0 "$ipcdrill" run --repeat 20 scenarios/patient.drill
	run -0 "$ipcdrill" run --timeout-scale 3 --repeat 20 scenarios/patient.drill
}

@test "any number of workers, sandboxed or not, by any grade" {
	local options
	for options in '-j 1' '-j 2' '--jobs 7' '--no-sandbox' '--settle syscall' '--settle stat' '--settle time'; do
		# shellcheck disable=SC2086
		run -0 "$ipcdrill" run $options scenarios/passes.drill scenarios/deeper
		assert_equal "${lines[-1]}" '8 passed, 0 failed, 0 skipped'
	done
}

@test "options may stand behind paths, and -- ends them" {
	run -0 "$ipcdrill" run scenarios/passes.drill --format tap
	assert_line 'ok 1 - passes'
	cp scenarios/passes.drill ./--only
	run -0 "$ipcdrill" list -- --only
	assert_output -- '--only'
}

@test "check counts what it read" {
	run -0 "$ipcdrill" check scenarios
	assert_output '7 files, 8 scenarios, 16 tests: no errors'
}

@test "list --json holds what a program would ask for" {
	command -v jq >/dev/null || skip 'needs jq'
	run -0 "$ipcdrill" list --json scenarios
	jq -e 'length == 16' <<<"$output"
	jq -e '.[] | select(.id == "passes") | .title == "what is written is read" and .file == "scenarios/passes.drill" and
		.line == 4 and .tags == ["quick", "first"] and .covers == ["pipe.create-two-ends"] and .parameters == {} and
		.cites == [{kind: "man", document: "pipe(7)", place: "I/O on pipes and FIFOs"}]' <<<"$output"
	jq -e '.[] | select(.id == "deeper/several/one-of-several[c=unix_stream(address=abstract),n=2]") |
		.title == "one # of \\ \"several\"" and (.cites | length) == 2 and
		.parameters == {c: "unix_stream(address=abstract)", n: "2"}' <<<"$output"
	run -0 "$ipcdrill" list --json --only passes scenarios
	jq -e 'map(.id) == ["passes"]' <<<"$output"
}

@test "list --json tells parameters apart, whatever their values hold" {
	cat >scenarios/values.drill <<-'END'
		ipcdrill 1
		scenario "parameters" {
		  cite man "write(2)"
		  across s in "a,n=7", "\",n=(]"
		  across n in 91, choose(1, 92, 93)
		  endpoint a
		  run {
		    a: write(n, s) = EBADF
		  }
		}
	END
	run -0 "$ipcdrill" list --json scenarios/values.drill
	assert_equal "$(grep -c -F '"s":"\"a,n=7\""' <<<"$output")" 2
	assert_equal "$(grep -c -F '"s":"\"\\\",n=(]\""' <<<"$output")" 2
	assert_equal "$(grep -c -F '"n":"91"' <<<"$output")" 2
	assert_equal "$(grep -c -F '"n":"choose(1,92,93)"' <<<"$output")" 2
}

@test "list --json is UTF-8, whatever files are called" {
	cp scenarios/passes.drill "scenarios/"$'b\xff'.drill
	"$ipcdrill" list --json scenarios/b*.drill >list.json
	run -0 iconv -f UTF-8 -t UTF-8 list.json
	assert_line --partial $'"id":"b\xef\xbf\xbd"'
}
