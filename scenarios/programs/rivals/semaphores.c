// SPDX-License-Identifier: MIT
/* A set of System V semaphores: what one array of operations does, somebody else sees as one. */
#include <err.h>
#include <stdlib.h>
#include <sys/sem.h>

#include "contest.h"

enum { SEMAPHORES = 4 };

static int set;
static int total; /* of all values, which no change changes */
static unsigned short from;

static void operate(struct sembuf *operations, size_t count)
{
	if (semop(set, operations, count))
		err(EXIT_FAILURE, "semop");
}

static int sum_of_values(void)
{
	unsigned short values[SEMAPHORES];
	int sum = 0;

	if (semctl(set, 0, GETALL, values) < 0)
		err(EXIT_FAILURE, "GETALL");
	for (int i = 0; i < SEMAPHORES; i++)
		sum += values[i];
	return sum;
}

static void prepare_values(char **words)
{
	struct semid_ds status;

	set = atoi(words[0]);
	if (semctl(set, 0, IPC_STAT, &status) < 0)
		err(EXIT_FAILURE, "IPC_STAT");
	if (status.sem_nsems != SEMAPHORES)
		errx(EXIT_FAILURE, "a set of %d is needed", SEMAPHORES);
	total = sum_of_values();
}

/* One from a semaphore to the next, so that none runs out. */
static void plan_move(struct sembuf move[2])
{
	unsigned short to = (from + 1) % SEMAPHORES;

	move[0] = (struct sembuf){ .sem_num = from, .sem_op = -1, .sem_flg = IPC_NOWAIT };
	move[1] = (struct sembuf){ .sem_num = to, .sem_op = 1, .sem_flg = IPC_NOWAIT };
	from = to;
}

static void move_one(void)
{
	struct sembuf move[2];

	plan_move(move);
	operate(move, 2);
}

static void move_one_apart(void (*pause)(void))
{
	struct sembuf move[2];

	plan_move(move);
	operate(&move[0], 1);
	pause();
	operate(&move[1], 1);
}

static bool none_is_missing(void)
{
	return sum_of_values() == total;
}

static void prepare_array(char **words)
{
	set = atoi(words[0]);
}

static void add_and_take(void)
{
	struct sembuf both[] = { { .sem_op = 1 }, { .sem_op = -1 } };

	operate(both, 2);
}

static void add_and_take_apart(void (*pause)(void))
{
	struct sembuf both[] = { { .sem_op = 1 }, { .sem_op = -1 } };

	operate(&both[0], 1);
	pause();
	operate(&both[1], 1);
}

static bool is_zero(void)
{
	int value = semctl(set, 0, GETVAL);

	if (value < 0)
		err(EXIT_FAILURE, "GETVAL");
	return !value;
}

const struct contest contest_values = {
	.name = "values",
	.word_count = 1,
	.looks = 2000,
	.prepare = prepare_values,
	.change = move_one,
	.change_apart = move_one_apart,
	.look = none_is_missing,
};

const struct contest contest_array = {
	.name = "array",
	.word_count = 1,
	.looks = 2000,
	.prepare = prepare_array,
	.change = add_and_take,
	.change_apart = add_and_take_apart,
	.look = is_zero,
};
