// SPDX-License-Identifier: MIT
/*
 * A 32-bit program that makes calls that 64-bit programs have not; exit status: which was the one
 * that failed with EXDEV.
 */

enum { EXIT = 1, BAD_LINK = -18 };

static int nothing[6] = { -1 };

/* By their place from 1; all of them fail by themselves, in other ways. */
static const int calls[][6] = {
	{ 102, 9, (int)nothing },	/* socketcall: send */
	{ 102, 10, (int)nothing },	/* recv */
	{ 102, 12, (int)nothing },	/* recvfrom */
	{ 117, 1, -1 },			/* ipc: semop */
	{ 117, 3, -1 },			/* semctl */
	{ 117, 11, -1 },		/* msgsnd */
	{ 221, -1, 1 },			/* fcntl64 */
	{ 140, -1 },			/* _llseek */
	{ 192, 0, 0 },			/* mmap2 */
	{ 197, -1 },			/* fstat64 */
	{ 420, -1 },			/* semtimedop_time64 */
	{ 422, 0, 99 },			/* futex_time64 */
	{ 7, -1, 0, -1 },		/* waitpid */
};

static int call(const int *numbers)
{
	int result;

	__asm__ volatile("int $0x80"
			 : "=a"(result)
			 : "a"(numbers[0]), "b"(numbers[1]), "c"(numbers[2]), "d"(numbers[3]),
			   "S"(numbers[4]), "D"(numbers[5])
			 : "memory");
	return result;
}

void _start(void)
{
	int end[6] = { EXIT };

	for (unsigned i = 0; i < sizeof(calls) / sizeof(*calls); i++) {
		if (call(calls[i]) == BAD_LINK)
			end[1] = (int)(end[1] ? 255 : i + 1);
	}
	call(end);
}
