# SPDX-License-Identifier: MIT
# Turns scenarios/catalogue/*.tsv into C: one entry a row, in the order of strcmp() on the ids.
BEGIN {
	FS = "\t"
	sort = "LC_ALL=C sort"
	print "#include \"catalogue.h\"\n\nconst struct catalogue_entry catalogue_entries[] = {"
	fflush()
}
/^#/ || $1 == "id" || NF == 0 { next }
NF != 10 {
	printf "%s:%d: a row has 10 columns with tabs between, not %d\n", FILENAME, FNR, NF >"/dev/stderr"
	failed = 1
	next
}
{
	if ($1 in place) {
		printf "%s:%d: %s is an id already, at %s\n", FILENAME, FNR, $1, place[$1] >"/dev/stderr"
		failed = 1
	}
	place[$1] = FILENAME ":" FNR
	count++
	for (i = 1; i <= NF; i++) {
		gsub(/\\/, "&&", $i)
		gsub(/["?]/, "\\\\&", $i)	# "?" for trigraphs
	}
	# A tab sorts before all that an id is made of, so the first column is what is sorted by.
	printf "\t{ \"%s\"\t, \"%s\", \"%s\", \"%s\", \"%s\" },\n", $1, $2, $3, $4, $10 | sort
}
END {
	close(sort)
	printf "\t{ 0 },\n};\nconst size_t catalogue_count = %d;\n", count
	exit failed
}
