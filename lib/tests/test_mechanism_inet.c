// SPDX-License-Identifier: MIT
/*
 * Channels over IP: addresses as text, ports that stay free until they are wanted, and who is whose
 * client.
 */
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "channel_fixture.h"
#include "checks.h"
#include "mechanism_inet.h"

static const char *const names[] = { "tcp", "udp" };
static const int types[] = { SOCK_STREAM, SOCK_DGRAM };
static const int families[] = { AF_INET, AF_INET6 };

static bool family_works(int family)
{
	struct channel channel = planned("udp", FORM_NAMED, "family", family);

	return channel_create(&channel) != -EAFNOSUPPORT;
}

/* The text of a socket's own name, or of its peer's. */
static const char *name_of(int fd, bool peer)
{
	static char text[INET_TEXT_MAX];
	struct sockaddr_storage storage;
	socklen_t size = sizeof(storage);

	ck_assert_int_eq((peer ? getpeername : getsockname)(fd, (struct sockaddr *)&storage, &size),
			 0);
	ck_assert_uint_gt(mechanism_inet_print((struct sockaddr *)&storage, size, text), 0);
	return text;
}

START_TEST(addresses_read_as_they_are_written)
{
	static const char *const texts[] = {
		"127.0.0.1:1", "0.0.0.0:0",      "255.255.255.255:65535", "[::1]:80",
		"[::]:0",      "[fe80::1]:4711", "[::ffff:127.0.0.1]:9"
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		struct sockaddr_storage storage;
		char text[INET_TEXT_MAX];
		socklen_t size;

		channel_sockaddr(texts[i], strlen(texts[i]), &storage, &size);
		ck_assert_int_eq(storage.ss_family, texts[i][0] == '[' ? AF_INET6 : AF_INET);
		ck_assert_uint_eq(mechanism_inet_print((struct sockaddr *)&storage, size, text),
				  strlen(texts[i]));
		ck_assert_str_eq(text, texts[i]);
	}
}
END_TEST

START_TEST(other_texts_are_paths)
{
	static const char *const texts[] = { "",
					     "c",
					     ":",
					     ":80",
					     "127.0.0.1",
					     "127.0.0.1:",
					     "127.0.0.1:65536",
					     "127.0.0.1:-1",
					     "127.0.0.1:80x",
					     "127.0.0.1: 80",
					     "./127.0.0.1:80",
					     "127.1:80",
					     "::1:80",
					     "[::1]80",
					     "[::1]",
					     "[]:80",
					     "[127.0.0.1]:80",
					     "[::1:80",
					     "]:80",
					     "[:80",
					     "[" };

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		struct sockaddr_storage storage;
		socklen_t size;

		channel_sockaddr(texts[i], strlen(texts[i]), &storage, &size);
		ck_assert_msg(storage.ss_family == AF_UNIX, "'%s' is taken for an IP address",
			      texts[i]);
	}
}
END_TEST

START_TEST(what_is_no_ip_address_has_no_text)
{
	struct sockaddr_un un = { .sun_family = AF_UNIX };
	struct sockaddr_in in = { .sin_family = AF_INET };
	struct sockaddr_in6 in6 = { .sin6_family = AF_INET6 };
	char text[INET_TEXT_MAX];

	ck_assert_uint_eq(mechanism_inet_print((struct sockaddr *)&un, sizeof(un), text), 0);
	ck_assert_uint_eq(mechanism_inet_print((struct sockaddr *)&in, sizeof(in) - 1, text), 0);
	ck_assert_uint_eq(mechanism_inet_print((struct sockaddr *)&in6, sizeof(in6) - 1, text), 0);
}
END_TEST

START_TEST(reserved_ports_are_free_different_and_picked_for_nobody)
{
	struct channel first = planned(names[_i % 2], FORM_NAMED, "family", families[_i / 2]);
	struct channel second = planned(names[_i % 2], FORM_NAMED, "family", families[_i / 2]);
	struct sockaddr_storage storage;
	socklen_t size;
	int before = open_fds();
	int fd;

	if (!family_works(families[_i / 2]))
		return;
	ck_assert_int_eq(channel_create(&first), 0);
	ck_assert_int_eq(channel_create(&second), 0);
	ck_assert_int_eq(open_fds(), before);
	ck_assert_str_ne(first.address, second.address);
	ck_assert_int_lt(atoi(strrchr(first.address, ':') + 1), 32768);
	ck_assert_ptr_eq(strstr(first.address, _i / 2 ? "[::1]:" : "127.0.0.1:"), first.address);

	fd = socket(families[_i / 2], types[_i % 2], 0);
	channel_sockaddr(first.address, first.address_length, &storage, &size);
	ck_assert_int_eq(bind(fd, (struct sockaddr *)&storage, size), 0);
	ck_assert_str_eq(name_of(fd, false), first.address);
	/* The very same place in the row of ports, but that one is taken now. */
	second.serial = first.serial;
	ck_assert_int_eq(channel_create(&second), 0);
	ck_assert_str_ne(first.address, second.address);
}
END_TEST

START_TEST(reader_has_the_address_and_writer_is_its_client)
{
	for (unsigned form = FORM_FROM_TO; form <= FORM_BETWEEN; form <<= 1) {
		struct channel channel = planned(names[_i % 2], form, "family", families[_i / 2]);
		char second[INET_TEXT_MAX];
		int first_fd, second_fd;

		if (!family_works(families[_i / 2]))
			return;
		ck_assert_int_eq(channel_create(&channel), 0);
		first_fd = channel.side_fd[SIDE_READ];
		second_fd = channel.side_fd[SIDE_WRITE];
		ck_assert_str_eq(name_of(first_fd, false), channel.address);
		ck_assert_str_eq(name_of(second_fd, true), channel.address);
		strcpy(second, name_of(second_fd, false));
		if (form == FORM_BETWEEN || types[_i % 2] == SOCK_STREAM)
			ck_assert_str_eq(name_of(first_fd, true), second);
		else
			ck_assert_int_eq(send(first_fd, "x", 1, 0), -1);
		channel_release(&channel);
		channel_destroy(&channel);
	}
}
END_TEST

START_TEST(small_pieces_do_not_wait_for_a_timer)
{
	struct channel channel = planned("tcp", FORM_FROM_TO, NULL, 0);

	ck_assert_int_eq(channel_create(&channel), 0);
	for (int side = 0; side < 2; side++) {
		socklen_t size = sizeof(int);
		int on = 0;

		ck_assert_int_eq(
			getsockopt(channel.side_fd[side], IPPROTO_TCP, TCP_NODELAY, &on, &size), 0);
		ck_assert_int_eq(on, 1);
	}
	channel_release(&channel);
}
END_TEST

START_TEST(the_family_is_one_of_two)
{
	const struct mechanism_option *option = mechanism_find("tcp")->options;

	ck_assert_str_eq(option->name, "family");
	ck_assert(option->fits(AF_INET));
	ck_assert(option->fits(AF_INET6));
	ck_assert(!option->fits(AF_UNIX));
	ck_assert(!option->fits(INT64_C(1) << 32 | AF_INET));
}
END_TEST

START_TEST(no_descriptors_no_channel)
{
	struct channel channel = planned(names[_i % 2], FORM_FROM_TO, NULL, 0);
	int before = open_fds();

	for (int room = 0; room < 3 - _i % 2; room++) {
		allow_fds_below((rlim_t)leak_lowest_fd() + (rlim_t)room);
		ck_assert_int_eq(channel_create(&channel), -EMFILE);
		allow_fds_below(RLIM_INFINITY);
		ck_assert_int_eq(open_fds(), before);
	}
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_checked_fixture(tcase, enter_directory, leave_directory);
	tcase_add_test(tcase, addresses_read_as_they_are_written);
	tcase_add_test(tcase, other_texts_are_paths);
	tcase_add_test(tcase, what_is_no_ip_address_has_no_text);
	tcase_add_loop_test(tcase, reserved_ports_are_free_different_and_picked_for_nobody, 0, 4);
	tcase_add_loop_test(tcase, reader_has_the_address_and_writer_is_its_client, 0, 4);
	tcase_add_test(tcase, small_pieces_do_not_wait_for_a_timer);
	tcase_add_test(tcase, the_family_is_one_of_two);
	tcase_add_loop_test(tcase, no_descriptors_no_channel, 0, 2);
}

int main(void)
{
	return checks_run_case("mechanism_inet", fill);
}
