// SPDX-License-Identifier: MIT
/* Getting the filter into the new process, and its listener out of it. */
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "control.h"
#include "inject.h"

/* Newer than the headers that we may be built with. */
#ifndef SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV
#define SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV (1UL << 5)	/* Linux 5.19 */
#endif
#ifndef SECCOMP_IOCTL_NOTIF_SET_FLAGS
#define SECCOMP_IOCTL_NOTIF_SET_FLAGS SECCOMP_IOW(4, uint64_t)	/* Linux 6.6 */
#define SECCOMP_USER_NOTIF_FD_SYNC_WAKE_UP (1UL << 0)
#endif

enum { LOOK_NS = 1000 * 1000 };	/* a process that dies rings no bell */

static int load(const struct inject_filter *filter, unsigned long flags)
{
	struct sock_fprog program = { .len = filter->length, .filter = filter->code };
	long result = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &program);

	return result < 0 ? -errno : (int)result;
}

/*
 * Signals do not take a received notification back, where the kernel has that; else they do, and we
 * cope.
 */
static int load_with_listener(const struct inject_filter *filter, struct inject_port *port)
{
	int listener = -EINVAL;

	if (!filter->is_impatient)
		listener = load(filter, SECCOMP_FILTER_FLAG_NEW_LISTENER |
						SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV);
	if (listener == -EINVAL) {
		atomic_store(&port->is_impatient, 1);
		listener = load(filter, SECCOMP_FILTER_FLAG_NEW_LISTENER);
	}
	return listener;
}

static bool has_handlers(void)
{
	for (int signal = 1; signal < NSIG; signal++) {
		struct sigaction action;

		if (!sigaction(signal, NULL, &action) && action.sa_handler != SIG_DFL &&
		    action.sa_handler != SIG_IGN)
			return true;
	}
	return false;
}

/*
 * From the moment the filter is in place our own calls may be notified, too: wake, wait and close.
 * The driver lets them go uncounted until is_open, which takes no call to say.
 */
int inject_install(const struct inject_filter *filter, struct inject_port *port)
{
	int listener;

	if (!filter->length)
		return 0;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		return -errno;
	if (!filter->has_listener)
		return load(filter, 0);
	if (filter->watches_handlers)
		atomic_store(&port->handlers, has_handlers() ? 2 : 1);
	listener = load_with_listener(filter, port);
	atomic_store(&port->listener, listener < 0 ? listener : listener + 1);
	futex_wake((_Atomic uint32_t *)&port->listener);
	if (listener < 0)
		return listener;
	while (!atomic_load(&port->taken))
		futex_wait(&port->taken, 0, -1);
	close(listener);
	atomic_store(&port->is_open, 1);
	return 0;
}

static bool is_dead(int pidfd)
{
	struct pollfd death = { .fd = pidfd, .events = POLLIN };

	return poll(&death, 1, 0) == 1;
}

static int wait_for_listener(int pidfd, struct inject_port *port, const struct deadline *deadline)
{
	int32_t listener;

	while (!(listener = atomic_load(&port->listener))) {
		if (is_dead(pidfd))
			return -ESRCH;
		if (deadline && deadline_passed(deadline))
			return -ETIMEDOUT;
		futex_wait((_Atomic uint32_t *)&port->listener, 0, LOOK_NS);
	}
	return listener < 0 ? listener : listener - 1;
}

int inject_take(struct inject *inject, struct inject_port *port, pid_t pid,
		const struct deadline *deadline)
{
	int number, err;

	inject->listener_fd = -1;
	inject->pid = pid;
	inject->port = port;
	inject->is_over = inject->is_headless = false;
	target_init(&inject->target);
	inject->pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
	if (inject->pidfd < 0)
		return -errno;
	number = wait_for_listener(inject->pidfd, port, deadline);
	err = number < 0 ? number : 0;
	if (!err) {
		inject->listener_fd = (int)syscall(SYS_pidfd_getfd, inject->pidfd, number, 0);
		err = inject->listener_fd < 0 ? -errno : 0;
	}
	if (err) {
		close(inject->pidfd);
		inject->pidfd = -1;
		return err;
	}
	/* A hint: the one that is woken runs next, on this core. Older kernels do not know it. */
	ioctl(inject->listener_fd, SECCOMP_IOCTL_NOTIF_SET_FLAGS,
	      SECCOMP_USER_NOTIF_FD_SYNC_WAKE_UP);
	inject->callers.is_watched = atomic_load(&port->handlers);
	inject->callers.has_handlers = atomic_load(&port->handlers) == 2;
	atomic_store(&port->taken, 1);
	futex_wake(&port->taken);
	return 0;
}

/*
 * Where there is no listener to hand over, the result of loading is left where its number would be.
 */
static _Noreturn void install_and_wait(const struct inject_filter *filter, struct inject_port *port)
{
	int err = inject_install(filter, port);

	if (!filter->has_listener)
		atomic_store(&port->listener, err ? err : 1);
	for (;;)
		pause();
}

static int try_in(pid_t pid, const struct inject_filter *filter, struct inject_port *port)
{
	struct inject inject = { 0 };
	int number, err;

	if (filter->has_listener) {
		err = inject_take(&inject, port, pid, NULL);
	} else {
		inject.pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
		number = inject.pidfd < 0 ? -errno : wait_for_listener(inject.pidfd, port, NULL);
		err = number < 0 ? number : 0;
		inject.listener_fd = -1;
	}
	kill(pid, SIGKILL);
	while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		;
	if (inject.listener_fd >= 0)
		close(inject.listener_fd);
	if (inject.pidfd >= 0)
		close(inject.pidfd);
	return err;
}

int inject_try(const struct inject_filter *filter)
{
	struct inject_port *port = mmap(NULL, sizeof(*port), PROT_READ | PROT_WRITE,
					MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	pid_t driver = getpid();
	pid_t pid;
	int err;

	if (port == MAP_FAILED)
		return -errno;
	pid = fork();
	if (!pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (getppid() != driver)
			raise(SIGKILL);
		install_and_wait(filter, port);
	}
	err = pid < 0 ? -errno : try_in(pid, filter, port);
	munmap(port, sizeof(*port));
	return err;
}
