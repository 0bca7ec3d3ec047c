// SPDX-License-Identifier: MIT
/* What a killed worker leaves is removed by whoever opened the registry, and only that. */
#include <errno.h>
#include <mqueue.h>
#include <signal.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/wait.h>

#include "channel_fixture.h"
#include "channel_registry.h"
#include "checks.h"

/* In a child that is killed then: two channels made, and the first destroyed again. */
static void run_worker(const int ready[2], bool hide)
{
	struct channel gone = planned("sysv_msg", FORM_NAMED, NULL, 0);
	struct channel queue = planned("sysv_msg", FORM_NAMED, NULL, 0);
	struct channel posix = planned("posix_mq", FORM_NAMED, NULL, 0);
	struct channel made[3];

	if (hide)
		channel_registry_hide();
	if (channel_create(&gone) || channel_create(&queue) || channel_create(&posix))
		_exit(1);
	channel_destroy(&gone);
	made[0] = gone;
	made[1] = queue;
	made[2] = posix;
	if (write(ready[1], made, sizeof(made)) != sizeof(made))
		_exit(1);
	raise(SIGKILL);
}

static void kill_worker(struct channel made[3], bool hide)
{
	int ready[2], status;
	pid_t pid;

	ck_assert_int_eq(pipe(ready), 0);
	pid = fork();
	if (!pid)
		run_worker(ready, hide);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert(WIFSIGNALED(status));
	ck_assert_int_eq(read(ready[0], made, 3 * sizeof(*made)), 3 * (ssize_t)sizeof(*made));
}

START_TEST(what_is_left_is_removed)
{
	struct channel made[3];
	int again;

	ck_assert_int_eq(channel_registry_open(), 0);
	kill_worker(made, _i);
	ck_assert_int_eq(msgget((key_t)made[1].key, 0), made[1].id);
	/* Somebody else's by now: it was taken off the list. */
	again = msgget((key_t)made[0].key, IPC_CREAT | IPC_EXCL | 0600);
	channel_registry_clear();
	ck_assert_int_eq(msgget((key_t)made[1].key, 0), -1);
	ck_assert_int_eq(mq_unlink(made[2].address), -1);
	ck_assert_int_eq(errno, ENOENT);
	ck_assert_int_eq(msgctl(again, IPC_RMID, NULL), 0);
}
END_TEST

START_TEST(nothing_is_registered_unasked)
{
	struct channel channel = planned("sysv_msg", FORM_NAMED, NULL, 0);

	channel_registry_hide();
	ck_assert_int_eq(channel_create(&channel), 0);
	channel_registry_clear();
	ck_assert_int_eq(msgget((key_t)channel.key, 0), channel.id);
	channel_destroy(&channel);
}
END_TEST

START_TEST(more_than_fit_are_not_registered)
{
	struct channel channels[70];

	ck_assert_int_eq(channel_registry_open(), 0);
	for (int i = 0; i < 70; i++) {
		channels[i] = planned("sysv_msg", FORM_NAMED, NULL, 0);
		ck_assert_int_eq(channel_create(&channels[i]), 0);
	}
	channel_registry_clear();
	ck_assert_int_eq(msgget((key_t)channels[63].key, 0), -1);
	ck_assert_int_eq(msgget((key_t)channels[64].key, 0), channels[64].id);
	for (int i = 0; i < 70; i++)
		channel_destroy(&channels[i]);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_checked_fixture(tcase, enter_directory, leave_directory);
	tcase_add_loop_test(tcase, what_is_left_is_removed, 0, 2);
	tcase_add_test(tcase, nothing_is_registered_unasked);
	tcase_add_test(tcase, more_than_fit_are_not_registered);
}

int main(void)
{
	return checks_run_case("channel_registry", fill);
}
