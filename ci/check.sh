#!/bin/sh
# SPDX-License-Identifier: MIT
# Every test of the project, part by part. A part that fails does not stop the next one; the status is that
# of all. Ends with a table of the parts and, on a line of its own, the sum: N passed, N failed, N skipped.
# usage: ci/check.sh [PART...]     parts: build layers units bats suite nosandbox stat user sanitize
cd "$(dirname "$0")/.." || exit 2

# JOBS may be empty: under `make -jN check` its make has a jobserver that all share.
: "${MAKE:=make}" "${JOBS=-j$(nproc)}"
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM HUP

# Tests say what they find; nothing of the caller's settings may change that.
unset CK_FORK CK_RUN_CASE CK_RUN_SUITE CK_INCLUDE_TAGS CK_EXCLUDE_TAGS CK_TAP_LOG_FILE_NAME CK_XML_LOG_FILE_NAME
export CK_VERBOSITY=normal LC_ALL=C
export UBSAN_OPTIONS=print_stacktrace=1

# tally PART PASSED FAILED SKIPPED NOTE: one line of the table.
tally() {
	printf '%s\t%d\t%d\t%d\t%s\n' "$1" "$2" "$3" "$4" "$5" >>"$work/table"
}

heading() {
	printf '\n== %s\n' "$1"
}

# Runs a command, shows and keeps what it prints; its status is left in $status.
shown() {
	{ "$@" 2>&1 </dev/null; echo $? >"$work/status"; } | tee "$work/output"
	status=$(cat "$work/status")
}

# Runs COMMAND for each name of standard input, which takes the place of the word NAME in it: as many at once
# as there are cores, for most of them wait most of the time. What one prints comes in one piece when it has
# ended; it is left in $work/of/NAME/output, its exit status in $work/of/NAME/status.
side_by_side() {
	rm -rf "$work/of"
	mkdir "$work/of"
	# shellcheck disable=SC2016
	xargs -P "$(nproc)" -I NAME sh -c '
		own=$0/$1
		shift
		mkdir -p "$own"
		"$@" >"$own/output" 2>&1 </dev/null
		echo $? >"$own/status"
		flock "$0" cat "$own/output"' "$work/of" NAME "$@"
}

build() {
	heading "build${1:+ with $1}"
	# shellcheck disable=SC2086
	shown $MAKE --no-print-directory -s $JOBS $1 all tests
	# A silent build prints warnings and errors only; make may have a word about its own jobs.
	! grep -qv '^make' "$work/output" || status=1
	tally "build${1:+ $1}" $((status == 0)) $((status != 0)) 0 ''
	return "$status"
}

layers() {
	heading 'layer rules'
	shown ci/layers.sh
	counts=$(sed -n 's/^layers: \([0-9]*\) rules hold, \([0-9]*\) violated$/\1 \2/p' "$work/output")
	# shellcheck disable=SC2086
	tally layers ${counts:-0 1} 0 ''
}

# Check suites: each prints "NN%: Checks: N, Failures: N, Errors: N". One that ran nothing has failed.
units() {
	heading "unit tests in $1"
	passed=0 failed=0 bad=
	printf '%s\n' lib/tests/test_*.c harness/tests/test_*.c | sed 's/\.c$//' >"$work/names"
	side_by_side timeout --kill-after=5 300 "$1/NAME" <"$work/names"
	while read -r name; do
		status=$(cat "$work/of/$name/status")
		counts=$(sed -n 's/^[0-9]*%: Checks: \([0-9]*\), Failures: \([0-9]*\), Errors: \([0-9]*\)$/\1 \2 \3/p' \
			"$work/of/$name/output" | awk '{ n += $1; bad += $2 + $3 } END { print n + 0, bad + 0 }')
		checks=${counts% *} wrong=${counts#* }
		if [ "$wrong" -eq 0 ] && { [ "$status" -ne 0 ] || [ "$checks" -eq 0 ]; }; then
			echo "$1/$name: exit status $status after $checks checks"
			wrong=1 checks=$((checks + 1))
		fi
		[ "$wrong" -eq 0 ] || bad="$bad ${name##*/}"
		passed=$((passed + checks - wrong)) failed=$((failed + wrong))
	done <"$work/names"
	tally "units $1" "$passed" "$failed" 0 "${bad:+in$bad}"
}

# The command line, the must-fail set, the robustness of the program: bats files, counted by their TAP.
bats_files() {
	heading "bats, with $1"
	passed=0 failed=0 skipped=0 bad=
	printf '%s\n' bats/*.bats >"$work/names"
	side_by_side env IPCDRILL="$PWD/$1" timeout --kill-after=5 900 bats --tap NAME <"$work/names"
	while read -r file; do
		output=$work/of/$file/output
		status=$(cat "$work/of/$file/status")
		ok=$(grep -c '^ok ' "$output")
		not_ok=$(grep -c '^not ok ' "$output")
		skips=$(grep -c -i '^ok .* # skip' "$output")
		if [ "$not_ok" -eq 0 ] && { [ "$status" -ne 0 ] || [ "$ok" -eq 0 ]; }; then
			echo "$file: exit status $status after $ok tests"
			not_ok=1
		fi
		[ "$not_ok" -eq 0 ] || bad="$bad ${file##*/}"
		passed=$((passed + ok - skips)) failed=$((failed + not_ok)) skipped=$((skipped + skips))
	done <"$work/names"
	tally "bats $1" "$passed" "$failed" "$skipped" "${bad:+in$bad}"
}

# suite NAME COMMAND...: a run of the scenario suite, counted by its closing line.
suite() {
	name=$1
	shift
	heading "$name"
	shown timeout --kill-after=5 300 "$@"
	counts=$(tail -n 1 "$work/output" |
		sed -n 's/^\([0-9]*\) passed, \([0-9]*\) failed, \([0-9]*\) skipped$/\1 \2 \3/p')
	case $status:$counts in
	0:[1-9]*\ 0\ *) ;;
	*:*\ 0\ * | *:) echo "$name: exit status $status"; counts="0 1 0" ;;
	esac
	# shellcheck disable=SC2086
	tally "$name" $counts ''
}

# The suite as somebody who is not root, from a copy that such a user can read.
suite_of_user() {
	if [ "$(id -u)" -ne 0 ]; then
		return	# the suite above was that
	fi
	mkdir -p "$work/copy/build"
	cp -r build/ipcdrill build/programs "$work/copy/build/"
	cp -r scenarios "$work/copy/"
	chmod 755 "$work" "$work/copy"
	chmod -R a+rX "$work/copy"
	suite 'suite as nobody' setpriv --reuid 65534 --regid 65534 --clear-groups --inh-caps=-all \
		env -C / HOME=/ "$work/copy/build/ipcdrill" run
}

part() {
	case $1 in
	build) build '' ;;
	layers) layers ;;
	units) units build ;;
	bats) bats_files build/ipcdrill ;;
	suite) suite 'suite' build/ipcdrill run ;;
	nosandbox) suite 'suite, no sandbox' build/ipcdrill run --no-sandbox ;;
	stat) suite 'suite, settled by stat' build/ipcdrill run --settle stat ;;
	user) suite_of_user ;;
	sanitize)
		# Faults would hit the loader of programs that are not static, and no sanitized one is.
		build SANITIZE=1 && units build/sanitize && export IPCDRILL_PROGRAMS="$PWD/build/programs" &&
			suite 'suite build/sanitize' build/sanitize/ipcdrill run --timeout-scale 4 &&
			bats_files build/sanitize/ipcdrill
		;;
	*)
		echo "check: no part is called $1" >&2
		exit 2
		;;
	esac
}

[ $# -gt 0 ] || set -- build layers units bats suite nosandbox stat user sanitize
for name; do
	part "$name"
done

heading 'all parts'
awk -F '\t' '
BEGIN { printf "%-28s %7s %7s %8s\n", "part", "passed", "failed", "skipped" }
{
	printf "%-28s %7d %7d %8d  %s\n", $1, $2, $3, $4, $5
	passed += $2; failed += $3; skipped += $4
}
END {
	printf "\n%d passed, %d failed, %d skipped\n", passed, failed, skipped
	exit failed > 0 || passed == 0
}' "$work/table"
