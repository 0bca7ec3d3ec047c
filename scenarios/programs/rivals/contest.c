// SPDX-License-Identifier: MIT
#include <err.h>
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "contest.h"

/* What the rivals know of each other, be they threads or processes. */
struct arena {
	sem_t begun;
	atomic_int changes;
	atomic_bool over;
};

static struct arena *shared;

static void begin(void)
{
	static bool begun;

	if (!begun && sem_post(&shared->begun))
		err(EXIT_FAILURE, "sem_post");
	begun = true;
}

static void change_until_over(const struct contest *contest, bool apart)
{
	do {
		if (apart)
			contest->change_apart(begin);
		else
			contest->change();
		begin();
		atomic_fetch_add(&shared->changes, 1);
	} while (!atomic_load(&shared->over));
}

struct assignment {
	const struct contest *contest;
	bool apart;
};

static void *change_in_thread(void *argument)
{
	const struct assignment *assignment = argument;

	change_until_over(assignment->contest, assignment->apart);
	return NULL;
}

static void look_on(const struct contest *contest, bool apart)
{
	/* Who is held in the middle of a change makes no other. */
	int changes_wanted = apart ? 0 : contest->looks;
	int looks = 0, wrong = 0;

	while (sem_wait(&shared->begun))
		if (errno != EINTR)
			err(EXIT_FAILURE, "sem_wait");
	do {
		wrong += !contest->look();
		looks++;
	} while (looks < contest->looks || atomic_load(&shared->changes) < changes_wanted);
	atomic_store(&shared->over, true);
	if (wrong && wrong < looks)
		printf("%d of %d looks were wrong\n", wrong, looks);
	else
		puts(wrong ? "every look was wrong" : "no look was wrong");
}

static void run_in_threads(struct assignment *assignment)
{
	pthread_t thread;

	errno = pthread_create(&thread, NULL, change_in_thread, assignment);
	if (errno)
		err(EXIT_FAILURE, "pthread_create");
	look_on(assignment->contest, assignment->apart);
	pthread_join(thread, NULL);
}

static void run_in_processes(const struct assignment *assignment)
{
	int status;
	pid_t pid = fork();

	if (pid < 0)
		err(EXIT_FAILURE, "fork");
	if (!pid) {
		change_until_over(assignment->contest, assignment->apart);
		_exit(EXIT_SUCCESS);
	}
	look_on(assignment->contest, assignment->apart);
	if (TEMP_FAILURE_RETRY(waitpid(pid, &status, 0)) != pid || status)
		errx(EXIT_FAILURE, "the rival has failed");
}

void contest_run(const struct contest *contest, bool apart)
{
	struct assignment assignment = { contest, apart };

	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
		      0);
	if (shared == MAP_FAILED || sem_init(&shared->begun, 1, 0))
		err(EXIT_FAILURE, "shared memory");
	if (contest->threads)
		run_in_threads(&assignment);
	else
		run_in_processes(&assignment);
	if (contest->clear)
		contest->clear();
}
