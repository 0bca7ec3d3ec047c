# SPDX-License-Identifier: MIT
# Turns scenarios/catalogue/*.tsv into C: one entry a row, in the order of the files.
BEGIN {
	FS = "\t"
	print "#include \"catalogue.h\"\n\nconst struct catalogue_entry catalogue_entries[] = {"
}
/^#/ || $1 == "id" || NF < 4 { next }
{
	for (i = 1; i <= NF; i++) {
		gsub(/\\/, "\\\\", $i)
		gsub(/"/, "\\\"", $i)
	}
	printf "\t{ \"%s\", \"%s\", \"%s\", \"%s\", \"%s\" },\n", $1, $2, $3, $4, $10
}
END { print "\t{ 0 },\n};" }
