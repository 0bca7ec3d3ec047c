// SPDX-License-Identifier: MIT
/* What a terminal might obey is not passed on to it. */
#include "visible.h"

#include <inttypes.h>
#include <string.h>

#include "utf8.h"

enum { TAB = 8 };

size_t visible_put(FILE *out, const char *text, size_t length, int *column)
{
	uint32_t code = 0;
	size_t bytes = utf8_decode(text, length, &code);
	int width = bytes ? utf8_width(code) : -1;

	if (code == '\t' && bytes) {
		int next = (*column / TAB + 1) * TAB;

		fprintf(out, "%*s", next - *column, "");
		*column = next;
	} else if (width >= 0) {
		fwrite(text, 1, bytes, out);
		*column += width;
	} else if (bytes > 1) {
		*column += fprintf(out, "<U+%04" PRIX32 ">", code);
	} else {
		*column += fprintf(out, "<%02X>", (unsigned int)(unsigned char)text[0]);
	}
	return bytes ? bytes : 1;
}

void visible_bytes(FILE *out, const char *text, size_t length)
{
	size_t at = 0;
	int column = 0;

	while (at < length)
		at += visible_put(out, text + at, length - at, &column);
}

void visible_text(FILE *out, const char *text)
{
	visible_bytes(out, text, strlen(text));
}
