// SPDX-License-Identifier: MIT
/*
 * Programs: found or not and why, executed or not and why, and the streams between them and the
 * driver.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "checks.h"
#include "program.h"
#include "streams.h"

static char directory[] = "/tmp/test_program.XXXXXX";
static char first[64], second[64];
static const char *const directories[] = { first, second, NULL };

static void make(const char *path, const char *text, mode_t mode)
{
	FILE *file = fopen(path, "w");

	ck_assert_ptr_nonnull(file);
	fputs(text, file);
	fclose(file);
	ck_assert_int_eq(chmod(path, mode), 0);
}

static void set_up(void)
{
	ck_assert_ptr_nonnull(mkdtemp(directory));
	ck_assert_int_eq(chdir(directory), 0);
	ck_assert(!mkdir("first", 0755) && !mkdir("second", 0755) && !mkdir("second/sub", 0755));
	snprintf(first, sizeof(first), "%s/first", directory);
	snprintf(second, sizeof(second), "%s/second", directory);
	make("first/both", "#!/bin/sh\nexit 1\n", 0755);
	make("second/both", "#!/bin/sh\nexit 2\n", 0755);
	make("first/text", "text\n", 0644);
	make("second/text", "#!/bin/sh\n", 0755);
	make("second/only", "#!/bin/sh\n", 0755);
	make("second/lost", "#!/no/such/interpreter -x\n", 0755);
	make("second/formless", "nothing of the kind\n", 0755);
	make("second/empty", "", 0755);
	make("second/suid", "#!/bin/sh\n", 04755);
	ck_assert_int_eq(chmod("second/suid", 04755), 0);
}

static void tear_down(void)
{
	char command[80];

	ck_assert_int_eq(chdir("/"), 0);
	snprintf(command, sizeof(command), "/bin/rm -r %s", directory);
	ck_assert_int_eq(system(command), 0);
}

static const struct {
	const char *name;
	int err;
	const char *found; /* below the directory; or the reason, of which this is part */
} names[] = {
	{ "./both", 0, "first/both" },
	{ "././both", 0, "first/both" },
	{ "./only", 0, "second/only" },
	{ "../second/both", 0, "first/../second/both" },
	/* The nearest one is meant, even if it cannot be executed. */
	{ "./text", -EACCES, "first/text is not executable" },
	{ "./sub", -EISDIR, "second/sub is a directory" },
	{ "./neither", -ENOENT, "./neither is neither in " },
	{ "/no/such/file", -ENOENT, "/no/such/file: No such file or directory" },
	{ "/", -EISDIR, "/ is a directory" },
	{ "both", 0, "second/both" },
	{ "text", 0, "second/text" },
	{ "neither", -ENOENT, "there is no neither in PATH" },
	{ "sub", -EISDIR, "second/sub is a directory" },
};

START_TEST(test_find)
{
	const struct program program = { .name = names[_i].name, .directories = directories };
	char path[200] = "", reason[300] = "", want[200];

	/* A text that comes first in PATH does not hide the program behind it. */
	snprintf(want, sizeof(want), "%s/nowhere:%s:%s", directory, second, first);
	setenv("PATH", want, 1);
	ck_assert_int_eq(program_find(&program, path, sizeof(path), reason, sizeof(reason)),
			 names[_i].err);
	snprintf(want, sizeof(want), "%s/%s", directory, names[_i].found);
	if (names[_i].err)
		ck_assert_msg(strstr(reason, names[_i].found) != NULL, "%s", reason);
	else
		ck_assert_str_eq(path, want);
}
END_TEST

START_TEST(test_text_does_not_hide_program)
{
	const struct program program = { .name = "text", .directories = directories };
	char path[200] = "", reason[300] = "", want[200];

	snprintf(want, sizeof(want), "%s:%s", first, second);
	setenv("PATH", want, 1);
	ck_assert_int_eq(program_find(&program, path, sizeof(path), reason, sizeof(reason)), 0);
	ck_assert_str_eq(path + strlen(path) - strlen("second/text"), "second/text");
	setenv("PATH", first, 1);
	ck_assert_int_eq(program_find(&program, path, sizeof(path), reason, sizeof(reason)),
			 -EACCES);
}
END_TEST

START_TEST(test_privilege)
{
	char text[60];

	ck_assert_ptr_null(program_privilege("second/only", text, sizeof(text)));
	ck_assert_ptr_null(program_privilege("second/none", text, sizeof(text)));
	ck_assert_ptr_nonnull(program_privilege("second/suid", text, sizeof(text)));
	ck_assert_msg(strstr(text, "set-uid") == text, "%s", text);
}
END_TEST

static const struct {
	const char *path;
	int err;
	const char *reason;
} failures[] = {
	{ "second/lost", -ENOENT, "second/lost: its interpreter /no/such/interpreter is missing" },
	{ "second/formless", -ENOEXEC,
	  "second/formless is no program, and no script with #! either" },
	{ "second/empty", -ENOEXEC, "second/empty is no program, and no script with #! either" },
	{ "first/text", -EACCES, "cannot execute first/text: Permission denied" },
};

START_TEST(test_execute_fails)
{
	const struct program program = { .name = "x", .directories = directories };
	struct environment environment = { 0 };
	char reason[120];

	ck_assert_int_eq(program_execute(&program, "s", failures[_i].path, &environment, reason,
					 sizeof(reason)),
			 failures[_i].err);
	ck_assert_str_eq(reason, failures[_i].reason);
}
END_TEST

static struct streams streams;

/* Runs "sh -c TEXT" with streams. */
static pid_t run(const char *text, bool has_input)
{
	const struct operand words[] = {
		{ .kind = OPERAND_VALUE,
		  .value = { .kind = VALUE_BYTES, .bytes = "-c", .length = 2 } },
		{ .kind = OPERAND_VALUE,
		  .value = { .kind = VALUE_BYTES, .bytes = text, .length = strlen(text) } },
	};
	const struct program_argument arguments[] = { { &words[0], false }, { &words[1], false } };
	const struct program program = { .name = "sh",
					 .directories = directories,
					 .arguments = arguments,
					 .argument_count = 2 };
	struct environment environment = { 0 };
	char reason[120];
	pid_t pid;

	ck_assert_int_eq(streams_open(&streams, has_input), 0);
	pid = fork();
	ck_assert_int_ge(pid, 0);
	if (!pid) {
		if (streams_become(&streams) >= 0)
			program_execute(&program, "actor", "/bin/sh", &environment, reason,
					sizeof(reason));
		_exit(99);
	}
	streams_started(&streams);
	return pid;
}

static int status_of(pid_t pid)
{
	int status;

	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

static void read_all(int stream, char *text, size_t size)
{
	size_t length = 0;

	while (streams.out_fd[stream] >= 0 && length < size - 1)
		length += streams_read(&streams, stream, text + length, size - 1 - length);
	text[length] = '\0';
}

START_TEST(test_streams_are_apart)
{
	char text[100];
	pid_t pid = run("echo $IPCDRILL_ENDPOINT; echo wrong >&2; read line || exit 7", false);

	read_all(STREAM_OUTPUT, text, sizeof(text));
	ck_assert_str_eq(text, "actor\n");
	read_all(STREAM_ERRORS, text, sizeof(text));
	ck_assert_str_eq(text, "wrong\n");
	ck_assert_int_eq(status_of(pid), 7);
	ck_assert(streams_executed(&streams));
	ck_assert(!streams_executed(&streams));
	streams_close(&streams);
}
END_TEST

START_TEST(test_nothing_is_inherited_besides)
{
	char text[100];
	pid_t pid;

	/* What the test itself has inherited. */
	for (int fd = 3; fd < 13; fd++)
		fcntl(fd, F_SETFD, FD_CLOEXEC);
	pid = run(
		"for fd in 3 4 5 6 7 8 9 10 11 12; do (: <&$fd) 2>&- && echo $fd; done; echo over",
		true);

	streams_end_input(&streams);
	read_all(STREAM_OUTPUT, text, sizeof(text));
	ck_assert_str_eq(text, "over\n");
	ck_assert_int_eq(status_of(pid), 0);
	streams_close(&streams);
}
END_TEST

START_TEST(test_input_larger_than_a_pipe)
{
	enum { SIZE = 1 << 20 };
	char *bytes = malloc(SIZE), text[100];
	pid_t pid = run("wc -c", true);

	memset(bytes, 'x', SIZE);
	ck_assert_int_eq(streams_write(&streams, bytes, SIZE), 0);
	ck_assert_uint_gt(streams.unwritten_length, 0);
	streams_end_input(&streams);
	ck_assert_int_ge(streams.in_fd, 0);
	while (streams.in_fd >= 0)
		streams_flush(&streams);
	read_all(STREAM_OUTPUT, text, sizeof(text));
	ck_assert_int_eq(atoi(text), SIZE);
	ck_assert_int_eq(status_of(pid), 0);
	streams_close(&streams);
	free(bytes);
}
END_TEST

START_TEST(test_input_that_nobody_reads)
{
	pid_t pid = run("exit 0", true);

	ck_assert_int_eq(status_of(pid), 0);
	/* We live through it, and no signal is left for later. */
	ck_assert_int_eq(streams_write(&streams, "text", 4), -EPIPE);
	ck_assert_int_eq(streams_write(&streams, "text", 4), -EPIPE);
	ck_assert_int_lt(streams.in_fd, 0);
	streams_close(&streams);
}
END_TEST

START_TEST(test_not_executed_is_not_said_to_be)
{
	pid_t pid;

	ck_assert_int_eq(streams_open(&streams, false), 0);
	pid = fork();
	if (!pid) {
		streams_become(&streams);
		pause();
	}
	streams_started(&streams);
	for (int i = 0; i < 100; i++)
		ck_assert(!streams_executed(&streams));
	kill(pid, SIGKILL);
	ck_assert_int_eq(status_of(pid), -SIGKILL);
	ck_assert(streams_executed(&streams));
	streams_close(&streams);
}
END_TEST

START_TEST(test_streams_leave_nothing_open)
{
	int before = dup(0), after;

	close(before);
	for (int i = 0; i < 3; i++) {
		ck_assert_int_eq(streams_open(&streams, i), 0);
		streams_close(&streams);
		streams_close(&streams);
	}
	after = dup(0);
	close(after);
	ck_assert_int_eq(before, after);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_loop_test(tcase, test_find, 0, sizeof(names) / sizeof(*names));
	tcase_add_test(tcase, test_text_does_not_hide_program);
	tcase_add_test(tcase, test_privilege);
	tcase_add_loop_test(tcase, test_execute_fails, 0, sizeof(failures) / sizeof(*failures));
	tcase_add_test(tcase, test_streams_are_apart);
	tcase_add_test(tcase, test_nothing_is_inherited_besides);
	tcase_add_test(tcase, test_input_larger_than_a_pipe);
	tcase_add_test(tcase, test_input_that_nobody_reads);
	tcase_add_test(tcase, test_not_executed_is_not_said_to_be);
	tcase_add_test(tcase, test_streams_leave_nothing_open);
}

int main(void)
{
	return checks_run_case("program", fill);
}
