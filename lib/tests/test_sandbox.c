// SPDX-License-Identifier: MIT
/* Sandboxes of both grades: what the body sees, and that nothing outlives the harness. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "checks.h"
#include "deadline.h"
#include "lacking_fixture.h"
#include "sandbox.h"

struct seen {
	pid_t pid;
	int files;
	char directory[200];
};

static struct seen *seen;

static int look_around(void *context)
{
	DIR *here = opendir(".");
	struct dirent *entry;

	(void)context;
	seen->pid = getpid();
	while ((entry = readdir(here)))
		seen->files += strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..");
	closedir(here);
	if (!getcwd(seen->directory, sizeof(seen->directory)))
		return 1;
	close(open("stray", O_CREAT | O_WRONLY, 0600));
	return 7;
}

static pid_t start(enum sandbox_grade grade, int (*body)(void *context), int life[2])
{
	struct sandbox_options options = { .grade = grade };
	char reason[200] = "";
	pid_t pid;

	ck_assert_int_eq(pipe(life), 0);
	memcpy(options.life, life, sizeof(options.life));
	pid = sandbox_start(&options, body, NULL, reason, sizeof(reason));
	ck_assert_msg(pid > 0, "%s", reason);
	return pid;
}

static bool full_works(void)
{
	char reason[200];

	return sandbox_probe(reason, sizeof(reason)) == SANDBOX_FULL;
}

START_TEST(test_body_runs_in_its_own_world)
{
	int life[2], status;
	pid_t pid;

	if (!full_works())
		return;
	pid = start(SANDBOX_FULL, look_around, life);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_int_eq(WEXITSTATUS(status), 7);
	ck_assert_int_eq(seen->pid, 1);
	ck_assert_int_eq(seen->files, 0);
	ck_assert_int_ne(access("/dev/shm/ipcdrill", F_OK), 0);
}
END_TEST

/* Exit status 0: a datagram socket can be bound and connected to its own address. */
static int talk_to_itself(void *context)
{
	struct sockaddr_in in = { .sin_family = AF_INET, .sin_addr = { htonl(INADDR_LOOPBACK) } };
	socklen_t size = sizeof(in);
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	(void)context;
	return fd < 0 || bind(fd, (struct sockaddr *)&in, size) ||
	       getsockname(fd, (struct sockaddr *)&in, &size) ||
	       connect(fd, (struct sockaddr *)&in, size) || send(fd, "x", 1, 0) != 1 ||
	       recv(fd, &in, 1, MSG_DONTWAIT) != 1;
}

START_TEST(test_a_network_of_its_own_has_a_loopback)
{
	struct sandbox_options options = { .grade = SANDBOX_FULL, .network = true };
	char reason[200] = "";
	int status;
	pid_t pid;

	if (!full_works())
		return;
	ck_assert_int_eq(pipe(options.life), 0);
	pid = sandbox_start(&options, talk_to_itself, NULL, reason, sizeof(reason));
	ck_assert_msg(pid > 0, "%s", reason);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_int_eq(status, 0);
}
END_TEST

/* As the header promises. */
START_TEST(test_what_failed_is_always_said)
{
	struct sandbox_options options = { .grade = (enum sandbox_grade)_i };
	struct rlimit limit, none;
	char reason[200] = "";
	int err;

	ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &limit), 0);
	none = (struct rlimit){ .rlim_cur = 0, .rlim_max = limit.rlim_max };
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &none), 0);
	err = sandbox_start(&options, look_around, NULL, reason, sizeof(reason));
	/* Leak checkers need some, too. */
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &limit), 0);
	ck_assert_int_eq(err, -EMFILE);
	ck_assert_str_eq(reason, "cannot make a pipe: Too many open files");
}
END_TEST

START_TEST(test_guardian_removes_the_directory)
{
	int life[2], status;
	pid_t pid = start(SANDBOX_NONE, look_around, life);

	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_int_eq(WEXITSTATUS(status), 7);
	ck_assert_int_ne(seen->pid, 1);
	ck_assert_int_eq(seen->files, 0);
	ck_assert_int_ne(access(seen->directory, F_OK), 0);
}
END_TEST

START_TEST(test_guardian_of_one_who_ignores_his_children)
{
	int life[2], status;
	pid_t pid;

	signal(SIGCHLD, SIG_IGN);
	pid = start(SANDBOX_NONE, look_around, life);
	signal(SIGCHLD, SIG_DFL);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_int_eq(WEXITSTATUS(status), 7);
}
END_TEST

/* Linux before 5.3, where there is no other sandbox. */
START_TEST(test_guardian_without_pidfds)
{
	int life[2], status;
	pid_t pid;

	lack("pidfd_open");
	pid = start(SANDBOX_NONE, look_around, life);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_int_eq(WEXITSTATUS(status), 7);
	ck_assert_int_ne(access(seen->directory, F_OK), 0);
}
END_TEST

/* A body with a child and a grandchild, all asleep for ever; each holds the write end of a pipe. */
static int held[2];

static int sleep_for_ever(void *context)
{
	(void)context;
	close(held[0]);
	if (!fork())
		fork();
	seen->pid = getpid();
	for (;;)
		pause();
	return 0;
}

/* From the very first moment to a sandbox that stands. */
static void wait_until_it_stands(void)
{
	struct deadline deadline = deadline_in(INT64_C(10000000000));

	while (!*(volatile pid_t *)&seen->pid && !deadline_passed(&deadline))
		sched_yield();
}

static void ends_with_the_harness(enum sandbox_grade grade, bool stands)
{
	struct pollfd gone;
	int life[2];
	pid_t harness;

	seen->pid = 0;
	ck_assert_int_eq(pipe(held), 0);
	harness = fork();
	if (!harness) {
		start(grade, sleep_for_ever, life);
		close(held[1]);
		for (;;)
			pause();
	}
	close(held[1]);
	if (stands)
		wait_until_it_stands();
	kill(harness, SIGKILL);
	waitpid(harness, NULL, 0);
	gone = (struct pollfd){ .fd = held[0], .events = POLLIN };
	ck_assert_int_eq(poll(&gone, 1, 10000), 1);
	ck_assert_int_ne(gone.revents & POLLHUP, 0);
	close(held[0]);
}

START_TEST(test_nothing_outlives_the_harness)
{
	if (_i == SANDBOX_FULL && !full_works())
		return;
	for (int i = 0; i < 20; i++)
		ends_with_the_harness((enum sandbox_grade)_i, i % 2);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_test(tcase, test_body_runs_in_its_own_world);
	tcase_add_test(tcase, test_a_network_of_its_own_has_a_loopback);
	tcase_add_loop_test(tcase, test_what_failed_is_always_said, SANDBOX_FULL, SANDBOX_NONE + 1);
	tcase_add_test(tcase, test_guardian_removes_the_directory);
	tcase_add_test(tcase, test_guardian_of_one_who_ignores_his_children);
	tcase_add_test(tcase, test_guardian_without_pidfds);
	tcase_add_loop_test(tcase, test_nothing_outlives_the_harness, SANDBOX_FULL,
			    SANDBOX_NONE + 1);
}

int main(void)
{
	seen = mmap(NULL, sizeof(*seen), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	return checks_run_case("sandbox", fill);
}
