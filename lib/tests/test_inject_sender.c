// SPDX-License-Identifier: MIT
/*
 * Who receives from a local socket, and asks who sent, is told of the caller, whoever really made
 * the call.
 */
#include <sys/socket.h>

#include "checks.h"
#include "inject_fixture.h"

enum { NOBODY = 65534 };

static int ends[2];

/* One message that comes with credentials; the sender's pid, or -errno. */
static long receive_sender(char *text)
{
	union {
		struct cmsghdr header;
		char room[CMSG_SPACE(sizeof(struct ucred))];
	} control = { 0 };
	struct iovec piece = { text, 8 };
	struct msghdr message = {
		.msg_iov = &piece,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof(control),
	};
	struct ucred sender;

	if (recvmsg(ends[1], &message, MSG_DONTWAIT) < 0)
		return -errno;
	if (!CMSG_FIRSTHDR(&message))
		return 0;
	memcpy(&sender, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof(sender));
	return sender.uid == getuid() && sender.gid == getgid() ? sender.pid : -1;
}

static void send_and_ask(struct shared *shared)
{
	const int on = 1;

	shared->got[0] = getpid();
	setsockopt(ends[1], SOL_SOCKET, SO_PASSCRED, &on, sizeof(on));
	shared->got[1] = outcome(send(ends[0], "abc", 3, 0));
	shared->got[2] = receive_sender(shared->text);
	/* Only our own end asks: our messages name us for all that receive. */
	setsockopt(ends[0], SOL_SOCKET, SO_PASSCRED, &on, sizeof(on));
	shared->got[3] = outcome(write(ends[0], "defg", 4));
	shared->got[4] = receive_sender(shared->text + 8);
}

static void send_to_nobody_who_asks(struct shared *shared)
{
	shared->got[0] = outcome(send(ends[0], "abc", 3, 0));
	shared->got[1] = outcome(send(ends[0], "def", 3, 0));
	shared->got[2] = receive_sender(shared->text);
}

static const struct sender {
	int type;
	bool is_ordinary;	/* the driver may not speak for others */
	enum hit_point point;
	const char *fault;
	int64_t operand;
	long sent;
} senders[] = {
	{ SOCK_STREAM, false, HIT_ENTRY, "short", 1, 1 },
	{ SOCK_STREAM, false, HIT_EXIT, "errno", EIO, -EIO },
	{ SOCK_DGRAM, false, HIT_EXIT, "errno", EIO, -EIO },
	{ SOCK_SEQPACKET, false, HIT_EXIT, "delay", 1000, 3 },
	{ SOCK_STREAM, true, HIT_EXIT, "errno", EIO, -EIO },
	{ SOCK_DGRAM, true, HIT_EXIT, "delay", 1000, 3 },
};

static void prepare(const struct sender *sender)
{
	ck_assert_int_eq(socketpair(AF_UNIX, sender->type, 0, ends), 0);
	if (sender->is_ordinary && !geteuid()) {
		ck_assert_int_eq(setgid(NOBODY), 0);
		ck_assert_int_eq(setuid(NOBODY), 0);
		/* What changed its ids may not be traced, nor borrowed from. */
		ck_assert_int_eq(prctl(PR_SET_DUMPABLE, 1), 0);
	}
}

static void clean_up(void)
{
	finish_fixture();
	close(ends[0]);
	close(ends[1]);
}

START_TEST(test_receiver_sees_the_caller)
{
	const struct sender *sender = &senders[_i];
	struct inject_rule rules[] = {
		rule_on("send", sender->point, sender->fault, sender->operand),
		rule_on("write", sender->point, sender->fault, sender->operand),
	};

	if (geteuid() && !sender->is_ordinary)
		return;		/* a short transfer has to be ours, and we may not lie */
	prepare(sender);
	run(rules, 2, send_and_ask);
	EXITED_WELL();
	ck_assert_uint_eq(fixture.refused, 0);
	ck_assert_int_eq(fixture.shared->got[1], sender->sent);
	ck_assert_int_eq(fixture.shared->got[2], fixture.shared->got[0]);
	ck_assert_int_eq(fixture.shared->got[4], fixture.shared->got[0]);
	ck_assert_mem_eq(fixture.shared->text, "abc", sender->sent == 1 ? 1 : 3);
	ck_assert_mem_eq(fixture.shared->text + 8, "defg", sender->sent == 1 ? 1 : 4);
	clean_up();
}
END_TEST

/* The receiver does not ask: two messages come as one, as they do without us. */
START_TEST(test_receiver_does_not_ask)
{
	const struct sender *sender = &senders[_i];
	struct inject_rule rule =
		nth(rule_on("send", sender->point, sender->fault, sender->operand), 1);
	const size_t first = sender->sent == 1 ? 1 : 3;

	if (sender->type != SOCK_STREAM)
		return;
	prepare(sender);
	run(&rule, 1, send_to_nobody_who_asks);
	EXITED_WELL();
	ck_assert_int_eq(fixture.shared->got[0], sender->sent);
	ck_assert_int_eq(fixture.shared->got[2], 0);
	ck_assert_mem_eq(fixture.shared->text, "abc", first);
	ck_assert_mem_eq(fixture.shared->text + first, "def", 3);
	clean_up();
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_loop_test(tcase, test_receiver_sees_the_caller, 0,
			    sizeof(senders) / sizeof(*senders));
	tcase_add_loop_test(tcase, test_receiver_does_not_ask, 0,
			    sizeof(senders) / sizeof(*senders));
}

int main(void)
{
	return checks_run_case("inject_sender", fill);
}
