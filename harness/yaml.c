// SPDX-License-Identifier: MIT
/* Values of a YAML block, two columns in. */
#include "yaml.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "utf8.h"

/*
 * One code point or stray byte; how many bytes it took. `quoted`: with the escapes of a
 * double-quoted scalar. In a literal block nothing can be escaped, so what must not be there is
 * only described.
 */
static size_t put_character(FILE *out, const char *text, bool quoted)
{
	uint32_t code;
	size_t length = utf8_decode(text, strnlen(text, 4), &code);

	if (!length)
		fprintf(out, "\\x%02x", (unsigned char)*text);
	else if (quoted && code == '\n')
		fputs("\\n", out);
	else if (quoted && (code == '"' || code == '\\'))
		fprintf(out, "\\%c", (int)code);
	else if (code != '\t' && (code == 0xfeff || utf8_width(code) < 0))
		fprintf(out, code < 0x100 ? "\\x%02x" : "\\U%08x", (unsigned)code);
	else
		fwrite(text, 1, length, out);
	return length ? length : 1;
}

static void put_quoted(FILE *out, const char *text)
{
	fputc('"', out);
	while (*text)
		text += put_character(out, text, true);
	fputs("\"\n", out);
}

void yaml_text(FILE *out, const char *key, const char *text)
{
	if (!text)
		return;
	fprintf(out, "  %s: ", key);
	put_quoted(out, text);
}

void yaml_item(FILE *out, const char *text)
{
	fputs("    - ", out);
	put_quoted(out, text);
}

void yaml_number(FILE *out, const char *key, long long number)
{
	fprintf(out, "  %s: %lld\n", key, number);
}

void yaml_lines(FILE *out, const char *key, const char *text)
{
	if (!text || !text[0])
		return;
	/* Not every reader of TAP knows a margin that is given as a number. */
	fprintf(out, "  %s: |%s\n", key,
		text[0] == ' ' || text[0] == '\t' || text[0] == '\n' ? "2" : "");
	while (*text) {
		if (*text != '\n')
			fputs("    ", out);
		while (*text && *text != '\n')
			text += put_character(out, text, false);
		fputc('\n', out);
		if (*text)
			text++;
	}
}
