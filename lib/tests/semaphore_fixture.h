/* SPDX-License-Identifier: MIT */
/* For tests of the exit of calls: a semaphore, since only its caller can make semop(2). */
#ifndef IPCDRILL_TESTS_SEMAPHORE_FIXTURE_H
#define IPCDRILL_TESTS_SEMAPHORE_FIXTURE_H

#include <sys/ipc.h>
#include <sys/sem.h>

#include "inject_fixture.h"

static int semaphore;

static inline int semaphore_value(void)
{
	return semctl(semaphore, 0, GETVAL);
}

static inline long add_to_semaphore(int by)
{
	struct sembuf change = { .sem_op = (short)by };

	return outcome(semop(semaphore, &change, 1));
}

static inline void make_semaphore(int value)
{
	semaphore = semget(IPC_PRIVATE, 1, 0600);
	ck_assert_int_ge(semaphore, 0);
	ck_assert_int_eq(semctl(semaphore, 0, SETVAL, value), 0);
}

static inline void remove_semaphore(void)
{
	semctl(semaphore, 0, IPC_RMID);
}

#endif
