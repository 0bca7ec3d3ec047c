// SPDX-License-Identifier: MIT
/* One handler, one number, and a descriptor that wakes whoever polls. */
#include "interrupt.h"

#include <signal.h>
#include <stdio.h>
#include <sys/eventfd.h>
#include <sys/resource.h>

static const int watched[] = { SIGINT, SIGTERM, SIGHUP };

static volatile sig_atomic_t noted;
static int wake_fd = -1;

/* Whoever started us may have had some of them ignored, as nohup(1) does. */
static void exchange_handlers(void (*from)(int), void (*to)(int))
{
	struct sigaction action = { .sa_handler = to, .sa_flags = SA_RESTART }, before;

	for (size_t i = 0; i < sizeof(watched) / sizeof(*watched); i++) {
		if (!sigaction(watched[i], NULL, &before) && before.sa_handler == from)
			sigaction(watched[i], &action, NULL);
	}
}

static void note(int signal)
{
	exchange_handlers(note, SIG_DFL);
	noted = signal;
	eventfd_write(wake_fd, 1);
}

void interrupt_watch(void)
{
	wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	/* Else they end us as they always did. */
	if (wake_fd >= 0)
		exchange_handlers(SIG_DFL, note);
}

int interrupt_fd(void)
{
	return wake_fd;
}

int interrupt_signal(void)
{
	return noted;
}

int interrupt_end_by(int number)
{
	struct rlimit none = { 0 };
	sigset_t only;

	if (!getrlimit(RLIMIT_CORE, &none))
		none.rlim_cur = 0;
	setrlimit(RLIMIT_CORE, &none);
	fflush(NULL);
	signal(number, SIG_DFL);
	sigemptyset(&only);
	sigaddset(&only, number);
	sigprocmask(SIG_UNBLOCK, &only, NULL);
	raise(number);
	return 128 + number;
}
