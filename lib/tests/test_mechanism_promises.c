// SPDX-License-Identifier: MIT
/*
 * What mechanisms promise beyond carrying bytes: sizes, contents, access modes, what is shared.
 */
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <sys/stat.h>

#include "channel_fixture.h"
#include "checks.h"

/* Sharing shows in the status flags, which belong to the open file description. */
static bool holders_share(const char *mechanism, enum channel_side side)
{
	struct channel channel = planned(mechanism, side == SIDE_BOTH ? FORM_HELD_BY : FORM_FROM_TO,
					 NULL, 0);
	int first, second;

	ck_assert_int_eq(channel_create(&channel), 0);
	ck_assert_int_eq(channel_hold(&channel, side, &first), 0);
	ck_assert_int_eq(channel_hold(&channel, side, &second), 0);
	channel_release(&channel);
	channel_destroy(&channel);
	ck_assert_int_eq(fcntl(first, F_SETFL, O_NONBLOCK), 0);
	return fcntl(second, F_GETFL) & O_NONBLOCK;
}

START_TEST(unnamed_ends_are_shared_and_named_ones_are_each_holders_own)
{
	ck_assert(holders_share("pipe", SIDE_WRITE));
	ck_assert(holders_share("socketpair", SIDE_READ));
	ck_assert(holders_share("unix_stream", SIDE_WRITE));
	ck_assert(holders_share("eventfd", SIDE_BOTH));
	ck_assert(holders_share("memfd", SIDE_BOTH));
	ck_assert(!holders_share("fifo", SIDE_WRITE));
	ck_assert(!holders_share("fifo", SIDE_READ));
	ck_assert(!holders_share("fifo", SIDE_BOTH));
	ck_assert(!holders_share("file", SIDE_BOTH));
}
END_TEST

START_TEST(counters_and_files_in_memory_take_their_options)
{
	struct channel channel = planned("eventfd", FORM_HELD_BY, "value", 3);
	char bytes[8];
	int fd;

	channel.options[option_index(channel.mechanism, "semaphore")] = 1;
	ck_assert_int_eq(channel_create(&channel), 0);
	ck_assert_int_eq(channel_hold(&channel, SIDE_BOTH, &fd), 0);
	channel_release(&channel);
	ck_assert_int_eq(fcntl(fd, F_GETFL) & O_NONBLOCK, 0);
	ck_assert_int_eq(read(fd, bytes, sizeof(bytes)), 8);
	ck_assert_int_eq(bytes[0], 1);
	channel = planned("eventfd", FORM_HELD_BY, "value", INT64_C(1) << 32);
	ck_assert_int_eq(channel_create(&channel), -EINVAL);
	channel = planned("eventfd", FORM_HELD_BY, "nonblock", 1);
	ck_assert_int_eq(channel_create(&channel), 0);
	ck_assert_int_ne(fcntl(channel.side_fd[SIDE_READ], F_GETFL) & O_NONBLOCK, 0);
	channel_release(&channel);

	channel = planned("memfd", FORM_HELD_BY, "size", 6);
	channel.text = "abc";
	channel.text_length = 3;
	ck_assert_int_eq(channel_create(&channel), 0);
	fd = channel.side_fd[SIDE_READ];
	ck_assert_int_eq(read(fd, bytes, sizeof(bytes)), 6);
	ck_assert_mem_eq(bytes, "abc\0\0\0", 6);
	ck_assert_int_eq(fcntl(fd, F_GET_SEALS), 0);
	channel_release(&channel);
	channel = planned("memfd", FORM_HELD_BY, "sealing", 0);
	ck_assert_int_eq(channel_create(&channel), 0);
	ck_assert_int_eq(fcntl(channel.side_fd[SIDE_READ], F_GET_SEALS), F_SEAL_SEAL);
	channel_release(&channel);
}
END_TEST

START_TEST(access_modes_are_those_of_the_side)
{
	static const int modes[] = {
		[SIDE_READ] = O_RDONLY, [SIDE_WRITE] = O_WRONLY, [SIDE_BOTH] = O_RDWR
	};

	for (enum channel_side side = SIDE_READ; side <= SIDE_BOTH; side++) {
		static const char *const names[] = { "fifo", "file", "pipe" };

		for (size_t i = 0; i < (side == SIDE_BOTH ? 2 : 3); i++) {
			struct channel channel = planned(
				names[i], side == SIDE_BOTH ? FORM_HELD_BY : FORM_FROM_TO, NULL, 0);
			int fd;

			ck_assert_int_eq(channel_create(&channel), 0);
			ck_assert_int_eq(channel_hold(&channel, side, &fd), 0);
			ck_assert_int_eq(fcntl(fd, F_GETFL) & O_ACCMODE, modes[side]);
			channel_release(&channel);
			channel_destroy(&channel);
		}
	}
}
END_TEST

START_TEST(pipe_takes_size_and_packet_mode)
{
	struct channel channel = planned("pipe", FORM_FROM_TO, "size", 5000);

	ck_assert_int_eq(channel_create(&channel), 0);
	ck_assert_int_eq(fcntl(channel.side_fd[SIDE_READ], F_GETPIPE_SZ), 8192);
	ck_assert_int_eq(fcntl(channel.side_fd[SIDE_WRITE], F_GETFL) & O_DIRECT, 0);
	channel_release(&channel);
	channel = planned("pipe", FORM_FROM_TO, "packet", 1);
	ck_assert_int_eq(channel_create(&channel), 0);
	ck_assert_int_eq(fcntl(channel.side_fd[SIDE_WRITE], F_GETFL) & O_DIRECT, O_DIRECT);
	channel_release(&channel);
}
END_TEST

START_TEST(sizes_that_the_kernel_refuses_are_reported)
{
	static const struct {
		const char *mechanism;
		unsigned form;
		int64_t size;
		int err;
	} refused[] = {
		{ "pipe", FORM_FROM_TO, -1, -EINVAL },
		{ "pipe", FORM_FROM_TO, INT64_C(1) << 40, -EINVAL },
		{ "pipe", FORM_FROM_TO, INT_MAX, -EPERM },
		{ "fifo", FORM_FROM_TO, INT_MAX, -EPERM },
		{ "fifo", FORM_HELD_BY, INT_MAX, -EPERM },
		{ "fifo", FORM_FROM_TO, -1, -EINVAL },
		{ "fifo", FORM_NAMED, 4096, -EINVAL },
	};
	int before = open_fds();

	/* Whoever has CAP_SYS_RESOURCE may have any size. */
	ck_assert_int_eq(fchmod(directory_fd, 0777), 0);
	if (!getuid())
		ck_assert_int_eq(seteuid(65534), 0);
	for (size_t i = 0; i < sizeof(refused) / sizeof(*refused); i++) {
		struct channel channel = planned(refused[i].mechanism, refused[i].form, "size",
						 refused[i].size);

		ck_assert_int_eq(channel_create(&channel), refused[i].err);
		ck_assert_int_eq(open_fds(), before);
		assert_directory_is_empty();
	}
	ck_assert_int_eq(seteuid(getuid()), 0);
}
END_TEST

START_TEST(fifo_is_a_fifo_and_keeps_its_size_for_its_holders)
{
	struct channel channel = planned("fifo", FORM_FROM_TO, "size", 8192);
	struct stat status;
	int fd;

	ck_assert_int_eq(channel_create(&channel), 0);
	ck_assert_int_eq(stat("c", &status), 0);
	ck_assert(S_ISFIFO(status.st_mode));
	ck_assert_str_eq(channel.address, "c");
	ck_assert_uint_eq(channel.address_length, 1);
	ck_assert_int_eq(channel_hold(&channel, SIDE_READ, &fd), 0);
	channel_release(&channel);
	ck_assert_int_eq(fcntl(fd, F_GETPIPE_SZ), 8192);
	/* The last writer, the driver's keeper, is gone. */
	ck_assert_int_eq(read(fd, &status, 1), 0);
	channel_destroy(&channel);
}
END_TEST

START_TEST(file_has_its_content_for_each_holder)
{
	struct channel channel = planned("file", FORM_HELD_BY, NULL, 0);
	int first, second;
	char bytes[8];

	channel.text = "a\0b";
	channel.text_length = 3;
	ck_assert_int_eq(channel_create(&channel), 0);
	ck_assert_int_eq(channel_hold(&channel, SIDE_BOTH, &first), 0);
	ck_assert_int_eq(channel_hold(&channel, SIDE_BOTH, &second), 0);
	ck_assert_int_eq(read(first, bytes, sizeof(bytes)), 3);
	ck_assert_mem_eq(bytes, "a\0b", 3);
	ck_assert_int_eq(read(second, bytes, sizeof(bytes)), 3);
	channel_release(&channel);
	channel_destroy(&channel);
}
END_TEST

START_TEST(a_file_that_cannot_be_filled_is_not_left_behind)
{
	struct channel channel = planned("file", FORM_NAMED, NULL, 0);
	struct rlimit limit = { 2, RLIM_INFINITY };
	int before = open_fds();

	channel.text = "hello";
	channel.text_length = 5;
	signal(SIGXFSZ, SIG_IGN);
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
	ck_assert_int_eq(channel_create(&channel), -EFBIG);
	ck_assert_int_eq(open_fds(), before);
	assert_directory_is_empty();
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_checked_fixture(tcase, enter_directory, leave_directory);
	tcase_add_test(tcase, unnamed_ends_are_shared_and_named_ones_are_each_holders_own);
	tcase_add_test(tcase, counters_and_files_in_memory_take_their_options);
	tcase_add_test(tcase, access_modes_are_those_of_the_side);
	tcase_add_test(tcase, pipe_takes_size_and_packet_mode);
	tcase_add_test(tcase, sizes_that_the_kernel_refuses_are_reported);
	tcase_add_test(tcase, fifo_is_a_fifo_and_keeps_its_size_for_its_holders);
	tcase_add_test(tcase, file_has_its_content_for_each_holder);
	tcase_add_test(tcase, a_file_that_cannot_be_filled_is_not_left_behind);
}

int main(void)
{
	return checks_run_case("mechanism_promises", fill);
}
