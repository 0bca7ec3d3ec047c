// SPDX-License-Identifier: MIT
/* How others ended, as far as the kernel tells us. */
#include <linux/capability.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "checks.h"
#include "process.h"

enum { STATUS = 7, NOBODY = 65534 };

/* Of a zombie whose parent is a child of ours; until the pipe is closed. */
static pid_t start_grandchild(bool is_another, int *life_fd)
{
	int pid_pipe[2], life[2];
	siginfo_t end;
	pid_t pid;
	char byte;

	ck_assert_int_eq(pipe(pid_pipe) | pipe(life), 0);
	if (!fork()) {
		close(life[1]);
		pid = fork();
		if (!pid)
			_exit(is_another && setuid(NOBODY) ? 1 : STATUS);
		if (waitid(P_PID, (id_t)pid, &end, WEXITED | WNOWAIT) ||
		    write(pid_pipe[1], &pid, sizeof(pid)) != sizeof(pid))
			_exit(1);
		_exit(read(life[0], &byte, 1) != 0);
	}
	ck_assert_int_eq(read(pid_pipe[0], &pid, sizeof(pid)), sizeof(pid));
	close(life[0]);
	*life_fd = life[1];
	return pid;
}

static int status_of(bool is_another)
{
	int life_fd;
	pid_t pid = start_grandchild(is_another, &life_fd);
	int status = process_exit_status(pid, -1);

	close(life_fd);
	while (wait(NULL) > 0)
		;
	return status;
}

START_TEST(test_a_zombie_tells_how_it_ended)
{
	ck_assert_int_eq(status_of(false), STATUS << 8);
}
END_TEST

/* As in a container: a root that may be anybody, and look at nobody. */
static void give_up_tracing(void)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3] = { { 0 } };

	ck_assert_int_eq(syscall(SYS_capget, &header, data), 0);
	data[0].effective &= ~(1U << CAP_SYS_PTRACE);
	data[0].permitted &= ~(1U << CAP_SYS_PTRACE);
	ck_assert_int_eq(syscall(SYS_capset, &header, data), 0);
}

START_TEST(test_a_zombie_of_another_user_may_not_tell)
{
	if (geteuid())
		return;
	ck_assert_int_eq(status_of(true), STATUS << 8);
	give_up_tracing();
	ck_assert_int_eq(status_of(true), -1);
	ck_assert_int_eq(status_of(false), STATUS << 8);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_test(tcase, test_a_zombie_tells_how_it_ended);
	tcase_add_test(tcase, test_a_zombie_of_another_user_may_not_tell);
}

int main(void)
{
	return checks_run_case("process", fill);
}
