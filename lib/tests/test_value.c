// SPDX-License-Identifier: MIT
/* Values: equality, truth, and how they print. */
#include <stdlib.h>
#include <string.h>

#include "checks.h"
#include "value.h"

/* What it prints as; the caller frees it. */
static char *printed(struct value value, enum symbol_class symbols)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	value_print(out, &value, symbols);
	fclose(out);
	return text;
}

static void check_printed(struct value value, enum symbol_class symbols, const char *want)
{
	char *got = printed(value, symbols);

	ck_assert_str_eq(got, want);
	free(got);
}

static void check_bytes(const char *bytes, size_t length, const char *want)
{
	check_printed(value_bytes(bytes, length), SYMBOL_PLAIN, want);
}

static struct value of_kind(enum value_kind kind)
{
	return (struct value){ .kind = kind };
}

START_TEST(test_scalars_print_as_they_are_written)
{
	struct value range = { .kind = VALUE_RANGE, .number = 1, .upper = 8192 };
	struct value version = { .kind = VALUE_VERSION, .number = 5 << 16 | 14 };
	struct value word = { .kind = VALUE_WORD, .bytes = "fifo", .length = 4 };

	check_printed(value_int(5), SYMBOL_PLAIN, "5");
	check_printed(value_int(-1), SYMBOL_PLAIN, "-1");
	check_printed(value_int(10), SYMBOL_SIGNAL, "SIGUSR1");
	check_printed(value_int(0x11), SYMBOL_POLL, "POLLIN | POLLHUP");
	check_printed(value_errno(11), SYMBOL_PLAIN, "EAGAIN");
	check_printed(range, SYMBOL_PLAIN, "1..8192");
	check_printed(version, SYMBOL_PLAIN, "5.14");
	check_printed(word, SYMBOL_PLAIN, "fifo");
	check_printed(of_kind(VALUE_NONE), SYMBOL_PLAIN, "nothing");
	check_printed(of_kind(VALUE_EOF), SYMBOL_PLAIN, "EOF");
	check_printed(of_kind(VALUE_GONE), SYMBOL_PLAIN, "GONE");
	check_printed(of_kind(VALUE_ANY), SYMBOL_PLAIN, "ANY");
}
END_TEST

START_TEST(test_times_print_in_the_largest_exact_unit)
{
	check_printed(value_time(0), SYMBOL_PLAIN, "0s");
	check_printed(value_time(2000000000), SYMBOL_PLAIN, "2s");
	check_printed(value_time(20000000), SYMBOL_PLAIN, "20ms");
	check_printed(value_time(1500000000), SYMBOL_PLAIN, "1500ms");
	check_printed(value_time(7000), SYMBOL_PLAIN, "7us");
	check_printed(value_time(-1), SYMBOL_PLAIN, "-1ns");
}
END_TEST

START_TEST(test_bytes_are_escaped)
{
	check_bytes("", 0, "\"\"");
	check_bytes(NULL, 0, "\"\"");
	check_bytes("a\0b", 3, "\"a\\x00b\"");
	check_bytes("\n\t\r\"\\\xff", 6, "\"\\n\\t\\r\\\"\\\\\\xff\"");
}
END_TEST

START_TEST(test_repetitions_are_recognised)
{
	char data[5000];

	memset(data, 'y', sizeof(data));
	check_bytes(data, 4096, "\"y\" * 4096");
	check_bytes(data, 24, "\"y\" * 24");
	check_bytes(data, 8, "\"yyyyyyyy\"");
	memcpy(data + 4096, "tail", 4);
	check_bytes(data, 4100, "\"y\" * 4096 + \"tail\"");
	memcpy(data, "head", 4);
	check_bytes(data, 4096, "\"head\" + \"y\" * 4092");
	for (size_t i = 0; i < sizeof(data); i++)
		data[i] = "abc"[i % 3];
	check_bytes(data, 3001, "\"abc\" * 1000 + \"a\"");
}
END_TEST

START_TEST(test_long_data_is_cut_and_its_length_said)
{
	char data[1000];
	char want[200];
	char *got;

	for (size_t i = 0; i < sizeof(data); i++)
		data[i] = (char)('a' + i * i / 7 % 23);
	snprintf(want, sizeof(want), "\"%.64s\"... (1000 bytes)", data);
	check_bytes(data, sizeof(data), want);
	snprintf(want, sizeof(want), "\"%.64s\"", data);
	check_bytes(data, 64, want);
	/* Many different repetitions do not escape the limit. */
	for (size_t i = 0; i < sizeof(data); i++)
		data[i] = (char)('a' + i / 30 % 26);
	got = printed(value_bytes(data, sizeof(data)), SYMBOL_PLAIN);
	ck_assert_uint_lt(strlen(got), 160);
	ck_assert_ptr_nonnull(strstr(got, "... (1000 bytes)"));
	free(got);
}
END_TEST

START_TEST(test_lists_print_and_are_cut)
{
	struct value items[40];
	char *got;

	for (size_t i = 0; i < 40; i++)
		items[i] = value_int(1);
	check_printed(value_list(NULL, 0), SYMBOL_PLAIN, "{}");
	check_printed(value_list(items, 2), SYMBOL_POLL, "{POLLIN, POLLIN}");
	got = printed(value_list(items, 40), SYMBOL_PLAIN);
	ck_assert_ptr_nonnull(strstr(got, "1, ... (40 items)}"));
	free(got);
}
END_TEST

START_TEST(test_equality_needs_kind_and_content)
{
	struct value one = value_int(1);
	struct value also_one = value_int(1);
	struct value two = value_int(2);
	struct value error = value_errno(1);
	struct value abc = value_bytes("abc", 3);
	struct value abd = value_bytes("abd", 3);
	struct value empty = value_bytes(NULL, 0);
	struct value also_empty = value_bytes("", 0);
	struct value low = { .kind = VALUE_RANGE, .number = 1, .upper = 2 };
	struct value high = { .kind = VALUE_RANGE, .number = 1, .upper = 3 };
	struct value eof = of_kind(VALUE_EOF);
	struct value gone = of_kind(VALUE_GONE);

	ck_assert(value_equal(&one, &also_one));
	ck_assert(!value_equal(&one, &two));
	ck_assert(!value_equal(&one, &error));
	ck_assert(value_equal(&abc, &abc));
	ck_assert(!value_equal(&abc, &abd));
	ck_assert(value_equal(&empty, &also_empty));
	ck_assert(!value_equal(&low, &high));
	ck_assert(!value_equal(&one, &low));
	ck_assert(value_equal(&eof, &eof));
	ck_assert(!value_equal(&eof, &gone));
}
END_TEST

START_TEST(test_lists_are_equal_item_by_item)
{
	struct value a[] = { value_int(1), value_bytes("x", 1) };
	struct value b[] = { value_int(1), value_bytes("y", 1) };
	struct value first = value_list(a, 2);
	struct value second = value_list(b, 2);
	struct value shorter = value_list(a, 1);

	ck_assert(value_equal(&first, &first));
	ck_assert(!value_equal(&first, &second));
	ck_assert(!value_equal(&first, &shorter));
}
END_TEST

START_TEST(test_truth)
{
	struct value no[] = { value_int(0), value_time(0), value_bytes("", 0), of_kind(VALUE_NONE),
			      value_errno(1), of_kind(VALUE_EOF), of_kind(VALUE_GONE) };
	struct value yes[] = { value_int(-1), value_time(1), value_bytes("0", 1),
			       of_kind(VALUE_ANY) };

	for (size_t i = 0; i < sizeof(no) / sizeof(no[0]); i++)
		ck_assert_msg(!value_is_true(&no[i]), "no[%zu] is true", i);
	for (size_t i = 0; i < sizeof(yes) / sizeof(yes[0]); i++)
		ck_assert_msg(value_is_true(&yes[i]), "yes[%zu] is not true", i);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_test(tcase, test_scalars_print_as_they_are_written);
	tcase_add_test(tcase, test_times_print_in_the_largest_exact_unit);
	tcase_add_test(tcase, test_bytes_are_escaped);
	tcase_add_test(tcase, test_repetitions_are_recognised);
	tcase_add_test(tcase, test_long_data_is_cut_and_its_length_said);
	tcase_add_test(tcase, test_lists_print_and_are_cut);
	tcase_add_test(tcase, test_equality_needs_kind_and_content);
	tcase_add_test(tcase, test_lists_are_equal_item_by_item);
	tcase_add_test(tcase, test_truth);
}

int main(void)
{
	return checks_run_case("value", fill);
}
