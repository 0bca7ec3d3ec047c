// SPDX-License-Identifier: MIT
/* Files into trees: reads the bytes, refuses what is no text, and has the rest parsed. */
#include "scenario.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pages.h"
#include "scenario_parser.h"
#include "syntax.h"
#include "utf8.h"

#define obstack_chunk_alloc pages_alloc
#define obstack_chunk_free  pages_free

enum { FILE_SIZE_MAX = 64 * 1024 * 1024, READ_SIZE = 64 * 1024 };

/* The place of a byte of the text. */
static struct location locate(const struct source *source, size_t offset)
{
	const char *start = memrchr(source->text, '\n', offset);
	struct location where = { .line = 1 };

	for (const char *at = source->text;
	     (at = memchr(at, '\n', (size_t)(source->text + offset - at))); at++)
		where.line++;
	where.column = (int)(offset - (start ? (size_t)(start - source->text) + 1 : 0)) + 1;
	where.end_column = where.column + 1;
	return where;
}

/* Everything after this may rely on valid UTF-8 without NUL. */
static bool is_text(const struct source *source, struct diag *diag)
{
	size_t bytes;
	uint32_t code;

	for (size_t i = 0; i < source->length; i += bytes) {
		bytes = utf8_decode(source->text + i, source->length - i, &code);
		if (bytes && code)
			continue;
		if (bytes)
			diag_error(diag, source, locate(source, i), "is this a scenario file?",
				   "a NUL byte: this is not text");
		else
			diag_error(diag, source, locate(source, i), "is this a scenario file?",
				   "the byte 0x%02x here is not UTF-8 text",
				   (unsigned char)source->text[i]);
		return false;
	}
	return true;
}

static void run_parser(struct syntax *syntax)
{
	if (syntax_scan_open(syntax)) {
		syntax_complain(syntax, (struct location){ 0 }, NULL, "not enough memory");
		return;
	}
	syntax_parse(syntax);
	syntax_scan_close(syntax);
}

static void parse(struct scenario_file *file, struct diag *diag)
{
	struct syntax syntax = {
		.file = file,
		.diag = diag,
		.line = 1,
		.at_start = true,
		.last = TOKEN_NL,
		.last_where = { 1, 1, 1 },
	};

	run_parser(&syntax);
	if (!syntax.errors && !file->scenarios)
		diag_error(diag, &file->source, locate(&file->source, file->source.length), NULL,
			   "no scenario in this file");
}

/*
 * Copies the text, with a NUL behind it that `length` does not count. False, after a message, if
 * there is no room.
 */
static bool take_text(struct scenario_file *file, const char *path, const char *text, size_t length,
		      struct diag *diag)
{
	char *copy = length <= FILE_SIZE_MAX ? pages_alloc(length + 1) : NULL;

	*file = (struct scenario_file){
		.source = { .path = strdup(path), .text = copy, .length = copy ? length : 0 },
	};
	if (!copy) {
		diag_error(diag, &file->source, (struct location){ 0 }, NULL,
			   length <= FILE_SIZE_MAX ? "not enough memory" : "larger than 64 MiB");
		return false;
	}
	memcpy(copy, text, length);
	copy[length] = '\0';
	obstack_init(&file->memory);
	file->has_memory = true;
	return true;
}

void scenario_file_parse(struct scenario_file *file, const char *path, const char *text,
			 size_t length, struct diag *diag)
{
	if (take_text(file, path, text, length, diag) && is_text(&file->source, diag))
		parse(file, diag);
}

/*
 * The words of a line that begins with `fault` are those of a rule; the token that says so was
 * never in the text. Shells make it easy to write one on several lines, which mean nothing here.
 */
struct decl *scenario_rule_parse(struct scenario_file *file, const char *name, const char *before,
				 const char *text, const char *after, struct diag *diag)
{
	struct syntax syntax = {
		.file = file,
		.diag = diag,
		.line = 1,
		.begun = true,
		.starter = TOKEN_FAULT,
		.queue = { { .kind = TOKEN_RULE_ALONE, .where = { 1, 1, 1 } } },
		.queue_count = 1,
	};
	char *line;
	bool is_taken;

	if (asprintf(&line, "%s%s%s", before, text, after) < 0) {
		diag_error(diag, NULL, (struct location){ 0 }, NULL, "not enough memory");
		return NULL;
	}
	for (char *end = line; (end = strchr(end, '\n')); end++)
		*end = ' ';
	is_taken = take_text(file, name, line, strlen(line), diag);
	free(line);
	if (!is_taken)
		return NULL;
	file->source.before = strlen(before);
	file->source.after = strlen(after);
	if (!is_text(&file->source, diag))
		return NULL;
	run_parser(&syntax);
	return syntax.errors ? NULL : syntax.rule;
}

/*
 * Opens what can be read to an end: a file, or a pipe of the shell. Never waits for a FIFO's
 * other side.
 */
static int open_text(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	struct stat status;
	int err = 0;

	if (fd < 0)
		return -errno;
	if (fstat(fd, &status))
		err = -errno;
	else if (S_ISDIR(status.st_mode))
		err = -EISDIR;
	else if (status.st_size > FILE_SIZE_MAX)
		err = -EFBIG;
	else if (!S_ISREG(status.st_mode) && fcntl(fd, F_SETFL, O_RDONLY) < 0)
		err = -errno;
	if (!err)
		return fd;
	close(fd);
	return err;
}

/* All bytes; the caller frees *text. */
static int read_text(int fd, char **text, size_t *length)
{
	size_t capacity = READ_SIZE, used = 0;
	char *bytes = malloc(capacity);

	while (bytes) {
		ssize_t got = read(fd, bytes + used, capacity - used);
		char *grown;

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0 || used + (size_t)got > FILE_SIZE_MAX) {
			int err = got < 0 ? -errno : got ? -EFBIG : 0;

			*text = bytes;
			*length = used;
			if (err)
				free(bytes);
			return err;
		}
		used += (size_t)got;
		if (used < capacity)
			continue;
		capacity *= 2;
		grown = realloc(bytes, capacity);
		if (!grown)
			free(bytes);
		bytes = grown;
	}
	return -ENOMEM;
}

int scenario_file_read(struct scenario_file *file, const char *path, struct diag *diag)
{
	int fd = open_text(path), err;
	size_t length = 0;
	char *text = NULL;

	*file = (struct scenario_file){ 0 };
	if (fd < 0)
		return fd;
	err = read_text(fd, &text, &length);
	close(fd);
	if (err)
		return err;
	scenario_file_parse(file, path, text, length, diag);
	free(text);
	return 0;
}

void scenario_file_free(struct scenario_file *file)
{
	if (file->has_memory)
		obstack_free(&file->memory, NULL);
	free(file->source.path);
	pages_free(file->source.text);
	*file = (struct scenario_file){ 0 };
}
