# SPDX-License-Identifier: MIT
# C without its comments, line for line, as FILE:LINE:text. With -v strings=keep, strings stay; else "" is left of them.
FNR == 1 { inside = 0 }
{
	text = $0
	out = ""
	while (text != "") {
		if (inside) {
			end = index(text, "*/")
			if (!end)
				break
			text = substr(text, end + 2)
			inside = 0
		} else if (match(text, /^"([^"\\]|\\.)*"/) || match(text, /^'([^'\\]|\\.)*'/)) {
			out = out (strings == "keep" || out ~ /# *include *$/ ? substr(text, 1, RLENGTH) : "\"\"")
			text = substr(text, RLENGTH + 1)
		} else if (substr(text, 1, 2) == "/*") {
			inside = 1
			text = substr(text, 3)
		} else if (substr(text, 1, 2) == "//") {
			break
		} else {
			out = out substr(text, 1, 1)
			text = substr(text, 2)
		}
	}
	print FILENAME ":" FNR ":" out
}
