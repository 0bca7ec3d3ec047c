// SPDX-License-Identifier: MIT
/*
 * A 32-bit program to inject into, without a C library: its exit status is how many calls failed
 * with EXDEV.
 */

enum { EACH = 100, EXIT = 1, LSEEK = 19, GETPPID = 64, BAD_LINK = -18 };

static int call(int number, int a, int b, int c)
{
	int result;

	__asm__ volatile("int $0x80"
			 : "=a"(result)
			 : "a"(number), "b"(a), "c"(b), "d"(c)
			 : "memory");
	return result;
}

void _start(void)
{
	int failed = 0;

	for (int i = 0; i < EACH; i++) {
		failed += call(GETPPID, 0, 0, 0) == BAD_LINK;
		failed += call(LSEEK, -1, 0, 1) == BAD_LINK;
	}
	call(EXIT, failed, 0, 0);
}
