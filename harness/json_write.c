// SPDX-License-Identifier: MIT
/* On top of json-c, which returns errors that nobody could do anything about. */
#include "json_write.h"

#include <stdlib.h>
#include <string.h>

#include "draft.h"
#include "symbols.h"
#include "utf8.h"

void json_add(struct json_object *object, const char *key, struct json_object *value)
{
	if (json_object_object_add(object, key, value))
		abort();
}

struct json_object *json_text(const char *text, size_t length)
{
	struct json_object *object;
	struct draft valid;
	size_t bytes;
	char *copy;

	draft_open(&valid);
	for (size_t i = 0; i < length; i += bytes) {
		uint32_t code;

		bytes = utf8_decode(text + i, length - i, &code);
		if (bytes)
			fwrite(text + i, 1, bytes, valid.out);
		else
			fputs(UTF8_REPLACEMENT, valid.out);
		bytes += !bytes;
	}
	copy = draft_take(&valid);
	object = json_object_new_string(copy);
	free(copy);
	return object;
}

void json_add_text(struct json_object *object, const char *key, const char *text)
{
	if (text)
		json_add(object, key, json_text(text, strlen(text)));
}

void json_add_number(struct json_object *object, const char *key, uint64_t number)
{
	json_add(object, key, json_object_new_int64((int64_t)number));
}

void json_add_flag(struct json_object *object, const char *key, bool flag)
{
	json_add(object, key, json_object_new_boolean(flag));
}

void json_add_signal(struct json_object *object, int signal)
{
	const char *name = symbol_name(SYMBOL_SIGNAL, signal);
	char text[20];

	snprintf(text, sizeof(text), "%d", signal);
	json_add_text(object, "signal", name ? name : text);
}

static void write_out(FILE *out, struct json_object *object, int flags)
{
	const char *text = json_object_to_json_string_ext(object,
							  flags | JSON_C_TO_STRING_NOSLASHESCAPE);

	if (!text)
		abort();
	fprintf(out, "%s\n", text);
	json_object_put(object);
}

void json_write_line(FILE *out, struct json_object *object)
{
	write_out(out, object, JSON_C_TO_STRING_PLAIN);
}

void json_write_pretty(FILE *out, struct json_object *object)
{
	write_out(out, object, JSON_C_TO_STRING_PRETTY);
}
