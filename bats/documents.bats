#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# What the documents show is true: their scenarios run, their manual page is well-formed, their links lead somewhere.

setup() {
	load setup
	root=$BATS_TEST_DIRNAME/..
	ipcdrill=${IPCDRILL:-$root/build/ipcdrill}
}

# The column of microseconds, and how long all of it took.
without_times() {
	sed -E 's/^(  [ >]) +[0-9]+\.[0-9]  /\1 TIME  /; s/^in [0-9.]+ s$/in TIME s/'
}

# scenario_of FILE: the first complete scenario in it, without roff or indentation.
scenario_of() {
	sed -n '/^ipcdrill 1$/,/^}$/p' "$1" | sed '/^}$/q'
}

shown_scenario_passes() {
	scenario_of "$1" >"$BATS_TEST_TMPDIR/shown.drill"
	[ -s "$BATS_TEST_TMPDIR/shown.drill" ]
	run "$ipcdrill" run "$BATS_TEST_TMPDIR/shown.drill"
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output == *" passed, 0 failed, 0 skipped" ]]
}

@test "the scenario of the README passes" {
	shown_scenario_passes "$root/README.md"
}

@test "the README's scenario of programs passes" {
	{ echo 'ipcdrill 1'; sed -n '/^scenario "no acknowledged/,/^}$/p' "$root/README.md"; } >"$BATS_TEST_TMPDIR/spool.drill"
	run -0 "$ipcdrill" run --programs "$(realpath "$root/build/programs")" "$BATS_TEST_TMPDIR/spool.drill"
	assert_line '5 passed, 0 failed, 0 skipped'
}

@test "the failure in the README is told as it is shown" {
	sed -n '/^FAIL pipe/,/^```$/p' "$root/README.md" | sed '/^```$/d' | without_times >"$BATS_TEST_TMPDIR/shown"
	ipcdrill=$(realpath "$ipcdrill")
	cd "$root/bats/fixtures/documents"
	diff "$BATS_TEST_TMPDIR/shown" <("$ipcdrill" run scenarios/pipe/end-of-file.drill | without_times)
}

@test "the scenario of the manual page passes" {
	shown_scenario_passes "$root/doc/ipcdrill.1"
}

@test "the scenario of the language reference passes" {
	shown_scenario_passes "$root/doc/language.md"
}

@test "the manual page is well-formed" {
	command -v mandoc >/dev/null || skip 'mandoc is not installed'
	run mandoc -T lint -W warning "$root/doc/ipcdrill.1"
	echo "$output"
	[ "$status" -eq 0 ]
}

manual_names_options_of() {
	"$ipcdrill" "$1" --help | grep -o -E -e '--[a-z-]+' | grep -v -E -e '--(help|version)$' | sort -u >"$BATS_TEST_TMPDIR/help"
	sed -n "/^\.Ss Options of $1/,/^\.S[sh]/p" "$root/doc/ipcdrill.1" | grep '^\.It' |
		grep -o -E '(Fl|,) -[a-z-]+' | sed 's/.* -/--/' | sort -u >"$BATS_TEST_TMPDIR/manual"
	diff "$BATS_TEST_TMPDIR/help" "$BATS_TEST_TMPDIR/manual"
}

@test "the manual page names every option of run and inject, and no other" {
	manual_names_options_of run
	manual_names_options_of inject
}

@test "the manual page names every option of the other commands" {
	local command option
	for command in check list coverage describe doctor; do
		sed -n '/^\.Sh SYNOPSIS/,/^\.Sh DESCRIPTION/p' "$root/doc/ipcdrill.1" | sed -n "/^\.Cm $command/,/^\.Nm/p" \
			>"$BATS_TEST_TMPDIR/synopsis"
		for option in $("$ipcdrill" "$command" --help | grep -o -E -e '--[a-z-]+' | grep -v -E -e '--(help|version)$'); do
			grep -q -e "Fl ${option#-}" -e "| ${option#-}" "$BATS_TEST_TMPDIR/synopsis" || { echo "$command $option"; return 1; }
		done
	done
}

@test "links between documents lead to files" {
	local file target
	for file in "$root/README.md" "$root"/doc/*.md; do
		while read -r target; do
			[ -e "$(dirname "$file")/$target" ] || { echo "$file: $target"; return 1; }
		done < <(grep -o -E '\]\([^)#:]+\)' "$file" | sed 's/^](//; s/)$//')
	done
}

# anchors_of FILE: what a link can name in it, as the headings become on the web.
anchors_of() {
	sed -n 's/^##* //p' "$1" | tr '[:upper:]' '[:lower:]' | sed 's/[^a-z0-9 _-]//g; s/ /-/g'
}

@test "links to a heading find it" {
	local file link
	for file in "$root/README.md" "$root"/doc/*.md; do
		while read -r link; do
			target=$file
			[ "${link%%#*}" = '' ] || target=$(dirname "$file")/${link%%#*}
			anchors_of "$target" | grep -q -x -F -e "${link#*#}" || { echo "$file: $link"; return 1; }
		done < <(grep -o -E '\]\([^) :]*#[^)]+\)' "$file" | sed 's/^](//; s/)$//')
	done
}

# As the documents write it.
with_comma() {
	sed 's/...$/,&/'
}

@test "the documents count right" {
	unset IPCDRILL_SCENARIOS
	grep -q -F "suite of $("$ipcdrill" list | wc -l | with_comma) tests" "$root/doc/design.md"
	grep -q -F "$(cat "$root"/scenarios/catalogue/*.tsv | grep -c -P '^(?!id\t)[^#]' | with_comma) documented behaviours" \
		"$root/README.md"
	grep -q -x -F "$("$ipcdrill" list --only 'fifo/*' | wc -l) passed, 0 failed, 0 skipped" "$root/doc/using.md"
}

@test "what a program makes with a key of its own stays where there is no sandbox, as doc/using.md has it" {
	command -v ipcmk >/dev/null || skip 'needs ipcmk(1)'
	[ -e /proc/sysvipc/msg ] || skip 'no System V queues here'
	local id
	cat >"$BATS_TEST_TMPDIR/makes.drill" <<-EOF
		ipcdrill 1
		scenario "a program makes a queue" {
		  cite doc "ipcmk(1)"
		  endpoint maker = program("sh", "-c", "ipcmk --queue >$BATS_TEST_TMPDIR/made")
		  run {
		    do start maker
		    await maker exited(0)
		  }
		}
	EOF
	run -0 "$ipcdrill" run --no-sandbox "$BATS_TEST_TMPDIR/makes.drill"
	id=$(sed 's/.*: //' "$BATS_TEST_TMPDIR/made")
	run -0 ipcrm --queue-id "$id"
}

@test "the reference is what the tables say" {
	# To renew it: build/ipcdrill describe >doc/reference.md
	run -0 diff "$BATS_TEST_DIRNAME/../doc/reference.md" <("$ipcdrill" describe)
}

@test "describe: one thing, several of one name, and what is not there" {
	run -0 "$ipcdrill" describe write
	assert_output --regexp '^- .write.fd, data. = NUMBER.'
	run -0 "$ipcdrill" describe pipe
	assert_output --partial '`channel c: pipe from w to r`'
	assert_output --partial '- `pipe() = 0`'
	run -2 "$ipcdrill" describe pipe wriet
	assert_line "ipcdrill describe: there is no 'wriet'; did you mean write?"
}

# Runs the `$ ` lines of a document's console blocks one after the other; prints the blocks as they come out here.
rerun_consoles() {
	local line inside=
	while IFS= read -r line; do
		case $line in
		'```console') echo "$line"; inside=1 ;;
		'```') [ -z "$inside" ] || echo "$line"; inside= ;;
		'$ '*) [ -z "$inside" ] || { echo "$line"; bash -c "${line#\$ }" 2>&1 </dev/null || true; } ;;
		esac
	done <"$1"
}

# What differs from run to run and from place to place.
without_numbers() {
	sed -E "s#$PWD#/tmp/demo#g; s# \((pid )?[0-9]+\)# (PID)#g; s#^[0-9]+ dd#PID dd#; s#^(undisturbed:) [0-9]+#\1 N#"
}

# The commands of this document come out as they are shown.
consoles_come_out() {
	"$ipcdrill" doctor | grep -q -E '^injection +(full|notify)' || skip 'calls cannot be intercepted here'
	local document
	document=$(realpath "$1")
	mkdir "$BATS_TEST_TMPDIR/bin" "$BATS_TEST_TMPDIR/demo"
	ln -s "$(realpath "$ipcdrill")" "$BATS_TEST_TMPDIR/bin/ipcdrill"
	PATH=$BATS_TEST_TMPDIR/bin:$PATH
	cd "$BATS_TEST_TMPDIR/demo"
	sed -n '/^```console/,/^```$/p' "$document" | without_numbers >../shown
	printf '%s\n' '#!/bin/sh' 'for i in 1 2 3; do echo "record $i"; done >out.txt && echo ok' >save
	chmod +x save
	rerun_consoles "$document" | without_numbers >../seen
	diff ../shown ../seen
}

@test "the commands of doc/inject.md do what is shown" {
	consoles_come_out "$root/doc/inject.md"
}

@test "the commands of the README do what is shown" {
	grep -q -F 'for i in 1 2 3; do echo "record $i"; done >out.txt && echo ok' "$root/README.md"
	consoles_come_out "$root/README.md"
}

@test "the bats file of doc/using.md passes" {
	mkdir "$BATS_TEST_TMPDIR/yours"
	scenario_of "$root/README.md" >"$BATS_TEST_TMPDIR/yours/server.drill"
	cp "$root/bats/fixtures/documents/scenarios/pipe/end-of-file.drill" "$BATS_TEST_TMPDIR/yours/nonsense.drill"
	sed -n '/^```bash$/,/^```$/p' "$root/doc/using.md" | sed "/^\`\`\`/d; s#/usr/local/share/ipcdrill#$(realpath "$root/bats")#" \
		>"$BATS_TEST_TMPDIR/yours/yours.bats"
	IPCDRILL=$(realpath "$ipcdrill")
	export IPCDRILL
	cd "$BATS_TEST_TMPDIR/yours"
	run -0 bats --tap yours.bats
	assert_line 'ok 1 our server survives its clients'
	assert_line 'ok 2 and a client that claims nonsense is found out'
}

@test "the baseline that doc/using.md makes is one" {
	mkdir "$BATS_TEST_TMPDIR/bin"
	ln -s "$(realpath "$ipcdrill")" "$BATS_TEST_TMPDIR/bin/ipcdrill"
	PATH=$BATS_TEST_TMPDIR/bin:$PATH
	IPCDRILL_SCENARIOS=$(realpath "$root/bats/fixtures/documents/scenarios")
	export IPCDRILL_SCENARIOS
	sed -n '/^```sh$/,/^```$/p' "$root/doc/using.md" | sed '/^```/d' >"$BATS_TEST_TMPDIR/baseline.sh"
	cd "$BATS_TEST_TMPDIR"
	run -0 sh baseline.sh
	assert_line '1 expected failure'
	run -0 cat known.tsv
	assert_output $'pipe/end-of-file\tfail\tknown'
}
