// SPDX-License-Identifier: MIT
/* Reaches an IPC object of somebody else's by what it is told, waits for text there, and prints it.
 * usage: reach KIND WORD */
#include <arpa/inet.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/socket.h>

#include "transfer.h"

enum { TEXT_SIZE = 64, USAGE = 2 };

static int number_of(const char *word)
{
	char *end;
	long number;

	errno = 0;
	number = strtol(word, &end, 0);
	if (errno || end == word || *end)
		errx(USAGE, "%s is no number", word);
	return (int)number;
}

/* What was found, or nothing. */
static int found(int number, const char *word)
{
	if (number < 0)
		err(EXIT_FAILURE, "%s", word);
	return number;
}

static void receive(int queue, char *text)
{
	struct {
		long type;
		char text[TEXT_SIZE];
	} message = { 0 };

	if (TEMP_FAILURE_RETRY(msgrcv(queue, &message, TEXT_SIZE - 1, 0, 0)) < 0)
		err(EXIT_FAILURE, "msgrcv");
	memcpy(text, message.text, TEXT_SIZE);
}

static void reach_msg(const char *word, char *text)
{
	receive(found(msgget(number_of(word), 0), word), text);
}

static void reach_msg_id(const char *word, char *text)
{
	receive(number_of(word), text);
}

static void reach_sem(const char *word, char *text)
{
	struct sembuf take = { .sem_op = -1 };

	if (TEMP_FAILURE_RETRY(semop(found(semget(number_of(word), 0, 0), word), &take, 1)))
		err(EXIT_FAILURE, "semop");
	strcpy(text, "taken");
}

static void reach_shm(const char *word, char *text)
{
	const void *memory = shmat(found(shmget(number_of(word), 0, 0), word), NULL, SHM_RDONLY);

	if (memory == (const void *)-1)
		err(EXIT_FAILURE, "shmat");
	memcpy(text, memory, TEXT_SIZE - 1);
}

static void reach_mq(const char *word, char *text)
{
	char buffer[8192];
	mqd_t queue = found(mq_open(word, O_RDONLY), word);
	ssize_t length = TEMP_FAILURE_RETRY(mq_receive(queue, buffer, sizeof(buffer), NULL));

	if (length < 0)
		err(EXIT_FAILURE, "mq_receive");
	snprintf(text, TEXT_SIZE, "%.*s", (int)length, buffer);
}

static void reach_posix_sem(const char *word, char *text)
{
	sem_t *semaphore = sem_open(word, 0);

	if (semaphore == SEM_FAILED)
		err(EXIT_FAILURE, "%s", word);
	if (TEMP_FAILURE_RETRY(sem_wait(semaphore)))
		err(EXIT_FAILURE, "sem_wait");
	strcpy(text, "taken");
}

static void reach_posix_shm(const char *word, char *text)
{
	const void *memory = mmap(NULL, TEXT_SIZE, PROT_READ, MAP_SHARED,
				  found(shm_open(word, O_RDONLY, 0), word), 0);

	if (memory == MAP_FAILED)
		err(EXIT_FAILURE, "mmap");
	memcpy(text, memory, TEXT_SIZE - 1);
}

static void reach_port(const char *word, char *text)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
				       .sin_port = htons((uint16_t)number_of(word)),
				       .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = found(socket(AF_INET, SOCK_STREAM, 0), "socket");

	found(connect(fd, (const struct sockaddr *)&address, sizeof(address)), word);
	found((int)transfer_read(fd, text, TEXT_SIZE - 1), word);
}

static const struct kind {
	const char *name;
	void (*reach)(const char *word, char *text);
} kinds[] = {
	{ "msg", reach_msg },
	{ "msg-id", reach_msg_id },
	{ "sem", reach_sem },
	{ "shm", reach_shm },
	{ "mq", reach_mq },
	{ "posix-sem", reach_posix_sem },
	{ "posix-shm", reach_posix_shm },
	{ "port", reach_port },
};

int main(int count, char **words)
{
	char text[TEXT_SIZE] = "";

	for (size_t i = 0; count == 3 && i < sizeof(kinds) / sizeof(*kinds); i++) {
		if (strcmp(kinds[i].name, words[1]) != 0)
			continue;
		kinds[i].reach(words[2], text);
		puts(text);
		return EXIT_SUCCESS;
	}
	errx(USAGE, "usage: reach KIND WORD");
}
