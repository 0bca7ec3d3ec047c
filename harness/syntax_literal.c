// SPDX-License-Identifier: MIT
/* Numbers and strings: their values, and what can be wrong inside them. */
#include <ctype.h>
#include <inttypes.h>
#include <string.h>

#include "scenario_parser.h"
#include "syntax.h"

static const struct unit {
	const char *name;
	int64_t nanoseconds;
} units[] = {
	{ "ns", 1 }, { "us", 1000 }, { "ms", 1000000 }, { "s", 1000000000 }, { "m", 60000000000 },
};

/* What a number that cannot be read stands for: nobody has a reason to complain about 1 as well. */
enum { UNREADABLE = 1 };

/* The place of `length` bytes of the token, from `start` on. */
static struct location part(const struct token *token, size_t start, size_t length)
{
	struct location where = token->where;

	where.column += (int)start;
	where.end_column = where.column + (int)length;
	return where;
}

struct text syntax_text(struct syntax *syntax, const char *bytes, size_t length)
{
	return (struct text){ obstack_copy0(&syntax->file->memory, bytes, length), length };
}

static int digit_value(char digit)
{
	if (isdigit((unsigned char)digit))
		return digit - '0';
	return isxdigit((unsigned char)digit) ? tolower((unsigned char)digit) - 'a' + 10 : 99;
}

/*
 * The digits from `start` to `end`; complains and gives UNREADABLE if they are no number of that
 * base, or too large.
 */
static int64_t digits(struct syntax *syntax, const char *text, size_t start, size_t end, int base,
		      const struct token *token)
{
	int64_t number = 0;

	if (start == end) {
		syntax_complain(syntax, token->where, NULL, "no digits after '%.*s'", (int)start,
				text);
		return UNREADABLE;
	}
	for (size_t i = start; i < end; i++) {
		int digit = digit_value(text[i]);

		if (digit >= base) {
			syntax_complain(syntax, part(token, i, 1),
					base == 8 ? "a leading 0 makes a number octal" : NULL,
					"'%c' is not a digit of a base %d number", text[i], base);
			return UNREADABLE;
		}
		if (__builtin_mul_overflow(number, (int64_t)base, &number) ||
		    __builtin_add_overflow(number, (int64_t)digit, &number)) {
			syntax_complain(syntax, token->where, NULL,
					"the number is larger than %" PRId64, INT64_MAX);
			return UNREADABLE;
		}
	}
	return number;
}

static void version_number(struct syntax *syntax, const char *text, size_t length,
			   struct token *token)
{
	const char *dot = memchr(text, '.', length);
	size_t split = (size_t)(dot - text);
	int64_t major, minor;

	token->kind = TOKEN_VERSION;
	for (size_t i = 0; i < length; i++) {
		if (isdigit((unsigned char)text[i]) || i == split)
			continue;
		syntax_complain(syntax, token->where,
				text[i] == '.' ? NULL
					       : "a duration is a whole number: 1500ms, not 1.5s",
				"expected a version of two numbers, such as 5.14");
		return;
	}
	major = digits(syntax, text, 0, split, 10, token);
	minor = digits(syntax, text, split + 1, length, 10, token);
	if (major > INT16_MAX || minor > UINT16_MAX) {
		syntax_complain(syntax, token->where, NULL, "there is no version that large");
		return;
	}
	token->value.number = major << 16 | minor;
}

static void duration(struct syntax *syntax, const char *text, size_t start, size_t length,
		     struct token *token)
{
	int64_t count;

	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		if (length - start != strlen(units[i].name) ||
		    memcmp(text + start, units[i].name, length - start) != 0)
			continue;
		token->kind = TOKEN_TIME;
		count = digits(syntax, text, 0, start, 10, token);
		if (__builtin_mul_overflow(count, units[i].nanoseconds, &token->value.number)) {
			syntax_complain(syntax, token->where, NULL,
					"the duration is longer than 292 years");
			token->value.number = UNREADABLE;
		}
		return;
	}
	token->kind = TOKEN_TIME;
	syntax_complain(syntax, part(token, start, length - start),
			"numbers are 12, 0x1f, 0o17 or 017; durations end in ns, us, ms, s or m",
			"unknown unit '%.*s' after a number",
			length - start > 40 ? 40 : (int)(length - start), text + start);
}

void syntax_number(struct syntax *syntax, const char *text, size_t length, struct token *token)
{
	size_t decimal = 0;

	token->kind = TOKEN_INT;
	token->value.number = UNREADABLE;
	if (memchr(text, '.', length)) {
		version_number(syntax, text, length, token);
		return;
	}
	while (decimal < length && isdigit((unsigned char)text[decimal]))
		decimal++;
	if (length > 1 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X'))
		token->value.number = digits(syntax, text, 2, length, 16, token);
	else if (length > 1 && text[0] == '0' && text[1] == 'o')
		token->value.number = digits(syntax, text, 2, length, 8, token);
	else if (decimal < length)
		duration(syntax, text, decimal, length, token);
	else
		token->value.number = digits(syntax, text, 0, length,
					     length > 1 && text[0] == '0' ? 8 : 10, token);
}

/*
 * One escape, from after its backslash: writes a byte, returns how many characters it took, or
 * 0 if it is none.
 */
static size_t escape(const char *text, size_t length, char *byte)
{
	static const char letters[] = "0abefnrtv\\\"", bytes[] = "\0\a\b\033\f\n\r\t\v\\\"";
	const char *letter = memchr(letters, text[0], sizeof(letters) - 1);

	if (letter) {
		*byte = bytes[letter - letters];
		return 1;
	}
	if (text[0] != 'x' || length < 3 || !isxdigit((unsigned char)text[1]) ||
	    !isxdigit((unsigned char)text[2]))
		return 0;
	*byte = (char)(digit_value(text[1]) << 4 | digit_value(text[2]));
	return 3;
}

/*
 * The text comes with its quotes, which are there, and a backslash is never the last inside
 * them.
 */
void syntax_string(struct syntax *syntax, const char *text, size_t length, struct token *token)
{
	struct obstack *memory = &syntax->file->memory;
	size_t end = length - 1;

	token->kind = TOKEN_STRING;
	for (size_t i = 1; i < end;) {
		const char *stop = memchr(text + i, '\\', end - i);
		size_t plain = stop ? (size_t)(stop - text) - i : end - i, taken;
		char byte = '?';

		obstack_grow(memory, text + i, plain);
		i += plain;
		if (i == end)
			break;
		taken = escape(text + i + 1, end - i - 1, &byte);
		if (!taken)
			syntax_complain(
				syntax, part(token, i, 2),
				"known are \\n \\t \\r \\0 \\a \\b \\e \\f \\v \\\\ \\\" and \\xHH",
				text[i + 1] == 'x' ? "\\x needs two hexadecimal digits"
						   : "unknown escape");
		else if (text[i + 1] == '0' && i + 2 < end && isdigit((unsigned char)text[i + 2]))
			syntax_complain(syntax, part(token, i, 3), "write \\x00 before a digit",
					"\\0 followed by a digit looks octal");
		obstack_1grow(memory, byte);
		i += 1 + (taken ? taken : 1);
	}
	token->value.text.length = (size_t)obstack_object_size(memory);
	obstack_1grow(memory, '\0');
	token->value.text.bytes = obstack_finish(memory);
}
