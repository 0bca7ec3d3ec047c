// SPDX-License-Identifier: MIT
/*
 * A program to inject into. usage: caller WAY TALLY: makes calls in its way, and counts those that
 * fail with EXDEV in the file TALLY, which all processes of it share.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { EACH = 100, SEVERAL = 3 };

struct tally {
	int failed[2];		/* at the entry: getppid; at the exit: lseek */
	int done;		/* how often EACH of both were made */
	int other;		/* what else this way finds out */
};

static struct tally *tally;
static char **arguments;
extern char **environ;

static void *call(void *unused)
{
	for (int i = 0; i < EACH; i++) {
		if (syscall(SYS_getppid) < 0 && errno == EXDEV)
			__atomic_fetch_add(&tally->failed[0], 1, __ATOMIC_SEQ_CST);
		if (syscall(SYS_lseek, -1, 0, SEEK_CUR) < 0 && errno == EXDEV)
			__atomic_fetch_add(&tally->failed[1], 1, __ATOMIC_SEQ_CST);
	}
	__atomic_fetch_add(&tally->done, 1, __ATOMIC_SEQ_CST);
	return unused;
}

static void call_plainly(void)
{
	call(NULL);
}

static void call_in_threads(void)
{
	pthread_t threads[SEVERAL];

	for (int i = 0; i < SEVERAL; i++)
		pthread_create(&threads[i], NULL, call, NULL);
	for (int i = 0; i < SEVERAL; i++)
		pthread_join(threads[i], NULL);
}

static void call_in_children(void)
{
	for (int i = 0; i < SEVERAL; i++) {
		if (!fork()) {
			call(NULL);
			_exit(0);
		}
	}
	while (wait(NULL) > 0)
		;
}

/* glibc: clone(CLONE_VFORK), then execve. */
static void spawn(void)
{
	char *child_arguments[] = { arguments[0], "plainly", arguments[2], NULL };
	pid_t pid;

	for (int i = 0; i < SEVERAL; i++) {
		if (!posix_spawn(&pid, arguments[0], NULL, NULL, child_arguments, environ))
			waitpid(pid, NULL, 0);
	}
}

static int install(struct sock_filter *code, unsigned short length, unsigned flags)
{
	struct sock_fprog program = { length, code };

	return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &program);
}

#define NUMBER BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr))
#define IF(call, action) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (call), 0, 1), BPF_STMT(BPF_RET | BPF_K, (action))
#define ELSE(action) BPF_STMT(BPF_RET | BPF_K, (action))
#define LENGTH(code) (unsigned short)(sizeof(code) / sizeof(*(code)))

/* Its own filter goes on to work, beside the rules. */
static void call_under_filter(void)
{
	struct sock_filter code[] = { NUMBER, IF(SYS_getpgid, SECCOMP_RET_ERRNO | ENOTTY),
				      ELSE(SECCOMP_RET_ALLOW) };

	install(code, LENGTH(code), 0);
	tally->other = syscall(SYS_getpgid, 0) < 0 ? errno : 0;
	call(NULL);
}

/* Everything else is deadly: nothing may be called for it, or through it. */
static void call_under_deadly_filter(void)
{
	struct sock_filter code[] = {
		NUMBER, IF(SYS_getppid, SECCOMP_RET_ALLOW), IF(SYS_lseek, SECCOMP_RET_ALLOW),
		IF(SYS_exit_group, SECCOMP_RET_ALLOW), ELSE(SECCOMP_RET_KILL_PROCESS),
	};

	install(code, LENGTH(code), 0);
	call(NULL);
	_exit(0);
}

static void ask_for_listener(void)
{
	struct sock_filter code[] = { ELSE(SECCOMP_RET_ALLOW) };

	tally->other = install(code, LENGTH(code), SECCOMP_FILTER_FLAG_NEW_LISTENER) < 0 ? errno
											 : 0;
	call(NULL);
}

static void close_everything(void)
{
	for (int fd = 0; fd < 1024; fd++)
		close(fd);
	syscall(SYS_close_range, 0, ~0U, 0);
	call(NULL);
}

/* As daemons begin: daemon(7). */
static void daemonise(void)
{
	if (fork())
		_exit(0);
	setsid();
	if (fork())
		_exit(0);
	call(NULL);
}

static void ignore_signals(void)
{
	for (int sig = 1; sig < NSIG; sig++)
		signal(sig, SIG_IGN);
	call(NULL);
}

static void tell_who(void)
{
	tally->other = (int)geteuid() + 1;
	call(NULL);
}

static const struct way {
	const char *name;
	void (*go)(void);
} ways[] = {
	{ "plainly", call_plainly },
	{ "threads", call_in_threads },
	{ "children", call_in_children },
	{ "spawn", spawn },
	{ "filter", call_under_filter },
	{ "deadly", call_under_deadly_filter },
	{ "listener", ask_for_listener },
	{ "closed", close_everything },
	{ "daemon", daemonise },
	{ "deaf", ignore_signals },
	{ "who", tell_who },
};

int main(int argc, char **argv)
{
	int fd = argc == 3 ? open(argv[2], O_RDWR) : -1;

	arguments = argv;
	tally = mmap(NULL, sizeof(*tally), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (tally == MAP_FAILED)
		return 2;
	close(fd);
	for (size_t i = 0; i < sizeof(ways) / sizeof(*ways); i++) {
		if (!strcmp(ways[i].name, argv[1])) {
			ways[i].go();
			return 0;
		}
	}
	return 3;
}
