// SPDX-License-Identifier: MIT
/* The catalogue in the binary: every row, each found by its id. */
#include <string.h>

#include "catalogue.h"
#include "checks.h"

START_TEST(test_find)
{
	const struct catalogue_entry *entry =
		catalogue_find("fifo.open-rdonly-blocks-until-writer");

	ck_assert_ptr_nonnull(entry);
	ck_assert_str_eq(entry->id, "fifo.open-rdonly-blocks-until-writer");
	ck_assert_str_eq(entry->mechanism, "fifo");
	ck_assert_ptr_nonnull(strstr(entry->source, "fifo(7)"));
	ck_assert_str_eq(entry->needs, "-");
}
END_TEST

START_TEST(test_unknown)
{
	ck_assert_ptr_null(catalogue_find("fifo.open-rdonly-blocks-until-write"));
	ck_assert_ptr_null(catalogue_find("fifo"));
	ck_assert_ptr_null(catalogue_find(""));
	/* The line that names the columns is no row. */
	ck_assert_ptr_null(catalogue_find("id"));
}
END_TEST

START_TEST(test_both_files)
{
	ck_assert_ptr_nonnull(catalogue_find("pipe.eof-on-writer-kill"));
	ck_assert_ptr_nonnull(catalogue_find("mq.fork-shares-description"));
}
END_TEST

START_TEST(test_every_row)
{
	size_t count = 0;

	for (const struct catalogue_entry *entry = catalogue_entries; entry->id; entry++, count++) {
		/* Holds for no entry out of order, and not for both of two with one id. */
		ck_assert_ptr_eq(catalogue_find(entry->id), entry);
		ck_assert(*entry->mechanism && *entry->behaviour && *entry->source &&
			  *entry->needs);
	}
	ck_assert_uint_gt(count, 1000);
	ck_assert_uint_eq(count, catalogue_count);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_test(tcase, test_find);
	tcase_add_test(tcase, test_unknown);
	tcase_add_test(tcase, test_both_files);
	tcase_add_test(tcase, test_every_row);
}

int main(void)
{
	return checks_run_case("catalogue", fill);
}
