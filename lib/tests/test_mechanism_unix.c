// SPDX-License-Identifier: MIT
/* Sockets of the Unix domain: who has which name, which address, and which path there is. */
#include <stddef.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include "channel_fixture.h"
#include "checks.h"

/* The name that a socket is bound to: length without the family; 0: none. */
static size_t bound_name(int fd, bool peer, char name[CHANNEL_ADDRESS_MAX])
{
	struct sockaddr_un un;
	socklen_t length = sizeof(un);

	ck_assert_int_eq(peer ? getpeername(fd, (struct sockaddr *)&un, &length)
			      : getsockname(fd, (struct sockaddr *)&un, &length), 0);
	length -= (socklen_t)offsetof(struct sockaddr_un, sun_path);
	memcpy(name, un.sun_path, length);
	return length;
}

START_TEST(reader_has_the_address_and_writer_is_its_client)
{
	static const char *const names[] = { "unix_stream", "unix_seqpacket", "unix_dgram" };
	static const int types[] = { SOCK_STREAM, SOCK_SEQPACKET, SOCK_DGRAM };

	for (size_t i = 0; i < 3; i++) {
		struct channel channel = planned(names[i], FORM_FROM_TO, NULL, 0);
		char name[CHANNEL_ADDRESS_MAX];
		socklen_t length = sizeof(int);
		struct stat status;
		int type;

		ck_assert_int_eq(channel_create(&channel), 0);
		ck_assert_int_eq(
			getsockopt(channel.side_fd[0], SOL_SOCKET, SO_TYPE, &type, &length), 0);
		ck_assert_int_eq(type, types[i]);
		ck_assert_uint_eq(bound_name(channel.side_fd[SIDE_READ], false, name), 2);
		ck_assert_str_eq(name, "c");
		ck_assert_uint_eq(bound_name(channel.side_fd[SIDE_WRITE], false, name), 0);
		ck_assert_uint_eq(bound_name(channel.side_fd[SIDE_WRITE], true, name), 2);
		ck_assert_str_eq(name, "c");
		ck_assert_int_eq(stat("c", &status), 0);
		ck_assert(S_ISSOCK(status.st_mode));
		channel_release(&channel);
		channel_destroy(&channel);
	}
}
END_TEST

START_TEST(datagram_sockets_between_two_know_each_other)
{
	struct channel channel = planned("unix_dgram", FORM_BETWEEN, NULL, 0);
	char name[CHANNEL_ADDRESS_MAX];

	ck_assert_int_eq(channel_create(&channel), 0);
	ck_assert_uint_eq(bound_name(channel.side_fd[SIDE_READ], false, name), 2);
	ck_assert_str_eq(name, "c");
	ck_assert_uint_eq(bound_name(channel.side_fd[SIDE_READ], true, name), 4);
	ck_assert_str_eq(name, "c.b");
	ck_assert_uint_eq(bound_name(channel.side_fd[SIDE_WRITE], false, name), 4);
	ck_assert_uint_eq(bound_name(channel.side_fd[SIDE_WRITE], true, name), 2);
	channel_release(&channel);
	channel_destroy(&channel);
	assert_directory_is_empty();
}
END_TEST

START_TEST(abstract_names_differ_and_make_no_path)
{
	struct channel first = planned("unix_dgram", FORM_BETWEEN, "address", 1);
	struct channel second = planned("unix_stream", FORM_FROM_TO, "address", 1);
	struct channel third = planned("unix_stream", FORM_FROM_TO, "address", 1);

	ck_assert_int_eq(channel_create(&first), 0);
	ck_assert_int_eq(channel_create(&second), 0);
	ck_assert_int_eq(channel_create(&third), 0);
	ck_assert_int_eq(first.address[0], '\0');
	ck_assert(second.address_length != third.address_length ||
		  memcmp(second.address, third.address, third.address_length));
	assert_directory_is_empty();
	channel_release(&first);
	channel_release(&second);
	channel_release(&third);
	/* The same name again: nothing holds it any more. */
	ck_assert_int_eq(channel_create(&first), 0);
	channel_release(&first);
}
END_TEST

START_TEST(named_sockets_are_only_reserved)
{
	struct channel channel = planned("unix_stream", FORM_NAMED, NULL, 0);
	struct stat status;

	ck_assert_int_eq(channel_create(&channel), 0);
	ck_assert_str_eq(channel.address, "c");
	ck_assert_int_eq(stat("c", &status), -1);
	/* What an endpoint binds there goes with the channel. */
	ck_assert_int_eq(mkfifo("c", 0600), 0);
	channel_destroy(&channel);
	assert_directory_is_empty();
}
END_TEST

START_TEST(socket_addresses_have_the_length_that_connect_wants)
{
	static const struct { size_t length; char first; size_t want; } table[] = {
		{ 0, 0, 0 }, { 1, 'c', 2 }, { 107, 'c', 108 }, { 108, 'c', 108 }, { 109, 'c', 109 },
		{ 5000, 'c', 109 }, { 1, '\0', 1 }, { 9, '\0', 9 }, { 108, '\0', 108 },
	};
	static char address[5000];

	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
		struct sockaddr_storage storage;
		socklen_t length;

		memset(address, 'x', sizeof(address));
		address[0] = table[i].first;
		memset(&storage, 0xff, sizeof(storage));
		channel_sockaddr(address, table[i].length, &storage, &length);
		ck_assert_int_eq(storage.ss_family, AF_UNIX);
		ck_assert_uint_eq(length, offsetof(struct sockaddr_un, sun_path) + table[i].want);
		ck_assert_mem_eq((char *)&storage + offsetof(struct sockaddr_un, sun_path), address,
				 table[i].length < 109 ? table[i].length : 109);
	}
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_checked_fixture(tcase, enter_directory, leave_directory);
	tcase_add_test(tcase, reader_has_the_address_and_writer_is_its_client);
	tcase_add_test(tcase, datagram_sockets_between_two_know_each_other);
	tcase_add_test(tcase, abstract_names_differ_and_make_no_path);
	tcase_add_test(tcase, named_sockets_are_only_reserved);
	tcase_add_test(tcase, socket_addresses_have_the_length_that_connect_wants);
}

int main(void)
{
	return checks_run_case("mechanism_unix", fill);
}
