#!/bin/sh
# SPDX-License-Identifier: MIT
# The rules of the tree that can be read off its text: who may include what, one owner for each outside
# thing, no sleeping, and what every source and scenario must carry. Prints each violation with its place.
# usage: ci/layers.sh [ROOT]
here=$(cd "$(dirname "$0")" && pwd)
cd "${1:-$here/..}" || exit 2

work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM HUP

passed=0 failed=0

# Judges one rule: standard input holds its violations.
rule() {
	if [ -s "$work/found" ]; then
		failed=$((failed + 1))
		echo "layers: violated: $1"
		sed 's/^/    /' "$work/found"
	else
		passed=$((passed + 1))
	fi
}

c_files=$(find lib harness ci -name '*.[chly]' 2>/dev/null | sort)
scripts=$(find Makefile ci bats .ci -type f 2>/dev/null | grep -v -E '\.(drill|tsv|[chly])$' | sort)
drills=$(find scenarios -name '*.drill' 2>/dev/null | sort)
# product: the code of the program, without its tests. words: the same without the texts it prints.
touch "$work/code" "$work/words"
# format(printf, ...) tells the compiler about a function; it prints nothing.
# shellcheck disable=SC2086
if [ -n "$c_files" ]; then
	awk -v strings=keep -f "$here/strip_comments.awk" $c_files >"$work/code"
	awk -f "$here/strip_comments.awk" $c_files | grep -v -E '^[^:]*/tests/|^ci/' |
		sed 's/format(printf/format(/' >"$work/words"
fi
grep -v -E '^[^:]*/tests/|^ci/' "$work/code" >"$work/product"

# only TITLE PATTERN OWNERS: the pattern stands in the owners' code and nowhere else in the program.
only() {
	only_in "$work/words" "$@"
}

only_in() {
	grep -E "^[^:]*:[0-9]+:.*($3)" "$1" | grep -v -E "^($4):" >"$work/found"
	rule "$2"
}

word='(^|[^A-Za-z0-9_])'
only '<seccomp.h> is for inject_filter.c' '# *include <seccomp\.h>' 'lib/inject_filter\.c'
only_in "$work/product" '/proc is for settle, crowd, leak, process, platform and sandbox' '"[^"]*/proc(/|")' \
	'lib/(settle|crowd|leak|process|platform|sandbox)[a-z_]*\.c|lib/calls/.*'
only 'the clock is for deadline.c' "$word(clock_gettime|gettimeofday|time) *\\(" 'lib/deadline\.c|lib/calls/.*'
only 'only main.c exits' "$word(exit|quick_exit) *\\(" 'harness/main\.c|lib/calls/.*'
only '_exit is for the processes that the program forks' "$word(_exit|_Exit) *\\(" \
	'lib/(actor|endpoint|warden|sandbox[a-z_]*|settle_grade_linux|platform[a-z_]*)\.c|lib/calls/.*|harness/(pool|worker)[a-z_]*\.c'
only 'standard output is for reports, commands, output and main' \
	"$word(stdout|printf *\\(|puts *\\(|putchar *\\(|vprintf *\\(|d?write *\\((1|STDOUT_FILENO),)" \
	'harness/(reports|commands)/[a-z_]*\.c|harness/(main|output)\.c'
only 'nobody sleeps' "$word(sleep|usleep|nanosleep|clock_nanosleep|thrd_sleep) *\\(" 'lib/calls/.*'

# A lib file that names a header of harness would be wrong even if an include path hid it.
grep -E '^lib/[^:]*:[0-9]+: *# *include "' "$work/code" | while IFS= read -r line; do
	header=$(echo "$line" | sed 's/.*include "\(.*\)".*/\1/')
	[ ! -e "lib/$header" ] && [ ! -e "$(dirname "${line%%:*}")/$header" ] && echo "$line"
done >"$work/found"
rule 'lib knows no header outside lib'

grep -E '^lib/(calls|mechanisms|faults)/[^:]*:[0-9]+: *# *include "' "$work/code" |
	grep -v -E '# *include "((call|mechanism|fault)(_[a-z]*)?|table|value|symbols)\.h"' >"$work/found"
rule 'members of the open sets know their own header, values and symbols'

grep -n -E "^[^#]*$word(sleep)[[:space:]]+[0-9\$]" $scripts /dev/null >"$work/found"
rule 'no script sleeps'

for file in $c_files $scripts; do
	head -n 2 "$file" | grep -q 'SPDX-License-Identifier:' || echo "$file"
done >"$work/found"
rule 'every source names its licence in its first two lines'

for file in $c_files; do
	lines=$(wc -l <"$file")
	[ "$lines" -le 500 ] || echo "$file: $lines lines"
done >"$work/found"
rule 'no source is longer than 500 lines'

# Not every promise has a row in the catalogue, but every one is written down somewhere.
for file in $drills; do
	awk '
	function finish() {
		if (title != "" && !cites)
			print FILENAME ":" line ": no cite: " title
	}
	/^scenario / { finish(); title = $0; line = FNR; cites = 0 }
	/^[ \t]*cite / { cites++ }
	END { finish() }' "$file"
done >"$work/found"
rule 'every scenario cites where its behaviour is documented'

# This checkout's own place and its owner's home are of no use to anyone else.
for place in "$(pwd)" "$(dirname "$(pwd)")" "${HOME:-/}"; do
	case $place in
	/ | /root | /home | /tmp | /var/tmp | /usr | /usr/* | /opt | /srv) continue ;;
	esac
	grep -rn -F --exclude-dir=.git --exclude-dir=build -e "$place/" . 2>/dev/null
done | sort -u >"$work/found"
rule 'no file names a path of this machine'

echo "layers: $passed rules hold, $failed violated"
[ "$failed" -eq 0 ]
