// SPDX-License-Identifier: MIT
/* sendmsg(), recvmsg() and recvmmsg(): pieces, descriptors, credentials, addresses. */
#include <sys/socket.h>

#include "checks.h"
#include "trial.h"

static int a, b;	/* the ends of a socket pair */

static void make_pair(void)
{
	int pair[2];

	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair), 0);
	a = pair[0];
	b = pair[1];
}

/* A call with named arguments: the values by position, as the resolver would order them. */
#define WITH_FDS(fds) LEFT_OUT, fds

START_TEST(test_pieces_are_joined)
{
	RETURNS(6, "sendmsg", INT(a), LIST(BYTES("ab"), BYTES("cdef")));
	RETURNS(6, "recvmsg", INT(b), LIST(INT(1), INT(2), INT(64)));
	GAVE_DATA("abcdef");
	GAVE("recvmsg", "nfds", 0);
	GAVE("recvmsg", "flags", 0);
	GAVE_NO("recvmsg", "fd");
	GAVE_NO("recvmsg", "pid");
	GAVE_EMPTY_LIST("recvmsg", "fds");
	GAVE_BYTES("recvmsg", "addr", "");
}
END_TEST

START_TEST(test_messages_are_cut_to_the_room)
{
	RETURNS(6, "sendmsg", INT(a), BYTES("abcdef"));
	RETURNS(4, "recvmsg", INT(b), INT(4), INT(MSG_CMSG_CLOEXEC));
	GAVE_DATA("abcd");
	GAVE("recvmsg", "flags", MSG_TRUNC);
	RETURNS(0, "sendmsg", INT(a), BYTES(""));
	RETURNS(0, "recvmsg", INT(b), INT(4), INT(MSG_DONTWAIT));
	FAILS(EAGAIN, "recvmsg", INT(b), INT(4), INT(MSG_DONTWAIT));
	FAILS(EBADF, "sendmsg", INT(-1), BYTES("x"));
}
END_TEST

START_TEST(test_descriptors_travel)
{
	int file = OPENS("open", BYTES("/dev/null"), INT(O_RDWR));
	int got;

	RETURNS(1, "sendmsg", INT(a), BYTES("x"), WITH_FDS(LIST(INT(file), INT(a))));
	RETURNS(1, "recvmsg", INT(b), INT(8), INT(MSG_CMSG_CLOEXEC));
	GAVE("recvmsg", "nfds", 2);
	got = (int)trial_number("recvmsg", "fd");
	ck_assert_int_ne(got, file);
	GAVE_LIST("recvmsg", "fds", got, got + 1);
	ck_assert_int_eq(fcntl(got, F_GETFD), FD_CLOEXEC);
	RETURNS(1, "write", INT(got), BYTES("x"));
	FAILS(EBADF, "sendmsg", INT(a), BYTES("x"), WITH_FDS(INT(9999)));
	GAVE_NO("recvmsg", "fd");
}
END_TEST

START_TEST(test_as_many_descriptors_as_fit)
{
	RETURNS(1, "sendmsg", INT(a), BYTES("x"), LEFT_OUT, INT(a), LEFT_OUT, LEFT_OUT, LEFT_OUT,
		LEFT_OUT, LEFT_OUT, INT(253));
	RETURNS(1, "recvmsg", INT(b), INT(8));
	GAVE("recvmsg", "nfds", 253);
	GAVE("recvmsg", "flags", 0);
	FAILS(EINVAL, "sendmsg", INT(a), BYTES("x"), LEFT_OUT, INT(a), LEFT_OUT, LEFT_OUT, LEFT_OUT,
	      LEFT_OUT, LEFT_OUT, INT(254));
	COMPLAINS("more than 4096 descriptors", "sendmsg", INT(a), BYTES("x"), LEFT_OUT,
		  LIST(INT(a), INT(a)), LEFT_OUT, LEFT_OUT, LEFT_OUT, LEFT_OUT, LEFT_OUT,
		  INT(2049));
}
END_TEST

START_TEST(test_two_items_of_descriptors)
{
	RETURNS(1, "sendmsg", INT(a), BYTES("x"), LEFT_OUT, INT(a), LEFT_OUT, LEFT_OUT, LEFT_OUT,
		LEFT_OUT, LIST(INT(b), INT(b)));
	RETURNS(1, "recvmsg", INT(b), INT(8));
	GAVE("recvmsg", "nfds", 3);	/* Linux joins them, whatever is documented */
}
END_TEST

START_TEST(test_too_little_room_for_descriptors)
{
	RETURNS(1, "sendmsg", INT(a), BYTES("x"), WITH_FDS(LIST(INT(a), INT(a), INT(a))));
	RETURNS(1, "recvmsg", INT(b), INT(8), LEFT_OUT, INT(CMSG_LEN(sizeof(int))));
	GAVE("recvmsg", "nfds", 1);
	GAVE("recvmsg", "flags", MSG_CTRUNC);
	RETURNS(1, "sendmsg", INT(a), BYTES("x"), WITH_FDS(INT(a)));
	RETURNS(1, "recvmsg", INT(b), INT(8), LEFT_OUT, INT(0));
	GAVE("recvmsg", "nfds", 0);
	GAVE("recvmsg", "flags", MSG_CTRUNC);
	for (int control = 1; control < 40; control++) {
		RETURNS(1, "sendmsg", INT(a), BYTES("x"), WITH_FDS(LIST(INT(a), INT(a))), LEFT_OUT,
			INT(getpid()));
		RETURNS(1, "recvmsg", INT(b), INT(8), LEFT_OUT, INT(control));
		ck_assert_int_le(trial_number("recvmsg", "nfds"), 2);
	}
}
END_TEST

START_TEST(test_credentials)
{
	int on = 1;

	setsockopt(b, SOL_SOCKET, SO_PASSCRED, &on, sizeof(on));
	RETURNS(1, "sendmsg", INT(a), BYTES("x"));
	RETURNS(1, "recvmsg", INT(b), INT(8));
	GAVE("recvmsg", "pid", getpid());
	GAVE("recvmsg", "uid", getuid());
	GAVE("recvmsg", "gid", getgid());
	RETURNS(1, "sendmsg", INT(a), BYTES("x"), LEFT_OUT, INT(a), LEFT_OUT, INT(getpid()));
	RETURNS(1, "recvmsg", INT(b), INT(8));
	GAVE("recvmsg", "pid", getpid());
	GAVE("recvmsg", "nfds", 1);
	FAILS(geteuid() ? EPERM : ESRCH, "sendmsg", INT(a), BYTES("x"), LEFT_OUT, LEFT_OUT,
	      LEFT_OUT, INT(0x3ffffff));
}
END_TEST

START_TEST(test_addresses_of_messages)
{
	int to = OPENS("socket", INT(AF_UNIX), INT(SOCK_DGRAM)),
	    from = OPENS("socket", INT(AF_UNIX), INT(SOCK_DGRAM));

	RETURNS(0, "bind", INT(to), BYTES("\0ipcdrill to"));
	RETURNS(0, "bind", INT(from), BYTES("\0ipcdrill from"));
	RETURNS(2, "sendmsg", INT(from), BYTES("hi"), LEFT_OUT, LEFT_OUT, BYTES("\0ipcdrill to"));
	RETURNS(2, "recvmsg", INT(to), INT(8));
	GAVE_BYTES("recvmsg", "addr", "\0ipcdrill from");
}
END_TEST

START_TEST(test_many_messages)
{
	RETURNS(2, "sendmsg", INT(a), BYTES("ab"));
	RETURNS(5, "sendmsg", INT(a), BYTES("cdefg"));
	RETURNS(2, "recvmmsg", INT(b), INT(8), INT(4), INT(MSG_DONTWAIT));
	GAVE_BYTES("recvmmsg", "data", "abcdef");
	GAVE_LIST("recvmmsg", "lengths", 2, 4);
	GAVE_LIST("recvmmsg", "flags", 0, MSG_TRUNC);
	GAVE_NO("recvmmsg", "left");
	FAILS(EAGAIN, "recvmmsg", INT(b), INT(8), INT(4), INT(MSG_DONTWAIT), TIME(1000000));
	COMPLAINS("more than 1024 messages", "recvmmsg", INT(b), INT(1025), INT(4));
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_checked_fixture(tcase, make_pair, NULL);
	tcase_add_loop_test(tcase, test_pieces_are_joined, 0, 2);
	tcase_add_loop_test(tcase, test_messages_are_cut_to_the_room, 0, 2);
	tcase_add_loop_test(tcase, test_descriptors_travel, 0, 2);
	tcase_add_loop_test(tcase, test_as_many_descriptors_as_fit, 0, 2);
	tcase_add_loop_test(tcase, test_two_items_of_descriptors, 0, 2);
	tcase_add_loop_test(tcase, test_too_little_room_for_descriptors, 0, 2);
	tcase_add_loop_test(tcase, test_credentials, 0, 2);
	tcase_add_loop_test(tcase, test_addresses_of_messages, 0, 2);
	tcase_add_loop_test(tcase, test_many_messages, 0, 2);
}

int main(void)
{
	return checks_run_case("calls_message", fill);
}
