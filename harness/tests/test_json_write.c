// SPDX-License-Identifier: MIT
/* JSON as other programs read it: one object a line, and nothing in it that is not there. */
#include <signal.h>

#include "checks.h"
#include "json_write.h"
#include "printed.h"

static void expect_line(struct json_object *object, const char *wanted)
{
	struct print print;

	print_open(&print);
	json_write_line(print.out, object);
	print_expect(&print, wanted);
}

START_TEST(test_members)
{
	struct json_object *object = json_object_new_object(), *list = json_object_new_array();

	json_add_text(object, "text", "a/b \"c\"\n\001");
	json_add_text(object, "nothing", NULL);
	json_add_number(object, "large", INT64_MAX);
	json_add_flag(object, "yes", true);
	json_add_flag(object, "no", false);
	json_add(object, "list", list);
	/* Paths stay readable, and no member breaks the line. */
	expect_line(object, "{\"text\":\"a/b \\\"c\\\"\\n\\u0001\",\"large\":9223372036854775807,"
			    "\"yes\":true,\"no\":false,\"list\":[]}\n");
}
END_TEST

START_TEST(test_bytes_that_are_no_text)
{
	struct json_object *object = json_object_new_object();

	json_add_text(object, "cut", "\xc3\xa9\xc3");
	json_add_text(object, "bytes", "a\xff\xfe/\xe2\x82");
	json_add(object, "part", json_text("\xe2\x82\xac", 2));
	expect_line(object, "{\"cut\":\"\xc3\xa9\xef\xbf\xbd\","
			    "\"bytes\":\"a\xef\xbf\xbd\xef\xbf\xbd/\xef\xbf\xbd\xef\xbf\xbd\","
			    "\"part\":\"\xef\xbf\xbd\xef\xbf\xbd\"}\n");
}
END_TEST

/* A key says one thing: the last. */
START_TEST(test_the_same_member_again)
{
	struct json_object *object = json_object_new_object();

	json_add_number(object, "n", 1);
	json_add_number(object, "n", 2);
	expect_line(object, "{\"n\":2}\n");
}
END_TEST

START_TEST(test_signals_have_names)
{
	static const struct {
		int signal;
		const char *wanted;
	} signals[] = {
		{ SIGPIPE, "{\"signal\":\"SIGPIPE\"}\n" },
		{ SIGKILL, "{\"signal\":\"SIGKILL\"}\n" },
		{ 0, "{\"signal\":\"0\"}\n" },
		{ 1000, "{\"signal\":\"1000\"}\n" },
	};

	for (size_t i = 0; i < sizeof(signals) / sizeof(*signals); i++) {
		struct json_object *object = json_object_new_object();

		json_add_signal(object, signals[i].signal);
		expect_line(object, signals[i].wanted);
	}
}
END_TEST

START_TEST(test_pretty)
{
	struct json_object *object = json_object_new_object();
	struct print print;

	json_add_text(object, "path", "a/b");
	print_open(&print);
	json_write_pretty(print.out, object);
	print_expect(&print, "{\n  \"path\":\"a/b\"\n}\n");
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_test(tcase, test_members);
	tcase_add_test(tcase, test_bytes_that_are_no_text);
	tcase_add_test(tcase, test_the_same_member_again);
	tcase_add_test(tcase, test_signals_have_names);
	tcase_add_test(tcase, test_pretty);
}

int main(void)
{
	return checks_run_case("json_write", fill);
}
