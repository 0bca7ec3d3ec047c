// SPDX-License-Identifier: MIT
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../transfer.h"
#include "records.h"
#include "tally.h"

enum { WRITERS = 4, RECORDS = 64 };

struct place {
	const char *path; /* NULL: a pipe */
	int fd;
	size_t size;
	bool apart;
};

static void write_piece(const struct place *place, const void *piece, size_t size)
{
	ssize_t written = TEMP_FAILURE_RETRY(write(place->fd, piece, size));

	if (written < 0)
		err(EXIT_FAILURE, "write");
	if ((size_t)written < size)
		errx(EXIT_FAILURE, "write: %zd bytes of %zu", written, size);
}

static void write_record(const struct place *place, const struct cell *record)
{
	if (!place->apart) {
		write_piece(place, record, place->size);
	} else if (place->path) {
		/* What O_APPEND does in one. */
		if (lseek(place->fd, 0, SEEK_END) < 0)
			err(EXIT_FAILURE, "lseek");
		write_piece(place, record, place->size);
	} else {
		write_piece(place, record, sizeof(*record));
		write_piece(place, record + 1, place->size - sizeof(*record));
	}
}

static void write_records(struct place *place, uint16_t writer)
{
	struct cell record[RECORDS_SIZE_MAX / sizeof(struct cell)];
	size_t count = place->size / sizeof(*record);

	/* Each opens the file itself: an offset that they shared would keep them apart. */
	if (place->path)
		place->fd = open(place->path, O_WRONLY | (place->apart ? 0 : O_APPEND));
	if (place->fd < 0)
		err(EXIT_FAILURE, "%s", place->path);
	for (uint32_t number = 0; number < RECORDS; number++) {
		for (size_t i = 0; i < count; i++)
			record[i] = (struct cell){ writer, (uint16_t)i, number };
		write_record(place, record);
	}
}

/* They begin at once, when the last is there. */
static void start_writers(struct place *place)
{
	pthread_barrier_t *start = mmap(NULL, sizeof(*start), PROT_READ | PROT_WRITE,
					MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	pthread_barrierattr_t attributes;

	if (start == MAP_FAILED)
		err(EXIT_FAILURE, "mmap");
	pthread_barrierattr_init(&attributes);
	pthread_barrierattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
	pthread_barrier_init(start, &attributes, WRITERS);
	for (uint16_t writer = 0; writer < WRITERS; writer++) {
		pid_t pid = fork();

		if (pid < 0)
			err(EXIT_FAILURE, "fork");
		if (pid)
			continue;
		pthread_barrier_wait(start);
		write_records(place, writer);
		_exit(EXIT_SUCCESS);
	}
}

static void wait_for_writers(void)
{
	for (int left = WRITERS; left; left--) {
		int status;

		if (TEMP_FAILURE_RETRY(wait(&status)) < 0)
			err(EXIT_FAILURE, "wait");
		if (status)
			errx(EXIT_FAILURE, "a writer has failed");
	}
}

static void read_records(int fd, size_t size)
{
	struct tally tally = { .cells_of_record = size / sizeof(struct cell) };
	struct cell cells[RECORDS_SIZE_MAX / sizeof(struct cell)];
	ssize_t length;

	while ((length = transfer_read(fd, cells, size)) > 0) {
		if (length % (ssize_t)sizeof(*cells))
			errx(EXIT_FAILURE, "%zd bytes are no cells", length);
		for (size_t i = 0; i < (size_t)length / sizeof(*cells); i++)
			tally_count(&tally, cells[i]);
	}
	if (length < 0)
		err(EXIT_FAILURE, "read");
	tally_end(&tally, WRITERS, RECORDS);
	printf("%u records whole, %u cut up, %u cells missing or twice\n", tally.whole,
	       tally.cut_up, tally.misplaced);
}

void records_append(const char *path, size_t size, bool apart)
{
	struct place place = { .path = path, .size = size, .apart = apart };
	int fd = open(path, O_RDONLY | O_CREAT | O_TRUNC, 0600);

	if (fd < 0)
		err(EXIT_FAILURE, "%s", path);
	start_writers(&place);
	wait_for_writers();
	read_records(fd, size);
}

/* With room for one write of PIPE_BUF bytes, so that they wait for each other. */
void records_pipe(size_t size, bool apart)
{
	struct place place = { .size = size, .apart = apart };
	int ends[2];

	if (pipe(ends) || fcntl(ends[1], F_SETPIPE_SZ, 4096) < 0)
		err(EXIT_FAILURE, "pipe");
	place.fd = ends[1];
	start_writers(&place);
	close(ends[1]);
	read_records(ends[0], size);
	wait_for_writers();
}
