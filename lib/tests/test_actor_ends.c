// SPDX-License-Identifier: MIT
/* What an endpoint begins with, however much that is. */
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "actor_ends.h"
#include "checks.h"
#include "directory_fixture.h"

static char names[CHANNELS_MAX][8];
static struct channel channels[CHANNELS_MAX];
static uint8_t held[CHANNELS_MAX];

/* Files: the driver needs no descriptor for one, so that theirs are all above the program's own. */
static void make_files(size_t count)
{
	for (size_t i = 0; i < count; i++) {
		snprintf(names[i], sizeof(names[i]), "f%zu", i);
		channels[i] = (struct channel){ .mechanism = mechanism_find("file"),
						.name = names[i],
						.form = FORM_HELD_BY };
		held[i] = 1 << SIDE_BOTH;
		ck_assert_int_eq(channel_create(&channels[i]), 0);
	}
}

/* Tells by its standard output that it has its ends, and what the highest is. */
static _Noreturn void be_program(const struct stage *stage)
{
	struct actor_ends ends;
	int last = (int)stage->cast->channel_count + 2;
	char byte = actor_ends_take(&ends, stage, 0, true) || fcntl(last, F_GETFD) ? 'n' : 'y';

	if (write(STDOUT_FILENO, &byte, 1) == 1)
		pause();
	_exit(1);
}

static void start_with(size_t count)
{
	static const struct program program = { .name = "program" };
	static const struct program *const programs[] = { &program };
	const struct cast cast = { .endpoint_count = 1,
				   .channels = channels,
				   .channel_count = count,
				   .held = held,
				   .programs = programs };
	static struct stage stage;
	struct streams *streams = &stage.endpoints[0].streams;
	struct pollfd said;
	char byte = 0;
	pid_t pid;

	stage.cast = &cast;
	ck_assert_int_eq(streams_open(streams, false), 0);
	pid = fork();
	if (!pid)
		be_program(&stage);
	streams_started(streams);
	said = (struct pollfd){ .fd = streams->out_fd[STREAM_OUTPUT], .events = POLLIN };
	ck_assert_int_eq(poll(&said, 1, -1), 1);
	ck_assert_uint_eq(streams_read(streams, STREAM_OUTPUT, &byte, 1), 1);
	ck_assert_int_eq(byte, 'y');
	ck_assert_msg(!streams_is_executed(streams), "with %zu ends it seems executed", count);
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	ck_assert(streams_is_executed(streams));
	streams_close(streams);
}

START_TEST(test_a_program_with_many_ends_is_not_taken_for_executed)
{
	make_files(CHANNELS_MAX);
	for (size_t count = 0; count <= CHANNELS_MAX; count++)
		start_with(count);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_unchecked_fixture(tcase, enter_directory, leave_directory);
	tcase_add_test(tcase, test_a_program_with_many_ends_is_not_taken_for_executed);
}

int main(void)
{
	return checks_run_case("actor_ends", fill);
}
