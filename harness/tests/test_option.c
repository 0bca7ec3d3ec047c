// SPDX-License-Identifier: MIT
/* Options: what is found, and what is said of the rest. */
#include "checks.h"
#include "loaded.h"
#include "option.h"

enum { OPTION_FIRST = OPTION_LONG, OPTION_FORM, OPTION_FORMAT };

static const struct option options[] = {
	{ "jobs",   required_argument, NULL, 'j' },
	{ "first",  no_argument,       NULL, OPTION_FIRST },
	{ "form",   optional_argument, NULL, OPTION_FORM },
	{ "format", required_argument, NULL, OPTION_FORMAT },
	{ NULL, 0, NULL, 0 },
};

static char *words[8];
static int word_count;
static int found;

static void split(const char *line)
{
	static char text[200];

	snprintf(text, sizeof(text), "try %s", line);
	word_count = 0;
	for (char *word = strtok(text, " "); word; word = strtok(NULL, " "))
		words[word_count++] = word;
	words[word_count] = NULL;
	optind = 0;	/* getopt(3): begin anew */
}

static void next(void)
{
	found = option_next(word_count, words, options);
}

static void expect(const char *line, int want, const char *value, const char *said)
{
	char *text;

	split(line);
	text = said_by(next);
	ck_assert_str_eq(text, said);
	ck_assert_int_eq(found, want);
	if (want != OPTION_BAD)
		ck_assert_pstr_eq(optarg, value);
	free(text);
}

START_TEST(test_found)
{
	expect("-j 3", 'j', "3", "");
	expect("-j3", 'j', "3", "");
	expect("--jobs=3 x", 'j', "3", "");
	expect("--jobs", OPTION_BAD, NULL, "ipcdrill try: option -j (--jobs) needs a value\n");
	expect("--fi", OPTION_FIRST, NULL, "");
	expect("--form", OPTION_FORM, NULL, "");
	expect("--form=", OPTION_FORM, "", "");
	expect("x --format tap", OPTION_FORMAT, "tap", "");
	expect("x y", OPTION_END, NULL, "");
	expect("-- --jobs", OPTION_END, NULL, "");
	ck_assert_str_eq(words[optind], "--jobs");
}
END_TEST

START_TEST(test_bad)
{
	expect("--format", OPTION_BAD, NULL, "ipcdrill try: option --format needs a value\n");
	expect("-j", OPTION_BAD, NULL, "ipcdrill try: option -j (--jobs) needs a value\n");
	expect("--first=1", OPTION_BAD, NULL, "ipcdrill try: option --first takes no value\n");
	expect("--f", OPTION_BAD, NULL,
	       "ipcdrill try: option --f could be several; write it out\n");
	expect("--frist", OPTION_BAD, NULL,
	       "ipcdrill try: unknown option --frist; did you mean --first?\n");
	expect("--frmat=tap", OPTION_BAD, NULL,
	       "ipcdrill try: unknown option --frmat; did you mean --format?\n");
	expect("--swim", OPTION_BAD, NULL,
	       "ipcdrill try: unknown option --swim; see ipcdrill try --help\n");
	expect("-x", OPTION_BAD, NULL,
	       "ipcdrill try: unknown option -x; see ipcdrill try --help\n");
	expect("x -xj", OPTION_BAD, NULL,
	       "ipcdrill try: unknown option -x; see ipcdrill try --help\n");
}
END_TEST

static unsigned count;
static double scale;
static const char *text_given;
static bool good;

static void read_count(void)
{
	good = option_count("try", "-j", text_given, 256, &count);
}

static void read_scale(void)
{
	good = option_scale("try", "-x", text_given, &scale);
}

static bool accepts(void (*read)(void), const char *text)
{
	char *said;

	text_given = text;
	said = said_by(read);
	ck_assert_msg(good == !said[0], "'%s': %s", text, said);
	free(said);
	return good;
}

START_TEST(test_values)
{
	static const char *const no_counts[] = {
		"", "0", "-1", "+1", " 1", "257", "1x", "x", "0x10", "1.0", "18446744073709551617"
	};
	static const char *const no_scales[] = { "",      "0",  "-1",  "nan", "inf",
						 "1e400", "1x", "1e7", "x" };

	ck_assert(accepts(read_count, "1") && count == 1);
	ck_assert(accepts(read_count, "0256") && count == 256);
	ck_assert(accepts(read_scale, "0.5") && scale > 0.49 && scale < 0.51);
	ck_assert(accepts(read_scale, "1e3") && scale > 999);
	for (size_t i = 0; i < sizeof(no_counts) / sizeof(no_counts[0]); i++)
		ck_assert_msg(!accepts(read_count, no_counts[i]), "'%s'", no_counts[i]);
	for (size_t i = 0; i < sizeof(no_scales) / sizeof(no_scales[0]); i++)
		ck_assert_msg(!accepts(read_scale, no_scales[i]), "'%s'", no_scales[i]);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_checked_fixture(tcase, enter_directory, leave_directory);
	tcase_add_test(tcase, test_found);
	tcase_add_test(tcase, test_bad);
	tcase_add_test(tcase, test_values);
}

int main(void)
{
	return checks_run_case("option", fill);
}
