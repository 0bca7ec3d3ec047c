// SPDX-License-Identifier: MIT
/* Which tests a scenario becomes, what they are called, and whether they can run here. */
#include <errno.h>

#include "checks.h"
#include "complained.h"

static const struct {
	enum form form;
	const char *text;
	const char *ids; /* of all plans, a line each */
} good_ids[] = {
	{ STEPS, "w: close(c) = 0\nr: close(c) = 0\n", "pipe/t\n" },
	{ TEXT,
	  "ipcdrill 1\n"
	  "scenario \"It's 1, or -- 2!\" {\ncite man \"x\"\nendpoint a\n"
	  "run {\na: getpid() in 1..9\n}\n}\n"
	  "scenario \"the other\" {\ncite man \"x\"\nendpoint a\nacross n in 7\n"
	  "run {\na: close(n) = EBADF\n}\n}\n",
	  "pipe/t/it-s-1-or-2\npipe/t/the-other[n=7]\n" },
	{ BODY,
	  "across c in pipe, fifo, unix_stream(address = abstract) from w to r\n"
	  "endpoint w, r\n"
	  "run {\nw: close(c) = 0\nr: close(c) = 0\n}\n",
	  "pipe/t[c=pipe]\npipe/t[c=fifo]\npipe/t[c=unix_stream(address=abstract)]\n" },
	{ BODY, "across n in 1..3, 10\nendpoint a\nrun {\na: close(n) = EBADF\n}\n",
	  "pipe/t[n=1]\npipe/t[n=2]\npipe/t[n=3]\npipe/t[n=10]\n" },
	{ BODY,
	  "across via in raw, libc\nacross n in 1 + 1, 5\nendpoint a\n"
	  "run {\na: close(n, via=via) = EBADF\n}\n",
	  "pipe/t[via=raw,n=1+1]\npipe/t[via=raw,n=5]\n"
	  "pipe/t[via=libc,n=1+1]\npipe/t[via=libc,n=5]\n" },
	{ BODY, "across s in \"a b\", \"ab\"\nendpoint a\nrun {\na: write(9, s) = EBADF\n}\n",
	  "pipe/t[s=\"a b\"]\npipe/t[s=\"ab\"]\n" },
	{ BODY,
	  "across s in \"\\\" b\", \"\\\"b\", \"\\\\\" + \"c d\"\nendpoint a\n"
	  "run {\na: write(9, s) = EBADF\n}\n",
	  "pipe/t[s=\"\\\" b\"]\npipe/t[s=\"\\\"b\"]\npipe/t[s=\"\\\\\"+\"c d\"]\n" },
};

START_TEST(test_ids)
{
	struct resolved resolved;
	char *ids = NULL;
	size_t size;
	FILE *out = open_memstream(&ids, &size);

	resolve_well(&resolved, good_ids[_i].form, good_ids[_i].text);
	for (size_t i = 0; i < resolved.suite.plan_count; i++)
		fprintf(out, "%s\n", resolved.suite.plans[i]->id);
	fclose(out);
	ck_assert_str_eq(ids, good_ids[_i].ids);
	free(ids);
	release(&resolved);
}
END_TEST

/* An id is never cut: two that differ at their end are two, or it is too long. */
START_TEST(test_long_ids)
{
	struct resolved resolved;
	char text[4000], name[1001];
	int length = _i ? 1000 : 900;
	char *got;

	memset(name, 'x', sizeof(name));
	name[length] = '\0';
	snprintf(text, sizeof(text),
		 "across s in \"%s1\", \"%s2\"\nendpoint a\n"
		 "run {\na: write(9, s) = EBADF\n}\n",
		 name, name);
	resolve_form(&resolved, BODY, text);
	got = complaints(&resolved);
	ck_assert_str_eq(got, _i ? "2:10 the ids of its tests would have more than 1000 bytes | "
				   "shorten the title, or give long values a name: let long = ...\n"
				 : "");
	free(got);
	ck_assert_uint_eq(resolved.suite.plan_count, _i ? 0 : 2);
	if (!_i)
		ck_assert_str_ne(resolved.suite.plans[0]->id, resolved.suite.plans[1]->id);
	release(&resolved);
}
END_TEST

START_TEST(test_when_and_choose)
{
	struct resolved resolved;
	resolve_well(&resolved, BODY,
		     "across n in 0, 1\nacross mode in fast, slow\nendpoint a\n"
		     "run {\na: fd = when(n == 1 && mode == fast, dup(0)) in 3..9\n"
		     "a: when(n == 1 && mode == fast, close(fd)) = 0\n"
		     "a: close(9) = choose(mode == slow, EBADF, EIO)\n}\n");
	ck_assert_uint_eq(resolved.suite.plan_count, 4);
	for (size_t i = 0; i < 4; i++) {
		const struct plan *plan = resolved.suite.plans[i];
		const struct want *want;

		ck_assert_uint_eq(plan->step_count, i == 2 ? 3 : 1);
		want = &plan->steps[plan->step_count - 1].want;
		ck_assert_int_eq(want->kind, WANT_ONE_OF);
		ck_assert_int_eq(want->values[0]->value.kind, VALUE_ERRNO);
		ck_assert_int_eq(want->values[0]->value.number, i % 2 ? EBADF : EIO);
	}
	release(&resolved);
}
END_TEST

/* A part that does not happen may need what is not there then. */
START_TEST(test_rehearsal)
{
	struct resolved resolved;
	resolve_well(&resolved, BODY,
		     "across n in 0, 1\nendpoint a, kid\nchannel c: pipe from a to r\n"
		     "endpoint r\nrun {\na: when(n, fork(kid))\n"
		     "kid: when(n, close(c)) = 0\nrepeat n as i {\na: p = pipe() = 0\n"
		     "a: close(p) = EBADF\nr: read(c, 1) blocks\na: write(c, \"x\") = 1\n"
		     "r: resumes = \"x\"\nkid: exit\nawait kid exited(0)\n}\n"
		     "r: close(c) = 0\n}\n");
	ck_assert_uint_eq(resolved.suite.plan_count, 2);
	ck_assert_uint_eq(resolved.suite.plans[0]->step_count, 1);
	ck_assert_uint_eq(resolved.suite.plans[1]->step_count, 10);
	release(&resolved);
}
END_TEST

static const struct {
	const char *text;
	bool needs_network;
} networks[] = {
	{ "a: socket(AF_UNIX, SOCK_STREAM) in 3..9\n", false },
	{ "a: socket(AF_INET, SOCK_STREAM) in 3..9\n", true },
	{ "a: socket(AF_INET6, SOCK_STREAM) in 3..9\n", true },
	{ "a: bind(9, \"x\") = EBADF\n", false },
	{ "a: bind(9, \"\\x00x\") = EBADF\n", true },
	{ "a: bind(9, \"\") = EBADF\n", true },
	{ "a: bind(9, c) = EBADF\n", false },
	{ "a: bind(9, d) = EBADF\n", true },
	{ "a: when(0, socket(AF_INET, SOCK_STREAM)) in 3..9\na: close(9) = EBADF\n", false },
};

START_TEST(test_needs_network)
{
	struct resolved resolved;
	char text[400];
	bool abstract = strstr(networks[_i].text, ", d)");

	snprintf(text, sizeof(text), "%s%sendpoint a\nrun {\n%s}\n",
		 strstr(networks[_i].text, ", c)") ? "channel c: unix_stream\n" : "",
		 abstract ? "channel d: unix_dgram(address=abstract)\n" : "", networks[_i].text);
	resolve_well(&resolved, BODY, text);
	ck_assert_int_eq(resolved.suite.plans[0]->needs_network, networks[_i].needs_network);
	release(&resolved);
}
END_TEST

static const struct {
	const char *text; /* of declarations; the first line is line 4 */
	const char *reason;
	int line;
} skips[] = {
	{ "requires kernel >= 2.6\n", "", 0 },
	{ "requires kernel >= 2.6, page_size == 1\n", "needs page_size==1: a page is ", 4 },
	{ "requires 1\nrequires 0, kernel >= 99.0\n", "needs 0", 5 },
	{ "requires kernel >= 99.0\nrequires page_size == 1\n", "needs kernel>=99.0: this is ", 4 },
	{ "requires sysctl(\"no.such\") >= 5\n", "there is no sysctl no.such here", 4 },
	{ "requires !(page_size > 1)\n", "needs !(page_size>1): a page is ", 4 },
	{ "requires page_size < 2 || page_size > 2\n", "", 0 },
	{ "requires syscall(read), syscall(\"write\")\n", "", 0 },
};

START_TEST(test_skips)
{
	struct resolved resolved;
	char text[400];
	const struct obstacle *skip;

	snprintf(text, sizeof(text), "%sendpoint a\nrun {\na: close(9) = EBADF\n}\n",
		 skips[_i].text);
	resolve_well(&resolved, BODY, text);
	skip = &resolved.suite.plans[0]->skip;
	if (*skips[_i].reason)
		ck_assert_ptr_eq(strstr(skip->reason, skips[_i].reason), skip->reason);
	else
		ck_assert_str_eq(skip->reason, "");
	ck_assert_int_eq(skip->where.line, skips[_i].line);
	release(&resolved);
}
END_TEST

static const struct {
	const char *text; /* the first line is line 4 */
	const char *reason;
	int line;
} planned[] = {
	{ "race all(limit=5) {\na: close(c) = 0\nb: close(c) = 0\n}\n", "races", 6 },
	{ "invariant no_loss(c)\nrun {\na: close(c) = 0\nb: close(c) = 0\n}\n",
	  "invariants of channels", 6 },
	{ "outcome {\nallow \"x\": n == 1\n}\nrun {\na: n = dup(c)\nb: close(c) = 0\n}\n",
	  "outcomes", 6 },
	{ "run {\na: write(c, msg(a, 1, 64)) = 64\nb: close(c) = 0\n}\n", "msg()", 7 },
	{ "run {\na: write(c, \"x\") = 1\nb: drain(c, chunk=1..8, until=idle)\n}\n", "drain()", 8 },
	{ "run {\na: write(c, \"x\") = 1\nb: close(c) = 0\ncheck torn(c) == 0\n}\n", "torn()", 9 },
};

START_TEST(test_not_supported)
{
	struct resolved resolved;
	char text[400], reason[100];

	snprintf(text, sizeof(text), "channel c: pipe from a to b\nendpoint a, b\n%s",
		 planned[_i].text);
	snprintf(reason, sizeof(reason), "not supported yet: %s", planned[_i].reason);
	resolve_well(&resolved, BODY, text);
	ck_assert_str_eq(resolved.suite.plans[0]->unsupported.reason, reason);
	ck_assert_int_eq(resolved.suite.plans[0]->unsupported.where.line, planned[_i].line);
	release(&resolved);
}
END_TEST

static const struct {
	const char *name;
	size_t scenarios, plans;
	const char *unsupported; /* of the first plan; NULL: what it uses is unknown for now */
} examples[] = {
	{ "01-blocking-open", 1, 1, "" },
	{ "02-end-of-file", 1, 3, "" },
	{ "03-epipe-and-sigpipe", 1, 3, "" },
	{ "04-pipe-buf-atomicity", 2, 3, "not supported yet: msg()" },
	{ "05-o-nonblock-on-a-fifo", 1, 1, "" },
	{ "06-posix-queue-priority", 1, 0, NULL },
	{ "07-sysv-types-and-removal", 1, 0, NULL },
	{ "08-sem-undo-after-sigkill", 1, 0, NULL },
	{ "09-robust-mutex", 1, 0, NULL },
	{ "10-descriptor-passing", 1, 1, "" },
	{ "11-datagram-backpressure", 1, 1, "not supported yet: msg()" },
	{ "12-external-programs", 1, 5, "" },
};

/* Those of mechanisms that are not there yet say so, and nothing else. */
START_TEST(test_examples)
{
	struct resolved resolved;
	char path[128];

	snprintf(path, sizeof(path), "bats/fixtures/examples/%s.drill", examples[_i].name);
	memset(&resolved, 0, sizeof(resolved));
	ck_assert_int_eq(scenario_file_read(&resolved.file, path, &resolved.diag), 0);
	resolve_parsed(&resolved);
	if (examples[_i].unsupported) {
		ck_assert_str_eq(resolved.said, "");
		ck_assert_uint_eq(resolved.suite.plan_count, examples[_i].plans);
		ck_assert_str_eq(resolved.suite.plans[0]->unsupported.reason,
				 examples[_i].unsupported);
	}
	for (char *line = strtok(resolved.said, "\n"); line; line = strtok(NULL, "\n"))
		ck_assert(!strstr(line, "error: ") || strstr(line, " unknown mechanism ") ||
			  strstr(line, " unknown call "));
	release(&resolved);
}
END_TEST

#define LOOP(tcase, test, table) \
	tcase_add_loop_test(tcase, test, 0, (int)(sizeof(table) / sizeof((table)[0])))

static void fill(TCase *tcase)
{
	LOOP(tcase, test_ids, good_ids);
	tcase_add_loop_test(tcase, test_long_ids, 0, 2);
	tcase_add_test(tcase, test_when_and_choose);
	tcase_add_test(tcase, test_rehearsal);
	LOOP(tcase, test_needs_network, networks);
	LOOP(tcase, test_skips, skips);
	LOOP(tcase, test_not_supported, planned);
	LOOP(tcase, test_examples, examples);
}

int main(void)
{
	return checks_run_case("variants", fill);
}
