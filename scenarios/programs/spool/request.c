// SPDX-License-Identifier: MIT
/*
 * Takes requests apart, and remembers the last one of each client: it sends the next one only when
 * the last has been acknowledged, so all that are older have been kept as well.
 */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "request.h"

bool request_is_client_name(const char *name)
{
	size_t length = strlen(name);

	for (size_t i = 0; i < length; i++)
		if (!isgraph((unsigned char)name[i]))
			return false;
	return length > 0 && length <= CLIENT_NAME_MAX;
}

bool request_parse(struct request *request, const char *line)
{
	size_t length = strcspn(line, " ");
	const char *number = line + length + 1;
	char *end;

	if (length > CLIENT_NAME_MAX || !line[length] || !isdigit((unsigned char)*number))
		return false;
	memcpy(request->client, line, length);
	request->client[length] = '\0';
	errno = 0;
	request->sequence = strtoull(number, &end, 10);
	request->line = line;
	return request_is_client_name(request->client) && request->sequence && !errno &&
	       *end == ' ';
}

static struct roster_entry *find(const struct roster *roster, const char *client)
{
	for (size_t i = 0; i < roster->count; i++)
		if (!strcmp(roster->entries[i].client, client))
			return &roster->entries[i];
	return NULL;
}

bool roster_has(const struct roster *roster, const struct request *request)
{
	const struct roster_entry *entry = find(roster, request->client);

	return entry && request->sequence <= entry->sequence;
}

int roster_note(struct roster *roster, const struct request *request)
{
	struct roster_entry *entry = find(roster, request->client);

	if (!entry) {
		struct roster_entry *entries = reallocarray(roster->entries, roster->count + 1,
							    sizeof(*entries));

		if (!entries)
			return -1;
		roster->entries = entries;
		entry = &entries[roster->count++];
		memcpy(entry->client, request->client, sizeof(entry->client));
	}
	entry->sequence = request->sequence;
	return 0;
}
