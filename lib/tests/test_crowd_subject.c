// SPDX-License-Identifier: MIT
/* What the calls that processes sleep in are about: a path, a descriptor, an address. */
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include "checks.h"
#include "crowd_fixture.h"
#include "inject.h"
#include "mechanism.h"

static char directory[] = "/tmp/test_crowd.XXXXXX";

static void make_fifos(void)
{
	ck_assert_ptr_nonnull(mkdtemp(directory));
	ck_assert_int_eq(chdir(directory), 0);
	ck_assert(!mkfifo("one", 0600) && !mkfifo("two", 0600));
}

static void remove_fifos(void)
{
	unlink("one");
	unlink("two");
	rmdir(directory);
}

static const struct crowd_thread *find(const char *call, const struct crowd_subject *subject)
{
	int numbers[INJECT_CALLS_MAX];
	size_t count = inject_calls(call, numbers, INJECT_CALLS_MAX);

	ck_assert_uint_gt(count, 0);
	return crowd_find(&crowd, numbers, count, subject);
}

static struct crowd_subject file_subject(const char *path)
{
	struct stat status;

	ck_assert_int_eq(stat(path, &status), 0);
	return (struct crowd_subject){ .device = status.st_dev, .inode = status.st_ino };
}

static void open_one(void)
{
	open("one", O_RDONLY);
}

static void open_one_absolutely(void)
{
	char path[64];

	snprintf(path, sizeof(path), "%s/one", directory);
	open(path, O_RDONLY);
}

static void open_one_at(void)
{
	int fd = open(".", O_RDONLY | O_DIRECTORY);

	if (chdir("/"))
		_exit(1);
	openat(fd, "./one", O_RDONLY);
}

static void (*const openers[])(void) = { open_one, open_one_absolutely, open_one_at };

START_TEST(test_find_by_path)
{
	const struct crowd_subject anything = { 0 };
	struct crowd_subject one, two;

	make_fifos();
	one = file_subject("one");
	two = file_subject("two");
	start(openers[_i]);
	look_until_asleep();
	ck_assert_ptr_nonnull(find("open", &one));
	ck_assert_ptr_nonnull(find("open", &anything));
	ck_assert_ptr_null(find("open", &two));
	ck_assert_ptr_null(find("read", &one));
	remove_fifos();
}
END_TEST

static void read_one(void)
{
	char byte;

	if (read(open("one", O_RDWR), &byte, 1))
		_exit(1);
}

static void poll_one(void)
{
	struct pollfd fds[] = { { .fd = pipe_fds[0], .events = POLLIN },
				{ .fd = open("one", O_RDWR), .events = POLLIN } };

	poll(fds, 2, -1);
}

START_TEST(test_find_by_descriptor)
{
	struct crowd_subject one, two;

	make_fifos();
	one = file_subject("one");
	two = file_subject("two");
	start(_i ? poll_one : read_one);
	look_until_asleep();
	ck_assert_ptr_nonnull(find(_i ? "poll" : "read", &one));
	ck_assert_ptr_null(find(_i ? "poll" : "read", &two));
	remove_fifos();
}
END_TEST

static int counters[2];

static void read_counter(void)
{
	uint64_t count;

	if (read(counters[0], &count, sizeof(count)))
		_exit(1);
}

static void poll_counter(void)
{
	struct pollfd poll_fd = { .fd = counters[0], .events = POLLIN };

	poll(&poll_fd, 1, -1);
}

static struct crowd_subject descriptor_subject(int fd)
{
	struct inject_object object;

	ck_assert_int_eq(inject_object_of(fd, &object), 0);
	return (struct crowd_subject){ object.device, object.inode, object.serial, NULL };
}

/* All counters share one inode, and all masters of terminals. */
START_TEST(test_find_by_serial)
{
	struct crowd_subject one, two;

	for (int i = 0; i < 2; i++)
		counters[i] = _i & 2 ? posix_openpt(O_RDWR | O_NOCTTY) : eventfd(0, 0);
	ck_assert(counters[0] >= 0 && counters[1] >= 0);
	one = descriptor_subject(counters[0]);
	two = descriptor_subject(counters[1]);
	ck_assert_uint_eq(one.inode, two.inode);
	start(_i & 1 ? poll_counter : read_counter);
	look_until_asleep();
	ck_assert_ptr_nonnull(find(_i & 1 ? "poll" : "read", &one));
	ck_assert_ptr_null(find(_i & 1 ? "poll" : "read", &two));
}
END_TEST

static int listener;

static void accept_one(void)
{
	accept(listener, NULL, NULL);
}

static struct inject_name unix_name(const char *path)
{
	struct inject_name name = { 0 };

	channel_sockaddr(path, strlen(path), &name.address, &name.address_size);
	return name;
}

START_TEST(test_find_by_address)
{
	struct sockaddr_un name = { .sun_family = AF_UNIX, .sun_path = "one" };
	const struct inject_name names[] = { unix_name("one"), unix_name("on") };
	const struct crowd_subject one = { .name = &names[0] };
	const struct crowd_subject on = { .name = &names[1] };

	make_fifos();
	unlink("one");
	listener = socket(AF_UNIX, SOCK_STREAM, 0);
	ck_assert(!bind(listener, (struct sockaddr *)&name, sizeof(name)) && !listen(listener, 1));
	start(accept_one);
	look_until_asleep();
	ck_assert_ptr_nonnull(find("accept", &one));
	ck_assert_ptr_null(find("accept", &on));
	remove_fifos();
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_checked_fixture(tcase, begin, finish);
	tcase_add_loop_test(tcase, test_find_by_path, 0, sizeof(openers) / sizeof(*openers));
	tcase_add_loop_test(tcase, test_find_by_descriptor, 0, 2);
	tcase_add_loop_test(tcase, test_find_by_serial, 0, 4);
	tcase_add_test(tcase, test_find_by_address);
}

int main(void)
{
	return checks_run_case("crowd_subject", fill);
}
