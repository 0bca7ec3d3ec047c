// SPDX-License-Identifier: MIT
/* Memory that is shared, can be sealed, and comes back to be used again. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "checks.h"
#include "pages.h"

/* How a child ends that writes to it. */
static int write_in_child(char *memory)
{
	int status = -1;
	pid_t pid = fork();

	if (!pid) {
		memory[0] = 'w';
		_exit(0);
	}
	ck_assert_int_gt(pid, 0);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	return status;
}

START_TEST(blocks_do_not_overlap)
{
	char *blocks[50];

	for (size_t i = 0; i < 50; i++) {
		blocks[i] = pages_alloc(i * 100 + 1);
		ck_assert_uint_eq((uintptr_t)blocks[i] % _Alignof(max_align_t), 0);
		memset(blocks[i], (int)i, i * 100 + 1);
	}
	for (size_t i = 0; i < 50; i++) {
		ck_assert_int_eq(blocks[i][0], (int)i);
		ck_assert_int_eq(blocks[i][i * 100], (int)i);
		pages_free(blocks[i]);
	}
	pages_free(NULL);
}
END_TEST

START_TEST(what_came_back_is_given_out_again)
{
	char *small = pages_alloc(100), *large = pages_alloc(5000);

	pages_free(small);
	pages_free(large);
	ck_assert_ptr_eq(pages_alloc(4000), large);
	ck_assert_ptr_eq(pages_alloc(90), small);
	ck_assert_ptr_ne(pages_alloc(90), small);
}
END_TEST

START_TEST(it_is_shared_until_it_is_sealed)
{
	char *memory = pages_alloc(10);

	memory[0] = 'o';
	ck_assert_int_eq(write_in_child(memory), 0);
	ck_assert_int_eq(memory[0], 'w');
	memory[0] = 'o';
	pages_seal();
	ck_assert_int_ne(write_in_child(memory), 0);
	ck_assert_int_eq(memory[0], 'o');
	pages_unseal();
	ck_assert_int_eq(write_in_child(memory), 0);
	ck_assert_int_eq(memory[0], 'w');
	pages_free(memory);
}
END_TEST

/* More than the region is: from malloc(), and back to it. */
START_TEST(what_is_too_large_is_malloced)
{
	char *large = pages_alloc(((size_t)1 << 28) + 1);
	char *after = pages_alloc(10);

	if (large)
		large[0] = 'l';
	after[0] = 'a';
	pages_free(large);
	pages_free(after);
	ck_assert_ptr_eq(pages_alloc(10), after);
}
END_TEST

/* To its last byte, without room for the head of one more block. */
START_TEST(what_no_more_fits_is_malloced)
{
	const size_t region = (size_t)1 << (sizeof(void *) > 4 ? 28 : 26);
	char *first = pages_alloc(64), *second = pages_alloc(64), *rest, *after;
	const size_t head = (size_t)(second - first) - 64;
	const char *start = first - head;

	rest = pages_alloc(region - 2 * (head + 64) - head);
	ck_assert_ptr_eq(rest, second + 64 + head);
	after = pages_alloc(64);
	ck_assert(after < start || after > start + region + head);
	memset(after, 'a', 64);
	pages_free(after);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_test(tcase, blocks_do_not_overlap);
	tcase_add_test(tcase, what_came_back_is_given_out_again);
	tcase_add_test(tcase, it_is_shared_until_it_is_sealed);
	tcase_add_test(tcase, what_no_more_fits_is_malloced);
	tcase_add_test(tcase, what_is_too_large_is_malloced);
}

int main(void)
{
	return checks_run_case("pages", fill);
}
