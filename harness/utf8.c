// SPDX-License-Identifier: MIT
/* Decoding of UTF-8 without the locale, which a static program run anywhere cannot rely on. */
#include "utf8.h"

/* The least code point that needs as many bytes: shorter ones in a longer form are invalid. */
static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };

static size_t sequence_length(unsigned char lead)
{
	if (lead < 0x80)
		return 1;
	if (lead >= 0xc2 && lead < 0xe0)
		return 2;
	if (lead >= 0xe0 && lead < 0xf0)
		return 3;
	return lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
}

size_t utf8_decode(const char *text, size_t length, uint32_t *code)
{
	const unsigned char *bytes = (const unsigned char *)text;
	size_t wanted = length ? sequence_length(bytes[0]) : 0;

	if (!wanted || wanted > length)
		return 0;
	if (wanted == 1) {
		*code = bytes[0];
		return 1;
	}
	*code = bytes[0] & (0xffU >> (wanted + 1));
	for (size_t i = 1; i < wanted; i++) {
		if ((bytes[i] & 0xc0) != 0x80)
			return 0;
		*code = *code << 6 | (bytes[i] & 0x3fU);
	}
	if (*code < least[wanted] || *code > 0x10ffff || (*code >= 0xd800 && *code < 0xe000))
		return 0;
	return wanted;
}

int utf8_width(uint32_t code)
{
	/* Controls, no characters, and marks that reorder or hide what surrounds them. */
	static const struct {
		uint32_t first, last;
		int width;
	} ranges[] = {
		{ 0x0000, 0x001f, -1 },  { 0x007f, 0x009f, -1 },  { 0x0300, 0x036f, 0 },
		{ 0x061c, 0x061c, -1 },  { 0x1100, 0x115f, 2 },   { 0x200b, 0x200f, -1 },
		{ 0x2028, 0x202e, -1 },  { 0x2060, 0x206f, -1 },  { 0x2e80, 0xa4cf, 2 },
		{ 0xac00, 0xd7a3, 2 },   { 0xf900, 0xfaff, 2 },   { 0xfe30, 0xfe6f, 2 },
		{ 0xfeff, 0xfeff, -1 },  { 0xff00, 0xff60, 2 },   { 0xfff9, 0xfffb, -1 },
		{ 0xfffe, 0xffff, -1 },  { 0x1f300, 0x1faff, 2 }, { 0x20000, 0x3fffd, 2 },
		{ 0xe0000, 0xe007f, -1 },
	};

	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
		if (code >= ranges[i].first && code <= ranges[i].last)
			return ranges[i].width;
	return 1;
}
