// SPDX-License-Identifier: MIT
/* Calls from their raw arguments, as far as it is known what those mean. */
#include "inject_words.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "inject.h"
#include "process_paths.h"
#include "symbols.h"
#include "value.h"

enum { ARGUMENTS = 6 };

const char *inject_call_text(int number)
{
	static char text[40];
	const char *name = inject_call_name(number);

	if (name)
		return name;
	if (number < 0)
		return "32-bit call";
	snprintf(text, sizeof(text), "call %d", number);
	return text;
}

static void print_string(FILE *out, const char *text, size_t length)
{
	struct value value = value_bytes(text, length);

	value_print(out, &value, SYMBOL_PLAIN);
}

static void print_descriptor(FILE *out, const struct hit *hit, int fd)
{
	char path[PATH_MAX];

	if (fd == AT_FDCWD)
		fputs("AT_FDCWD", out);
	else if (process_directory(hit->tid, fd, path, sizeof(path)) > 0)
		fprintf(out, "%d<%s>", fd, path);
	else
		fprintf(out, "%d", fd);
}

static void print_path(FILE *out, const struct hit *hit, uint64_t address)
{
	char path[PATH_MAX];
	ssize_t length = hit_read_string(hit, address, path, sizeof(path));

	if (length < 0)
		fprintf(out, "%#" PRIx64, address);
	else
		print_string(out, path, (size_t)length);
}

static void print_name(FILE *out, const struct sockaddr_storage *name, size_t length)
{
	const struct sockaddr_un *local = (const struct sockaddr_un *)name;
	const struct sockaddr_in *in = (const struct sockaddr_in *)name;
	const struct sockaddr_in6 *in6 = (const struct sockaddr_in6 *)name;
	char text[INET6_ADDRSTRLEN] = "?";

	switch (name->ss_family) {
	case AF_UNIX:
		length -= offsetof(struct sockaddr_un, sun_path);
		print_string(out, local->sun_path,
			     local->sun_path[0] ? strnlen(local->sun_path, length) : length);
		return;
	case AF_INET:
		inet_ntop(AF_INET, &in->sin_addr, text, sizeof(text));
		fprintf(out, "%s:%u", text, ntohs(in->sin_port));
		return;
	case AF_INET6:
		inet_ntop(AF_INET6, &in6->sin6_addr, text, sizeof(text));
		fprintf(out, "[%s]:%u", text, ntohs(in6->sin6_port));
		return;
	default: symbol_print(out, SYMBOL_FAMILY, name->ss_family);
	}
}

static void print_address(FILE *out, const struct hit *hit, int position)
{
	struct sockaddr_storage name = { 0 };
	uint64_t length = (uint32_t)hit->args[position + 1];

	if (!hit->args[position])
		fputs("NULL", out);
	else if (length < sizeof(sa_family_t) || length > sizeof(name) ||
		 hit_read(hit, hit->args[position], &name, length))
		fprintf(out, "%#" PRIx64, hit->args[position]);
	else
		print_name(out, &name, length);
}

/* False: nothing is known about it. */
static bool print_as(FILE *out, const struct hit *hit, const struct shape *shape, int position)
{
	if (position == shape->fd || position == shape->directory)
		print_descriptor(out, hit, (int)hit->args[position]);
	else if (position == shape->path)
		print_path(out, hit, hit->args[position]);
	else if (position == shape->address)
		print_address(out, hit, position);
	else if (position == shape->size)
		fprintf(out, "%" PRIu64, hit->args[position]);
	else
		return false;
	return true;
}

static bool print_argument(FILE *out, const struct hit *hit, int position)
{
	const struct shape *shape = hit->shape;

	while (shape && !print_as(out, hit, shape, position))
		shape = shape->other;
	return shape;
}

void inject_words_call(const struct hit *hit, char *text, size_t size)
{
	FILE *out = fmemopen(text, size, "w");
	bool is_first = true;
	char one[PATH_MAX + 40];

	if (!out)
		abort();
	fprintf(out, "%s(", inject_call_text(hit->number));
	for (int position = 0; position < ARGUMENTS; position++) {
		FILE *part = fmemopen(one, sizeof(one), "w");

		if (!part)
			abort();
		if (print_argument(part, hit, position)) {
			fflush(part);
			fprintf(out, "%s%s", is_first ? "" : ", ", one);
			is_first = false;
		}
		fclose(part);
	}
	fputs(")", out);
	if (hit->is_compat)
		fputs(" of 32 bits", out);
	fclose(out);
	text[size - 1] = '\0';
}

static void print_answer(const struct hit *hit, char *text, size_t size)
{
	const char *name = symbol_name(SYMBOL_ERRNO, hit->error);

	if (!hit->error)
		snprintf(text, size, "%" PRId64, hit->value);
	else if (name)
		snprintf(text, size, "-1 %s (%s)", name, strerror(hit->error));
	else
		snprintf(text, size, "-1 errno %d", hit->error);
}

void inject_words_end(const struct hit *hit, char *text, size_t size)
{
	switch (hit->end) {
	case HIT_ANSWERED: print_answer(hit, text, size); return;
	case HIT_PASSED: snprintf(text, size, "left to the kernel"); return;
	case HIT_KILLED: snprintf(text, size, "killed"); return;
	case HIT_REFUSED: snprintf(text, size, "not disturbed: %s", hit->refusal); return;
	case HIT_LOST:
	case HIT_UNDECIDED: snprintf(text, size, "never returned"); return;
	}
	abort();
}

/* What the kernel calls it: "anon_inode:[eventpoll]". */
static const char *name_anonymous(const struct hit *hit, int fd)
{
	static char name[60];
	char path[PATH_MAX];

	name[0] = '\0';
	if (process_directory(hit->tid, fd, path, sizeof(path)) > 0)
		sscanf(path, "anon_inode:%*[[]%59[^]]", name);
	return name[0] ? name : "anonymous";
}

static const char *kind_of(const struct hit *hit, int fd, int borrowed)
{
	struct stat status;
	const char *name;

	if (fstat(borrowed, &status))
		return "unknown";
	name = descriptor_kind_name(descriptor_kind_of(borrowed, &status));
	return name ? name : name_anonymous(hit, fd);
}

const char *inject_words_kind(const struct hit *hit)
{
	const char *kind;
	int fd, borrowed;

	if (hit->shape->fd < 0)
		return "";
	fd = (int)hit->args[hit->shape->fd];
	if (fd == -1)		/* as mmap(2) says that it has none */
		return "";
	borrowed = hit_borrow(hit, fd);
	if (borrowed < 0)
		return borrowed == -EBADF ? "closed" : "unknown";
	kind = kind_of(hit, fd, borrowed);
	close(borrowed);
	return kind;
}
