// SPDX-License-Identifier: MIT
/* Calls on sockets over IP: addresses, options of TCP, the urgent mark, the queue of errors. */
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#include <linux/errqueue.h>

#include "checks.h"
#include "trial.h"

/* A bound socket; its address stays in `address`. */
static struct value address;

static int bound(int _i, int type)
{
	static char text[64];
	int fd = OPENS("socket", INT(AF_INET), INT(type));

	RETURNS(0, "bind", INT(fd), BYTES("127.0.0.1:0"));
	RETURNS(0, "getsockname", INT(fd));
	GAVE("getsockname", "family", AF_INET);
	address = (struct value){ .kind = VALUE_BYTES,
				  .bytes = text,
				  .length = trial_out("getsockname", "addr")->length };
	memcpy(text, trial_at(trial_out("getsockname", "addr")->offset), address.length);
	return fd;
}

START_TEST(test_addresses)
{
	int receiver = bound(_i, SOCK_DGRAM);
	int sender = OPENS("socket", INT(AF_INET), INT(SOCK_DGRAM));

	ck_assert_mem_eq(address.bytes, "127.0.0.1:", 10);
	RETURNS(1, "sendto", INT(sender), BYTES("x"), INT(0), address);
	RETURNS(1, "recvfrom", INT(receiver), INT(8));
	ck_assert_mem_eq(trial_at(trial_out("recvfrom", "addr")->offset), "127.0.0.1:", 10);
	RETURNS(0, "connect", INT(sender), address);
	RETURNS(0, "getpeername", INT(sender));
	ck_assert_uint_eq(trial_out("getpeername", "addr")->length, address.length);
	FAILS(EADDRINUSE, "bind", INT(OPENS("socket", INT(AF_INET), INT(SOCK_DGRAM))), address);
	FAILS(EAFNOSUPPORT, "connect", INT(sender), BYTES("./127.0.0.1:1"));
}
END_TEST

START_TEST(test_options)
{
	int fd = OPENS("socket", INT(AF_INET), INT(SOCK_STREAM));

	RETURNS(0, "setsockopt", INT(fd), INT(IPPROTO_TCP), INT(TCP_USER_TIMEOUT), TIME(20000000));
	RETURNS(0, "getsockopt", INT(fd), INT(IPPROTO_TCP), INT(TCP_USER_TIMEOUT));
	GAVE("getsockopt", "value", 20);
	RETURNS(0, "setsockopt", INT(fd), INT(IPPROTO_TCP), INT(TCP_KEEPIDLE), TIME(1500000000));
	RETURNS(0, "getsockopt", INT(fd), INT(IPPROTO_TCP), INT(TCP_KEEPIDLE));
	GAVE("getsockopt", "value", 2);
	RETURNS(0, "setsockopt", INT(fd), INT(IPPROTO_TCP), INT(TCP_KEEPCNT), INT(3));
}
END_TEST

START_TEST(test_urgent_mark)
{
	int listener = bound(_i, SOCK_STREAM);
	int client = OPENS("socket", INT(AF_INET), INT(SOCK_STREAM));
	int server;

	RETURNS(0, "listen", INT(listener), INT(1));
	RETURNS(0, "connect", INT(client), address);
	server = OPENS("accept", INT(listener));
	RETURNS(2, "send", INT(client), BYTES("ab"), INT(MSG_OOB));
	RETURNS(0, "sockatmark", INT(server));
	RETURNS(1, "recv", INT(server), INT(8));
	RETURNS(1, "sockatmark", INT(server));
	ck_assert(call_may_sleep_in(call_find("sockatmark"), SYS_ioctl));
}
END_TEST

START_TEST(test_errors_are_queued)
{
	int gone = bound(_i, SOCK_DGRAM);
	int fd = OPENS("socket", INT(AF_INET), INT(SOCK_DGRAM));

	close(gone);
	FAILS(EAGAIN, "recverr", INT(fd), INT(8));
	RETURNS(0, "setsockopt", INT(fd), INT(IPPROTO_IP), INT(IP_RECVERR), INT(1));
	RETURNS(3, "sendto", INT(fd), BYTES("abc"), INT(0), address);
	RETURNS(2, "recverr", INT(fd), INT(2));
	GAVE_DATA("ab");
	GAVE("recverr", "error", ECONNREFUSED);
	GAVE("recverr", "origin", SO_EE_ORIGIN_ICMP);
	GAVE("recverr", "type", 3);
	GAVE("recverr", "code", 3);
	GAVE("recverr", "flags", MSG_ERRQUEUE | MSG_TRUNC);
	GAVE_BYTES("recverr", "offender", "127.0.0.1:0");
	ck_assert_uint_eq(trial_out("recverr", "addr")->length, address.length);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_loop_test(tcase, test_addresses, 0, 2);
	tcase_add_loop_test(tcase, test_options, 0, 2);
	tcase_add_loop_test(tcase, test_urgent_mark, 0, 2);
	tcase_add_loop_test(tcase, test_errors_are_queued, 0, 2);
}

int main(void)
{
	return checks_run_case("inet", fill);
}
