// SPDX-License-Identifier: MIT
/* Three processes: we, the warden, the program. */
#include "warden.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "close_from.h"
#include "control.h"
#include "process.h"

enum {
	NOT_RUN = 127,
	LOOK_NS = 1000 * 1000, /* a warden that dies rings no bell */
	LIFE_FD = 0,
};

/* The only dispositions that the harness changes. */
static void reset_signals(const sigset_t *mask)
{
	signal(SIGPIPE, SIG_DFL);
	signal(SIGXFSZ, SIG_DFL);
	sigprocmask(SIG_SETMASK, mask, NULL);
}

static void go_apart(void)
{
	struct rlimit none = { 0 };

	setsid();
	if (!getrlimit(RLIMIT_CORE, &none)) {
		none.rlim_cur = 0;
		setrlimit(RLIMIT_CORE, &none);
	}
}

static void arrange_stdio(const int *stdio)
{
	for (int fd = 0; fd < 3; fd++) {
		if (stdio[fd] >= 0)
			dup2(stdio[fd], fd);
	}
}

static _Noreturn void be_program(const struct warden_order *order, struct warden_board *board,
				 pid_t warden)
{
	int err;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != warden)
		_exit(NOT_RUN);
	if (order->apart)
		go_apart();
	arrange_stdio(order->stdio);
	reset_signals(order->mask);
	err = order->filter ? inject_install(order->filter, &board->port) : 0;
	if (err) {
		atomic_store(&board->install_error, err);
		_exit(NOT_RUN);
	}
	execve(order->path, order->argv, order->environment);
	atomic_store(&board->exec_error, -errno);
	_exit(NOT_RUN);
}

/* True while there is anybody left. */
static bool reap(struct warden_board *board, pid_t program)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG | __WALL)) > 0) {
		if (pid == program) {
			atomic_store(&board->status, status);
			atomic_store(&board->has_ended, 1);
		}
	}
	return !pid;
}

/* For poll(2). */
static int left_ms(int64_t end_ns)
{
	const struct deadline end = { end_ns };

	return end_ns ? (int)(deadline_left_ns(&end) / 1000000 + 1) : -1;
}

/* Until all are gone, or we are, or do not want them any longer. */
static void watch(struct warden_board *board, pid_t program, const sigset_t *child, int64_t end_ns)
{
	struct pollfd fds[] = {
		{ .fd = LIFE_FD, .events = POLLRDHUP },
		{ .fd = signalfd(-1, child, SFD_CLOEXEC | SFD_NONBLOCK), .events = POLLIN },
	};
	struct signalfd_siginfo info;

	while (reap(board, program)) {
		int count = poll(fds, 2, left_ms(end_ns));

		if (count < 0)
			continue;
		if (!count) {
			atomic_store(&board->is_overdue, 1);
			break;
		}
		if (fds[0].revents & (POLLRDHUP | POLLHUP | POLLERR))
			break;
		while (read(fds[1].fd, &info, sizeof(info)) > 0)
			;
	}
	/* Their children come to us, one generation after the other. */
	process_end_children();
}

/* Nothing that others wait to see closed may stay open here. */
static void keep_only(int life_fd)
{
	dup2(life_fd, LIFE_FD);
	close_from(LIFE_FD + 1);
}

static _Noreturn void be_warden(const struct warden_order *order, struct warden_board *board,
				const int *life)
{
	pid_t own = getpid();
	sigset_t all;
	pid_t program;
	int err;

	prctl(PR_SET_CHILD_SUBREAPER, 1);
	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, NULL);
	signal(SIGCHLD, SIG_DFL);
	program = fork();
	if (!program) {
		close(life[0]);
		close(life[1]);
		be_program(order, board, own);
	}
	err = program < 0 ? -errno : 0;
	keep_only(life[0]);
	atomic_store(&board->fork_error, err);
	atomic_store(&board->program, program < 0 ? (uint32_t)own : (uint32_t)program);
	futex_wake(&board->program);
	if (program > 0) {
		sigemptyset(&all);
		sigaddset(&all, SIGCHLD);
		watch(board, program, &all, order->end_ns);
	}
	_exit(0);
}

static int wait_for_program(struct warden *warden)
{
	struct pollfd death = { .fd = warden->pidfd, .events = POLLIN };
	uint32_t program;

	while (!(program = atomic_load(&warden->board->program))) {
		if (poll(&death, 1, 0) == 1)
			return -ECHILD;
		futex_wait(&warden->board->program, 0, LOOK_NS);
	}
	warden->program = (pid_t)program;
	return atomic_load(&warden->board->fork_error);
}

static int open_board(struct warden *warden)
{
	void *board = mmap(NULL, sizeof(*warden->board), PROT_READ | PROT_WRITE,
			   MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (board == MAP_FAILED)
		return -errno;
	warden->board = board;
	return 0;
}

int warden_start(struct warden *warden, const struct warden_order *order)
{
	int life[2];
	int err;

	*warden = (struct warden){ .pidfd = -1, .life_fd = -1 };
	err = open_board(warden);
	if (err)
		return err;
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, life)) {
		err = -errno;
		goto end;
	}
	warden->life_fd = life[1];
	warden->pid = fork();
	if (!warden->pid)
		be_warden(order, warden->board, life);
	err = warden->pid < 0 ? -errno : 0;
	close(life[0]);
	if (!err) {
		warden->pidfd = (int)syscall(SYS_pidfd_open, warden->pid, 0);
		err = warden->pidfd < 0 ? -errno : wait_for_program(warden);
	}
	if (!err)
		return 0;

end:
	warden_end(warden);
	return err;
}

/* What was sent and never received stays open. */
int warden_keep(struct warden *warden, int fd)
{
	union {
		struct cmsghdr header;
		char room[CMSG_SPACE(sizeof(fd))];
	} control = { .header = { .cmsg_len = CMSG_LEN(sizeof(fd)),
				  .cmsg_level = SOL_SOCKET,
				  .cmsg_type = SCM_RIGHTS } };
	char byte = 0;
	struct iovec data = { &byte, sizeof(byte) };
	struct msghdr message = {
		.msg_iov = &data,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof(control),
	};

	memcpy(CMSG_DATA(&control.header), &fd, sizeof(fd));
	return sendmsg(warden->life_fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT) < 0 ? -errno : 0;
}

bool warden_is_done(const struct warden *warden)
{
	struct pollfd death = { .fd = warden->pidfd, .events = POLLIN };

	return poll(&death, 1, 0) == 1;
}

void warden_end(struct warden *warden)
{
	if (warden->life_fd >= 0)
		close(warden->life_fd);
	while (warden->pid > 0 && waitpid(warden->pid, NULL, 0) < 0 && errno == EINTR)
		;
	if (warden->pidfd >= 0)
		close(warden->pidfd);
	if (warden->board)
		munmap(warden->board, sizeof(*warden->board));
	*warden = (struct warden){ .pidfd = -1, .life_fd = -1 };
}
