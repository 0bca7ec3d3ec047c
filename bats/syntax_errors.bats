#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# Files that are no scenarios: every error with its place and what to do about it, and never more than a message.

setup() {
	load setup
	in_a_copy_of_the_suite
}

# scenario LINE...: a file of these lines inside the run block of an otherwise good scenario.
scenario() {
	{
		printf '%s\n' 'ipcdrill 1' '' 'scenario "a title" {' '  cite man "pipe(7)"' \
			'  channel c: pipe from writer to reader' '  endpoint writer, reader' '' '  run {'
		printf '    %s\n' "$@"
		printf '%s\n' '    writer: write(c, "x") = 1' '    reader: read(c, 1) = "x"' '  }' '}'
	} >bad.drill
}

# declaration LINE...: the same, but among the declarations.
declaration() {
	scenario
	sed -i '4q' bad.drill
	{
		printf '  %s\n' "$@"
		printf '%s\n' '  channel c: pipe from writer to reader' '  endpoint writer, reader' '' '  run {' \
			'    writer: write(c, "x") = 1' '    reader: read(c, 1) = "x"' '  }' '}'
	} >>bad.drill
}

# check and run say the same and nothing runs; the first line of each message is in $errors.
refused() {
	run -2 --separate-stderr "$ipcdrill" run "${1:-bad.drill}"
	assert_equal "$output" ''
	local said=$stderr
	run -2 --separate-stderr "$ipcdrill" check "${1:-bad.drill}"
	assert_equal "$output" ''
	assert_equal "$stderr" "$said"
	errors=$(grep -a ': error: ' <<<"$stderr")
}

# The only error is this one, with help if given.
refused_with() {
	refused
	assert_equal "$errors" "$1"
	[ $# -lt 2 ] || assert_regex "$stderr" "= $2"
}

@test "the file that the others are made from is good" {
	scenario
	run -0 "$ipcdrill" run bad.drill
	declaration
	run -0 "$ipcdrill" run bad.drill
}

@test "an empty file" {
	: >bad.drill
	refused_with "bad.drill:1:1: error: nothing in this file: the first line must be 'ipcdrill 1', the language's version"
}

@test "a binary file" {
	cp "$ipcdrill" bad.drill
	refused
	assert_equal "$(grep -c . <<<"$errors")" 1
	assert_regex "$errors" '^bad\.drill:1:[0-9]+: error: a NUL byte: this is not text$'
	refute grep -q -P '[^\t\n\x20-\x7e]' <(LC_ALL=C tr -d '\200-\377' <<<"$stderr")
}

@test "lines of 10 MiB" {
	local size=$((10 << 20))
	head -c $size /dev/zero | tr '\0' x >bad.drill
	refused
	assert_regex "$errors" '^bad\.drill:1:1: error: '
	assert [ "${#stderr}" -lt 2000 ]

	scenario
	sed -i '4q' bad.drill
	{
		printf '  channel c: pipe from writer to reader\n  endpoint writer, reader\n  run {\n    writer: write(c, "'
		head -c $size /dev/zero | tr '\0' x
		printf '") = wrong\n  }\n}\n'
	} >>bad.drill
	refused
	assert_equal "$errors" "bad.drill:8:$((size + 28)): error: unknown name wrong"
	assert [ "${#stderr}" -lt 2000 ]
}

@test "a version that is unknown, or missing" {
	echo 'ipcdrill 99' >bad.drill
	refused_with "bad.drill:1:10: error: unknown version '99' of the language; this program knows version 1"
	echo 'scenario "x" {' >bad.drill
	refused
	assert_regex "$errors" "^bad\.drill:1:1: error: the first line must be 'ipcdrill 1'"
}

@test "a string that does not end" {
	scenario 'writer: write(c, "x) = 1'
	refused_with 'bad.drill:9:22: error: unterminated string' "a string ends with '\"' on the line where it began"
}

@test "nesting of 10,000, of each kind" {
	local open
	for open in '(' '{' '-' '!' 'f(' '1 + ('; do
		declaration "let n = $(yes "$open" | head -n 10000 | tr -d '\n')"
		refused
		assert_regex "$errors" '^bad\.drill:5:[0-9]+: error: .*more than 200'
		assert [ "${#stderr}" -lt 3000 ]
	done
	mapfile -t blocks < <(yes 'repeat 2 as i {' | head -n 10000)
	scenario "${blocks[@]}"
	refused
	assert_regex "$errors" '^bad\.drill:[0-9]+:[0-9]+: error: blocks nested more than 32 deep'
	assert [ "${#stderr}" -lt 3000 ]
}

@test "an unknown call" {
	scenario 'writer: wrte(c, "y") = 1'
	refused_with 'bad.drill:9:13: error: unknown call wrte' 'did you mean write\?'
}

@test "an unknown flag" {
	scenario 'writer: fcntl(c, F_SETFL, O_NONBLOK) = 0'
	refused_with 'bad.drill:9:31: error: unknown name O_NONBLOK' 'did you mean O_NONBLOCK\?'
}

@test "an unknown mechanism" {
	declaration 'channel d: pype from writer to reader'
	refused
	assert_regex "$errors" 'bad\.drill:5:14: error: unknown mechanism pype'
	assert_regex "$stderr" '= did you mean pipe\?'
}

@test "an unknown endpoint" {
	scenario 'writr: write(c, "y") = 1'
	refused_with 'bad.drill:9:5: error: unknown endpoint writr' 'did you mean writer\?'
}

@test "an unknown id of the catalogue" {
	declaration 'covers pipe.create-tow-ends'
	refused_with 'bad.drill:5:10: error: the catalogue has no behaviour pipe.create-tow-ends' \
		'did you mean pipe\.create-two-ends\?'
}

@test "duplicate names" {
	declaration 'endpoint reader'
	refused
	assert_regex "$errors" 'bad\.drill:7:[0-9]+: error: reader is an endpoint already, declared on line 5'
	declaration 'channel c: fifo'
	refused
	assert_regex "$errors" 'error: c is a channel already, declared on line 5'
	declaration 'let writer = 3' 'channel d: fifo'
	refused
	assert_regex "$errors" 'error: writer is a constant already, declared on line 5'
}

@test "two scenarios of one title" {
	declaration
	{
		cat bad.drill
		sed 1d bad.drill
	} >twice.drill
	mv twice.drill bad.drill
	refused_with 'bad.drill:15:10: error: the scenario on line 3 has the same id, a-title' 'choose another title'
}

@test "a scenario that checks nothing" {
	printf '%s\n' 'ipcdrill 1' 'scenario "x" {' '  cite man "pipe(7)"' '  channel c: pipe from a to b' '  endpoint a, b' \
		'  run {' '    a: write(c, "x")' '    b: read(c, 1)' '  }' '}' >bad.drill
	refused_with 'bad.drill:2:10: error: the scenario checks nothing: it could not fail'
}

@test "things that are never used" {
	declaration 'endpoint idle' 'channel spare: fifo' 'let n = 3'
	refused
	assert_equal "$(sed 's/.*error: //' <<<"$errors")" \
		$'endpoint idle is never used\nchannel spare is never used\nconstant n is never used'
}

@test "all errors of a file in one run, in the order of its lines" {
	scenario 'writer: wrte(c, "y") = 1' 'writer write(c, "y")' 'writr: getpid()' 'writer: write(c, "y) = 1' 'do klil writer, SIGKILL'
	refused
	assert_equal "$(cut -d : -f 2 <<<"$errors" | tr '\n' ' ')" '9 10 11 12 13 '
}

@test "the line is shown, and a caret below the place" {
	scenario $'writer:\twrite(c, "\xc3\xa9") = wrong'
	refused
	assert_equal "$(sed -n 2,3p <<<"$stderr")" \
		$'    9 |     writer:     write(c, "\xc3\xa9") = wrong\n      |                                 ^~~~~'
}

@test "nothing of a bad file reaches the terminal as it is" {
	scenario $'writer: \033[2Jwrite(c, "y") = 1'
	refused
	refute [ "${stderr#*$'\033'}" != "$stderr" ]
}

@test "each file of the collection of bad files is refused" {
	local file count=0
	for file in "$fixtures"/bad/*.drill; do
		refused "$file"
		assert_regex "$errors" "^$file:[0-9]+:[0-9]+: error: "
		count=$((count + 1))
	done
	assert [ "$count" -ge 15 ]
}
