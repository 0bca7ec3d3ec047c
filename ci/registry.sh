#!/bin/sh
# SPDX-License-Identifier: MIT
# Prints C: an array of pointers to the descriptors named after the given files, ending with NULL.
# usage: registry.sh PREFIX TYPE ARRAY FILE...
prefix=$1 type=$2 array=$3
shift 3
printf '#include <stddef.h>\n'
for file; do
	name=$(basename "$file" .c)
	[ -e "$file" ] && printf 'extern const %s %s_%s;\n' "$type" "$prefix" "$name"
done
printf 'extern const %s *const %s[];\nconst %s *const %s[] = {\n' "$type" "$array" "$type" "$array"
for file; do
	name=$(basename "$file" .c)
	[ -e "$file" ] && printf '\t&%s_%s,\n' "$prefix" "$name"
done
printf '\tNULL,\n};\n'
