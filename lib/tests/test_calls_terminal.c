// SPDX-License-Identifier: MIT
/* Pseudoterminals and what ioctl() does with them. */
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <termios.h>

#include "checks.h"
#include "trial.h"

struct pair {
	int master, slave;
};

static struct pair opened(int _i)
{
	struct pair pair = { .master = OPENS("posix_openpt", INT(O_RDWR | O_NOCTTY)) };
	char path[64] = "";

	RETURNS(0, "grantpt", INT(pair.master));
	ck_assert_str_eq(MAKE("ptsname", INT(pair.master))->complaint, "");
	ck_assert_uint_lt(trial.result.data_length, sizeof(path));
	memcpy(path, trial_at(trial.result.data_offset), trial.result.data_length);
	RETURNS(0, "ioctl", INT(pair.master), INT(TIOCGPTLCK));
	GAVE("ioctl", "value", 1);
	FAILS(EIO, "open", STRING(path), INT(O_RDWR | O_NOCTTY));
	RETURNS(0, "unlockpt", INT(pair.master));
	pair.slave = OPENS("open", STRING(path), INT(O_RDWR | O_NOCTTY));
	return pair;
}

/* What is written arrives a little later. */
static void await_input(int fd)
{
	struct pollfd poll_fd = { .fd = fd, .events = POLLIN };

	ck_assert_int_eq(poll(&poll_fd, 1, 10000), 1);
}

START_TEST(test_modes)
{
	struct pair pair = opened(_i);
	struct termios termios;

	RETURNS(0, "tcgetattr", INT(pair.slave));
	ck_assert_int_ne(trial_number("tcgetattr", "lflag") & ICANON, 0);
	ck_assert_int_ne(trial_number("tcgetattr", "oflag") & OPOST, 0);
	RETURNS(0, "tcsetattr", INT(pair.slave), LEFT_OUT, LEFT_OUT, INT(ISIG));
	ck_assert_int_eq(tcgetattr(pair.slave, &termios), 0);
	ck_assert_uint_eq(termios.c_lflag, ISIG);
	ck_assert_uint_ne(termios.c_oflag & OPOST, 0);
	RETURNS(3, "write", INT(pair.master), BYTES("abc"));
	await_input(pair.slave);
	RETURNS(3, "read", INT(pair.slave), INT(64));
	GAVE_DATA("abc");
	RETURNS(3, "write", INT(pair.master), BYTES("abc"));
	await_input(pair.slave);
	RETURNS(0, "tcflush", INT(pair.slave), INT(TCIFLUSH));
	RETURNS(0, "ioctl", INT(pair.slave), INT(FIONREAD));
	GAVE("ioctl", "value", 0);
	FAILS(ENOTTY, "tcgetattr", INT(OPENS("open", BYTES("/dev/null"), INT(O_RDWR))));
}
END_TEST

START_TEST(test_window_sizes)
{
	struct pair pair = opened(_i);

	RETURNS(0, "ioctl", INT(pair.master), INT(TIOCSWINSZ), LIST(INT(24), INT(80)));
	RETURNS(0, "ioctl", INT(pair.slave), INT(TIOCGWINSZ));
	GAVE_LIST("ioctl", "value", 24, 80);
	COMPLAINS("takes {rows, columns}", "ioctl", INT(pair.slave), INT(TIOCSWINSZ), INT(24));
	COMPLAINS("takes no value", "ioctl", INT(pair.slave), INT(TIOCGWINSZ), INT(24));
	FAILS(EBADF, "ioctl", INT(-1), INT(TIOCGWINSZ));
}
END_TEST

START_TEST(test_sessions)
{
	struct pair pair = opened(_i);
	pid_t pid = check_fork();	/* a leader of a group cannot begin a session */

	if (pid)
		check_waitpid_and_exit(pid);
	ck_assert_int_ge(setsid(), 0);
	FAILS(ENOTTY, "tcgetsid", INT(pair.slave));
	COMPLAINS("needs a value", "ioctl", INT(pair.slave), INT(TIOCSCTTY));
	RETURNS(0, "ioctl", INT(pair.slave), INT(TIOCSCTTY), INT(0));
	RETURNS(getpid(), "tcgetsid", INT(pair.slave));
	RETURNS(getpid(), "tcgetpgrp", INT(pair.slave));
	RETURNS(0, "tcsetpgrp", INT(pair.slave), INT(getpid()));
	FAILS(EPERM, "tcsetpgrp", INT(pair.slave), INT(1));
	ck_assert_int_ge(OPENS("ioctl", INT(pair.master), INT(TIOCGPTPEER), INT(O_RDWR | O_NOCTTY)),
			 0);
	RETURNS(0, "ioctl", INT(pair.master), INT(TIOCPKT), INT(1));
	RETURNS(0, "ioctl", INT(pair.master), INT(TIOCGPKT));
	GAVE("ioctl", "value", 1);
	FAILS(ENOTTY, "ptsname", INT(pair.slave));
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_loop_test(tcase, test_modes, 0, 2);
	tcase_add_loop_test(tcase, test_window_sizes, 0, 2);
	tcase_add_loop_test(tcase, test_sessions, 0, 2);
}

int main(void)
{
	return checks_run_case("calls_terminal", fill);
}
