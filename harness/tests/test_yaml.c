// SPDX-License-Identifier: MIT
/* Values of a YAML block, word for word. */
#include <stdlib.h>

#include "checks.h"
#include "yaml.h"

START_TEST(test_values)
{
	char *text;
	size_t size;
	FILE *file = open_memstream(&text, &size);

	yaml_text(file, "a", NULL);
	yaml_text(file, "b", "");
	yaml_text(file, "c", "\n\t\xe2\x80\xae\xef\xbb\xbf\xef\xbf\xbf\x7f");
	yaml_lines(file, "d", "");
	yaml_lines(file, "e", "x\n\n y\n");
	yaml_number(file, "f", -3);
	fclose(file);
	ck_assert_str_eq(
		text,
		"  b: \"\"\n  c: \"\\n\t\\U0000202e\\U0000feff\\U0000ffff\\x7f\"\n  e: |\n    x\n\n     y\n  f: -3\n");
	free(text);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_test(tcase, test_values);
}

int main(void)
{
	return checks_run_case("yaml", fill);
}
