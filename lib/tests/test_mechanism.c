// SPDX-License-Identifier: MIT
/*
 * Every mechanism in every form: it carries bytes, the driver keeps nothing, and a failure leaves
 * nothing behind.
 */
#include <errno.h>
#include <sys/stat.h>

#include "checks.h"
#include "varieties.h"

/* Those that read(2) and write(2) know nothing of have tests of their own. */
static bool carries_bytes(const struct mechanism *mechanism)
{
	return !mechanism->system_v && strcmp(mechanism->name, "posix_mq") != 0;
}

START_TEST(every_mechanism_is_found_and_described)
{
	for (const struct mechanism *const *m = mechanisms; *m; m++) {
		char reason[100] = "";
		bool is_tried = (*m)->map;	/* what lies in memory has a test of its own */

		ck_assert_ptr_eq(mechanism_find((*m)->name), *m);
		ck_assert(*(*m)->summary && *(*m)->man && (*m)->forms && (*m)->create);
		if ((*m)->available)
			ck_assert_msg((*m)->available(reason, sizeof(reason)) == 0, "%s", reason);
		for (int i = 0; i < VARIETY_COUNT; i++)
			is_tried |= !strcmp(varieties[i].mechanism, (*m)->name);
		ck_assert_msg(is_tried || !carries_bytes(*m), "no variety of %s is tried here",
			      (*m)->name);
	}
	ck_assert_ptr_null(mechanism_find("pip"));
	ck_assert_ptr_null(mechanism_find(""));
}
END_TEST

START_TEST(what_is_not_available_says_why)
{
	char reason[100] = "";

	allow_fds_below(0);
	ck_assert_int_eq(mechanism_find("unix_dgram")->available(reason, sizeof(reason)), -EMFILE);
	allow_fds_below(RLIM_INFINITY);
	ck_assert_str_eq(reason, "socket(AF_UNIX, SOCK_DGRAM) fails: Too many open files");
}
END_TEST

START_TEST(create_and_release_keep_nothing)
{
	struct channel channel = planned_variety(_i);
	int before = open_fds();

	ck_assert_int_eq(channel_create(&channel), 0);
	for (size_t i = 0; i < 3; i++) {
		int fd = i < 2 ? channel.side_fd[i] : channel.keeper_fd;

		ck_assert(fd == -1 || (fd > 2 && fcntl(fd, F_GETFD) == FD_CLOEXEC));
	}
	channel_release(&channel);
	ck_assert_int_eq(open_fds(), before);
	ck_assert_int_eq(channel.side_fd[0] & channel.side_fd[1] & channel.keeper_fd, -1);
	channel_release(&channel);
	channel_destroy(&channel);
	assert_directory_is_empty();
	channel_destroy(&channel);
}
END_TEST

/* Descriptors allowed one more at a time, until creation succeeds: each step of it fails once. */
START_TEST(each_failing_step_leaves_nothing)
{
	struct channel channel = planned_variety(_i);
	int before = open_fds(), lowest = leak_lowest_fd();
	int err = -EMFILE, failures = 0;

	for (int allowed = 0; err && allowed < 10; allowed++) {
		allow_fds_below((rlim_t)(lowest + allowed));
		err = channel_create(&channel);
		allow_fds_below(RLIM_INFINITY);
		if (!err)
			break;
		failures++;
		ck_assert_int_eq(err, -EMFILE);
		ck_assert_int_eq(open_fds(), before);
		assert_directory_is_empty();
		channel_release(&channel);
		ck_assert_int_eq(open_fds(), before);
	}
	ck_assert_int_eq(err, 0);
	if (channel.form != FORM_NAMED)
		ck_assert_int_ge(failures, 1);
	channel_release(&channel);
	channel_destroy(&channel);
}
END_TEST

START_TEST(a_failing_hold_leaves_nothing)
{
	struct channel channel = planned_variety(_i);
	int before, err, fd = -7;

	if (channel.form == FORM_NAMED)
		return;
	ck_assert_int_eq(channel_create(&channel), 0);
	before = open_fds();
	allow_fds_below((rlim_t)leak_lowest_fd());
	err = channel_hold(&channel, channel.form == FORM_HELD_BY ? SIDE_BOTH : SIDE_READ, &fd);
	allow_fds_below(RLIM_INFINITY);
	/* fcntl(2) calls a limit below its smallest wish EINVAL, and EMFILE what is full. */
	ck_assert(err == -EMFILE || err == -EINVAL);
	ck_assert_int_eq(fd, -7);
	ck_assert_int_eq(open_fds(), before);
	channel_release(&channel);
	channel_destroy(&channel);
}
END_TEST

START_TEST(bytes_go_from_write_side_to_read_side)
{
	const struct variety *v = &varieties[_i];
	struct channel channel = planned_variety(_i);
	int write_fd, read_fd;
	char bytes[8];

	if (!(channel.form & (FORM_FROM_TO | FORM_BETWEEN)))
		return;
	ck_assert_int_eq(channel_create(&channel), 0);
	ck_assert_int_eq(channel_hold(&channel, SIDE_READ, &read_fd), 0);
	ck_assert_int_eq(channel_hold(&channel, SIDE_WRITE, &write_fd), 0);
	channel_release(&channel);
	ck_assert_int_gt(read_fd, 2);
	ck_assert_int_gt(write_fd, 2);
	ck_assert_int_eq(fcntl(read_fd, F_GETFD), 0);
	ck_assert_int_eq(fcntl(write_fd, F_GETFD), 0);
	ck_assert_int_eq(write(write_fd, "hello", 5), 5);
	ck_assert_int_eq(read(read_fd, bytes, sizeof(bytes)), 5);
	ck_assert_mem_eq(bytes, "hello", 5);
	if (channel.form == FORM_BETWEEN) {
		ck_assert_int_eq(write(read_fd, "back", 4), 4);
		ck_assert_int_eq(read(write_fd, bytes, sizeof(bytes)), 4);
		ck_assert_mem_eq(bytes, "back", 4);
	}
	/* Whoever holds a copy of the write side would keep this read waiting. */
	close(write_fd);
	if (!v->is_message)
		ck_assert_int_eq(read(read_fd, bytes, sizeof(bytes)), 0);
	close(read_fd);
	channel_destroy(&channel);
	assert_directory_is_empty();
}
END_TEST

START_TEST(sides_that_nobody_has_are_refused)
{
	struct channel channel = planned("pipe", FORM_FROM_TO, NULL, 0);
	int fd;

	ck_assert_int_eq(channel_create(&channel), 0);
	ck_assert_int_eq(channel_hold(&channel, SIDE_BOTH, &fd), -EINVAL);
	channel_release(&channel);
	ck_assert_int_eq(channel_hold(&channel, SIDE_READ, &fd), -EINVAL);
	channel = planned("pipe", FORM_NAMED, NULL, 0);
	ck_assert_int_eq(channel_create(&channel), -EINVAL);
	channel = planned("fifo", FORM_BETWEEN, NULL, 0);
	ck_assert_int_eq(channel_create(&channel), -EINVAL);
	assert_directory_is_empty();
}
END_TEST

START_TEST(standard_streams_are_never_taken)
{
	struct channel channel = planned_variety(_i);
	enum channel_side side = channel.form == FORM_HELD_BY ? SIDE_BOTH : SIDE_READ;
	int fd;

	close(0);
	ck_assert_int_eq(channel_create(&channel), 0);
	ck_assert(channel.side_fd[0] == -1 || channel.side_fd[0] > 2);
	ck_assert(channel.side_fd[1] == -1 || channel.side_fd[1] > 2);
	ck_assert(channel.keeper_fd == -1 || channel.keeper_fd > 2);
	ck_assert_int_eq(leak_lowest_fd(), 0);
	if (channel.form != FORM_NAMED) {
		ck_assert_int_eq(channel_hold(&channel, side, &fd), 0);
		ck_assert_int_gt(fd, 2);
		ck_assert_int_eq(fcntl(fd, F_GETFD), 0);
	}
	channel_release(&channel);
	ck_assert_int_eq(leak_lowest_fd(), 0);
	channel_destroy(&channel);
}
END_TEST

START_TEST(a_zeroed_channel_holds_nothing)
{
	struct channel channel = { 0 };
	int before = open_fds();

	channel_release(&channel);
	channel_destroy(&channel);
	ck_assert_int_eq(open_fds(), before);
}
END_TEST

START_TEST(names_as_long_as_they_may_be)
{
	struct channel channel = planned_variety(_i);
	char name[CHANNEL_ADDRESS_MAX + 1];
	bool has_path;

	memset(name, 'n', sizeof(name));
	name[CHANNEL_ADDRESS_MAX] = '\0';
	channel.name = name;
	has_path = channel.mechanism->destroy;
	ck_assert_int_eq(channel_create(&channel), has_path ? -ENAMETOOLONG : 0);
	channel_release(&channel);
	assert_directory_is_empty();
	name[CHANNEL_ADDRESS_MAX - 3] = '\0';
	if (varieties[_i].option && !strcmp(varieties[_i].option, "address"))
		name[20] = '\0';
	ck_assert_int_eq(channel_create(&channel), 0);
	channel_release(&channel);
	channel_destroy(&channel);
	assert_directory_is_empty();
}
END_TEST

START_TEST(a_name_that_is_taken_is_refused_and_stays)
{
	struct channel channel = planned_variety(_i);
	struct stat status;
	int err;

	if (!channel.mechanism->destroy || strcmp(channel.mechanism->name, "unix_dgram") == 0 ||
	    (varieties[_i].option && !strcmp(varieties[_i].option, "address")))
		return;
	close(open("c", O_CREAT | O_WRONLY, 0600));
	err = channel_create(&channel);
	if (channel.form != FORM_NAMED || !strcmp(channel.mechanism->name, "fifo"))
		ck_assert(err == -EEXIST || err == -EADDRINUSE);
	ck_assert_int_eq(stat("c", &status), 0);
	channel_release(&channel);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_checked_fixture(tcase, enter_directory, leave_directory);
	tcase_add_test(tcase, every_mechanism_is_found_and_described);
	tcase_add_test(tcase, what_is_not_available_says_why);
	tcase_add_loop_test(tcase, create_and_release_keep_nothing, 0, VARIETY_COUNT);
	tcase_add_loop_test(tcase, each_failing_step_leaves_nothing, 0, VARIETY_COUNT);
	tcase_add_loop_test(tcase, a_failing_hold_leaves_nothing, 0, VARIETY_COUNT);
	tcase_add_loop_test(tcase, bytes_go_from_write_side_to_read_side, 0, VARIETY_COUNT);
	tcase_add_test(tcase, sides_that_nobody_has_are_refused);
	tcase_add_loop_test(tcase, standard_streams_are_never_taken, 0, VARIETY_COUNT);
	tcase_add_test(tcase, a_zeroed_channel_holds_nothing);
	tcase_add_loop_test(tcase, names_as_long_as_they_may_be, 0, VARIETY_COUNT);
	tcase_add_loop_test(tcase, a_name_that_is_taken_is_refused_and_stays, 0, VARIETY_COUNT);
}

int main(void)
{
	return checks_run_case("mechanism", fill);
}
