// SPDX-License-Identifier: MIT
/* Sockets: names, connections, plain sending and receiving, options. */
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>

#include "checks.h"
#include "directory_fixture.h"
#include "trial.h"

static void make_pair(int _i, int type, int *first, int *second)
{
	RETURNS(0, "socketpair", INT(AF_UNIX), INT(type));
	*first = (int)trial_number("socketpair", "first");
	*second = (int)trial_number("socketpair", "second");
}

START_TEST(test_a_connection)
{
	int listener = OPENS("socket", INT(AF_UNIX), INT(SOCK_STREAM));
	int client, server;

	RETURNS(0, "bind", INT(listener), BYTES("path"));
	FAILS(EINVAL, "accept", INT(listener));
	RETURNS(0, "listen", INT(listener), INT(1));
	client = OPENS("socket", INT(AF_UNIX), INT(SOCK_STREAM | SOCK_CLOEXEC), INT(0));
	RETURNS(0, "bind", INT(client), BYTES("client"));
	RETURNS(0, "connect", INT(client), BYTES("path"));
	server = OPENS("accept4", INT(listener), INT(SOCK_NONBLOCK));
	GAVE_BYTES("accept4", "addr", "client");
	GAVE("accept4", "family", AF_UNIX);
	FAILS(EAGAIN, "recv", INT(server), INT(1));
	RETURNS(0, "getpeername", INT(client));
	GAVE_BYTES("getpeername", "addr", "path");
	RETURNS(0, "unlink", BYTES("path"));
	RETURNS(0, "unlink", BYTES("client"));
	FAILS(ENOENT, "connect", INT(OPENS("socket", INT(AF_UNIX), INT(SOCK_STREAM))),
	      BYTES("path"));
}
END_TEST

START_TEST(test_names_of_all_kinds)
{
	static const char overlong[] =
		"0123456789012345678901234567890123456789012345678901234567890123456789"
		"0123456789012345678901234567890123456789";
	int fd = OPENS("socket", INT(AF_UNIX), INT(SOCK_DGRAM));

	RETURNS(0, "getsockname", INT(fd));
	GAVE_BYTES("getsockname", "addr", "");
	GAVE("getsockname", "length", 2);
	FAILS(ENOTCONN, "getpeername", INT(fd));
	FAILS(EINVAL, "bind", INT(fd), STRING(overlong));
	FAILS(EINVAL, "bind", INT(fd), INT(AF_INET));
	RETURNS(0, "bind", INT(fd), BYTES(""));
	RETURNS(0, "getsockname", INT(fd));
	ck_assert_uint_eq(trial_out("getsockname", "addr")->length,
			  6); /* autobind: NUL and five digits */

	fd = OPENS("socket", INT(AF_UNIX), INT(SOCK_DGRAM));
	RETURNS(0, "bind", INT(fd), BYTES("\0ipcdrill test"));
	RETURNS(0, "getsockname", INT(fd));
	GAVE_BYTES("getsockname", "addr", "\0ipcdrill test");
	RETURNS(0, "getsockname", INT(fd), INT(5));
	GAVE_BYTES("getsockname", "addr", "\0ip");
	GAVE("getsockname", "length", 16);
	RETURNS(0, "getsockname", INT(fd), INT(0));
	GAVE_BYTES("getsockname", "addr", "");
	COMPLAINS("an address or a family", "bind", INT(fd), INT(-1));
}
END_TEST

START_TEST(test_datagrams_say_where_they_come_from)
{
	int receiver = OPENS("socket", INT(AF_UNIX), INT(SOCK_DGRAM));
	int sender = OPENS("socket", INT(AF_UNIX), INT(SOCK_DGRAM));

	RETURNS(0, "bind", INT(receiver), BYTES("to"));
	RETURNS(0, "bind", INT(sender), BYTES("from"));
	FAILS(ENOTCONN, "send", INT(sender), BYTES("x"));
	RETURNS(3, "sendto", INT(sender), BYTES("abc"), INT(0), BYTES("to"));
	RETURNS(3, "recvfrom", INT(receiver), INT(2), INT(MSG_TRUNC));
	GAVE_DATA("ab");
	GAVE_BYTES("recvfrom", "addr", "from");
	RETURNS(0, "connect", INT(sender), BYTES("to"));
	RETURNS(0, "send", INT(sender), BYTES(""));
	RETURNS(0, "recv", INT(receiver), INT(10), INT(MSG_DONTWAIT));
	RETURNS(0, "connect", INT(sender), INT(AF_UNSPEC));
	FAILS(ENOTCONN, "sendto", INT(sender), BYTES("x"));
	RETURNS(0, "unlink", BYTES("to"));
	RETURNS(0, "unlink", BYTES("from"));
}
END_TEST

START_TEST(test_pairs_and_shutdown)
{
	int a, b;

	make_pair(_i, SOCK_STREAM, &a, &b);
	RETURNS(3, "send", INT(a), BYTES("abc"), INT(MSG_NOSIGNAL));
	RETURNS(3, "recv", INT(b), INT(8), INT(MSG_PEEK));
	GAVE_DATA("abc");
	RETURNS(3, "recvfrom", INT(b), INT(8));
	GAVE_BYTES("recvfrom", "addr", "");
	GAVE_NO("recvfrom", "family");
	RETURNS(0, "shutdown", INT(a), INT(SHUT_WR));
	FAILS(EPIPE, "send", INT(a), BYTES("x"), INT(MSG_NOSIGNAL));
	RETURNS(0, "recv", INT(b), INT(8));
	FAILS(EINVAL, "shutdown", INT(a), INT(3));
	FAILS(EAFNOSUPPORT, "socket", INT(12345), INT(SOCK_STREAM));
	FAILS(EOPNOTSUPP, "socketpair", INT(AF_INET), INT(SOCK_STREAM), INT(0));
	GAVE_NO("socketpair", "first");
}
END_TEST

START_TEST(test_datagrams_are_cut_to_the_room)
{
	int a, b;

	make_pair(_i, SOCK_DGRAM, &a, &b);
	RETURNS(6, "send", INT(a), BYTES("abcdef"));
	RETURNS(6, "recv", INT(b), INT(4), INT(MSG_TRUNC));	/* more than there was room for */
	GAVE_DATA("abcd");
}
END_TEST

START_TEST(test_number_options)
{
	int a, b;

	make_pair(_i, SOCK_STREAM, &a, &b);
	RETURNS(0, "getsockopt", INT(a), INT(SOL_SOCKET), INT(SO_TYPE));
	GAVE("getsockopt", "value", SOCK_STREAM);
	GAVE("getsockopt", "length", 4);
	RETURNS(0, "setsockopt", INT(a), INT(SOL_SOCKET), INT(SO_PASSCRED), INT(1));
	RETURNS(0, "getsockopt", INT(a), INT(SOL_SOCKET), INT(SO_PASSCRED));
	GAVE("getsockopt", "value", 1);
	RETURNS(0, "getsockopt", INT(a), INT(SOL_SOCKET), INT(SO_PASSCRED), INT(1));
	GAVE_NO("getsockopt", "value");
	GAVE_BYTES("getsockopt", "bytes", "\1");
	FAILS(ENOPROTOOPT, "setsockopt", INT(a), INT(SOL_SOCKET), INT(SO_SNDLOWAT), INT(1));
	FAILS(ENOPROTOOPT, "getsockopt", INT(a), INT(SOL_SOCKET), INT(9999));
	FAILS(EINVAL, "setsockopt", INT(a), INT(SOL_SOCKET), INT(SO_PASSCRED), BYTES("x"));
}
END_TEST

START_TEST(test_options_that_are_no_number)
{
	int a, b;

	make_pair(_i, SOCK_STREAM, &a, &b);
	RETURNS(0, "setsockopt", INT(a), INT(SOL_SOCKET), INT(SO_RCVTIMEO), TIME(20000000));
	RETURNS(0, "getsockopt", INT(a), INT(SOL_SOCKET), INT(SO_RCVTIMEO));
	ck_assert_int_ge(trial_number("getsockopt", "value"), 20000000);	/* in whole ticks */
	FAILS(EAGAIN, "recv", INT(a), INT(1));
	RETURNS(0, "setsockopt", INT(a), INT(SOL_SOCKET), INT(SO_LINGER), LIST(INT(1), INT(7)));
	RETURNS(0, "getsockopt", INT(a), INT(SOL_SOCKET), INT(SO_LINGER));
	GAVE("getsockopt", "value", 1);
	GAVE("getsockopt", "seconds", 7);
	RETURNS(0, "getsockopt", INT(a), INT(SOL_SOCKET), INT(SO_PEERCRED));
	GAVE("getsockopt", "pid", getpid());
	GAVE("getsockopt", "uid", getuid());
	GAVE("getsockopt", "gid", getgid());
	GAVE_NO("getsockopt", "value");
	/* A time that nanoseconds cannot tell. */
	RETURNS(0, "setsockopt", INT(a), INT(SOL_SOCKET), INT(SO_SNDTIMEO),
		BYTES("\1\1\1\1\1\1\0\0\0\0\0\0\0\0\0\0"));
	RETURNS(0, "getsockopt", INT(a), INT(SOL_SOCKET), INT(SO_SNDTIMEO));
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_unchecked_fixture(tcase, enter_directory, leave_directory);
	tcase_add_loop_test(tcase, test_a_connection, 0, 2);
	tcase_add_loop_test(tcase, test_names_of_all_kinds, 0, 2);
	tcase_add_loop_test(tcase, test_datagrams_say_where_they_come_from, 0, 2);
	tcase_add_loop_test(tcase, test_pairs_and_shutdown, 0, 2);
	tcase_add_loop_test(tcase, test_datagrams_are_cut_to_the_room, 0, 2);
	tcase_add_loop_test(tcase, test_number_options, 0, 2);
	tcase_add_loop_test(tcase, test_options_that_are_no_number, 0, 2);
}

int main(void)
{
	return checks_run_case("calls_socket", fill);
}
