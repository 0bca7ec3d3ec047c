// SPDX-License-Identifier: MIT
/*
 * A 32-bit program whose arguments lie otherwise than a 64-bit one's: halves of offsets, vectors,
 * messages. Descriptors: 3 a file, 4 and 5 a pair of sockets. Exit status: how many transfers were
 * cut to two bytes, the right ones.
 */

enum {
	EXIT = 1,
	SOCKETCALL = 102,
	PREAD = 180,
	PWRITE = 181,
	PREADV = 333,
	PWRITEV = 334,
	SENDMSG = 370,
	RECVMSG = 372
};

struct piece {
	void *base;
	unsigned size;
};

struct message {
	void *name;
	unsigned name_size;
	struct piece *pieces;
	unsigned piece_count;
	void *control;
	unsigned control_size;
	unsigned flags;
};

static char got[8];
static char first[] = "abcd", second[] = "efgh";

static int call(int number, int a, const void *b, int c, int d, int e)
{
	int result;

	__asm__ volatile("int $0x80"
			 : "=a"(result)
			 : "a"(number), "b"(a), "c"(b), "d"(c), "S"(d), "D"(e)
			 : "memory");
	return result;
}

static int is_two(int result, const char *wanted)
{
	int is = result == 2 && got[0] == wanted[0] && got[1] == wanted[1] && !got[2];

	got[0] = got[1] = got[2] = 0;
	return is;
}

void _start(void)
{
	struct piece sent[] = { { first, 1 }, { second, 4 } },
		     taken[] = { { got, 1 }, { got + 1, 4 } };
	struct message out = { .pieces = sent, .piece_count = 2 };
	struct message in = { .pieces = taken, .piece_count = 2, .flags = 77 };
	const int send[] = { 4, (int)second, 4, 0 };
	int right = 0;

	/* From 4 GiB + 1 and 4 GiB + 11 on. */
	right += call(PWRITE, 3, first, 4, 1, 1) == 2;
	right += call(PWRITEV, 3, sent, 2, 11, 1) == 2;
	right += is_two(call(PREAD, 3, got, 4, 1, 1), "ab");
	right += is_two(call(PREADV, 3, taken, 2, 11, 1), "ae");
	right += call(SENDMSG, 4, &out, 0, 0, 0) == 2;
	right += call(SOCKETCALL, 9, send, 0, 0, 0) == 2;
	right += is_two(call(RECVMSG, 5, &in, 0, 0, 0), "ae") && !in.flags;
	right += is_two(call(RECVMSG, 5, &in, 0, 0, 0), "ef");
	call(EXIT, right, 0, 0, 0, 0);
}
