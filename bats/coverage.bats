#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# Which documented behaviours are said to be covered: every row of the catalogue once, each for a reason.

setup() {
	load setup
	in_a_copy_of_the_suite
	catalogue=$BATS_TEST_DIRNAME/../scenarios/catalogue
	rows=$(cat "$catalogue"/*.tsv | grep -c -v -e '^#' -e '^id	')
}

# scenario TITLE ID RESULT [DECLARATION]: one that covers this id, and reads RESULT from an empty pipe without writers.
scenario() {
	cat <<-EOF
		scenario "$1" {
		  cite man "pipe(7)"
		  covers $2
		  ${4:-tags plain}
		  channel c: pipe from w to r
		  endpoint w, r
		  run {
		    w: close(c) = 0
		    r: read(c, 1) = $3
		  }
		}
	EOF
}

@test "every row of the catalogue is counted once, and the columns add up" {
	run -0 "$ipcdrill" coverage scenarios
	awk 'NR > 1 && $1 != "all" { if ($2 != $3 + $4 + $5 + $6 + $7) exit 1; sum += $2 } $1 == "all" { all = $2 }
		END { exit !(sum == all) }' <<<"$output"
	assert_line --regexp "^all +$rows "
}

@test "passing, deviating, failing and skipped rows, each with its reason" {
	{
		echo 'ipcdrill 1'
		scenario pass pipe.read-eof-after-last-writer EOF
		scenario fail pipe.write-no-reader-epipe '"x"'
		scenario deviates pipe.create-two-ends '"x"' 'deviates kernel >= 2.6 "for this test"'
		scenario skip pipe.lseek-espipe EOF 'requires kernel >= 99.0'
	} >cover.drill
	run -1 "$ipcdrill" coverage cover.drill
	assert_line --regexp '^pipe +[0-9]+ +1 +1 +1 +1 '
	assert_line --partial 'failing pipe.write-no-reader-epipe (cover/fail): read returned EOF instead of "x"'
	assert_line --partial 'skipped pipe.lseek-espipe (cover/skip): needs kernel>=99.0'
}

@test "of several tests the state that matters most counts" {
	{
		echo 'ipcdrill 1'
		scenario one pipe.read-eof-after-last-writer EOF
		scenario two pipe.read-eof-after-last-writer '"x"'
		scenario three pipe.read-eof-after-last-writer EOF
	} >cover.drill
	run -1 "$ipcdrill" coverage --json cover.drill
	assert_line --regexp '"tests": ?3'
	assert_equal "$(grep -c '"state": *"failing"' <<<"$output")" 1
	assert_equal "$(grep -c '"id":' <<<"$output")" "$rows"
}

@test "100% is all" {
	ids=$(cut -f 1 "$catalogue"/*.tsv | grep -v -e '^#' -e '^id$')
	{
		echo 'ipcdrill 1'
		scenario one "$(sed 1d <<<"$ids" | paste -s -d ,)" EOF
	} >cover.drill
	run -0 "$ipcdrill" coverage cover.drill
	assert_line --regexp "^all +$rows .* 1 +99%\$"
	{
		echo 'ipcdrill 1'
		scenario one "$(paste -s -d , <<<"$ids")" EOF
	} >cover.drill
	run -0 "$ipcdrill" coverage cover.drill
	assert_line --regexp "^all +$rows .* 0 +100%\$"
}

@test "--missing lists the others" {
	{
		echo 'ipcdrill 1'
		scenario one pipe.read-eof-after-last-writer EOF
	} >cover.drill
	run -0 "$ipcdrill" coverage --missing cover.drill
	assert_equal "${#lines[@]}" $((rows - 1))
	refute_line --regexp '^pipe\.read-eof-after-last-writer	'
	run -0 "$ipcdrill" coverage --missing --json cover.drill
	assert_equal "$(grep -c '"state":"missing"' <<<"$output")" $((rows - 1))
	assert_equal "$(grep -c '"id":' <<<"$output")" $((rows - 1))
}

@test "an id that does not exist is an error with its line" {
	{
		echo 'ipcdrill 1'
		scenario one pipe.lseek-espip EOF
	} >cover.drill
	run -2 "$ipcdrill" coverage cover.drill
	assert_line --partial 'cover.drill:4:'
	assert_line --partial 'did you mean pipe.lseek-espipe?'
}

@test "a row of the catalogue that is no row is an error with its line" {
	printf '# ids\n\na.b\ta\tx\ty\t1\t2\t3\t4\t5\t-\na.c\ta  x\ty\n' >catalogue.tsv
	run -1 awk -f "$BATS_TEST_DIRNAME/../ci/catalogue.awk" catalogue.tsv
	assert_line 'catalogue.tsv:4: a row has 10 columns with tabs between, not 3'
}
