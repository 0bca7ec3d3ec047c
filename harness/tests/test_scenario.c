// SPDX-License-Identifier: MIT
/* What the tree of a correct scenario file looks like. */
#include "bracketed.h"
#include "checks.h"
#include "parsed.h"

static const struct decl *decls_of(const char *body)
{
	parse_body(body);
	ck_assert_uint_eq(diag.count, 0);
	return file.scenarios->decls;
}

static const struct statement *steps_of(const char *run)
{
	parse_run(run);
	ck_assert_uint_eq(diag.count, 0);
	return file.scenarios->decls->body;
}

START_TEST(test_what_is_cited)
{
	const struct cite *cite;
	const struct word *covers;

	parse_body("cite man \"fifo(7)\"\n"
		   "cite posix \"open\" \"O_NONBLOCK\"\n"
		   "covers fifo.open-rdonly-blocks-until-writer, fifo.in\n"
		   "covers pipe.eof\n"
		   "tags slow, needs-root\n");
	ck_assert_uint_eq(diag.count, 0);
	cite = file.scenarios->cites;
	ck_assert_str_eq(cite->document, "fifo(7)");
	ck_assert_ptr_null(cite->place);
	ck_assert_str_eq(cite->next->kind, "posix");
	ck_assert_str_eq(cite->next->place, "O_NONBLOCK");
	covers = file.scenarios->covers;
	ck_assert_str_eq(covers->text, "fifo.open-rdonly-blocks-until-writer");
	ck_assert_str_eq(covers->next->text, "fifo.in");
	expect_place(covers->next->where, 5, 46, 53);
	ck_assert_str_eq(covers->next->next->text, "pipe.eof");
	ck_assert_str_eq(file.scenarios->tags->next->text, "needs-root");
	release();
}
END_TEST

START_TEST(test_channels)
{
	const struct decl *decl = decls_of("across c in pipe, fifo from w1, w2 to r\n"
					   "channel u: unix_stream between a and b\n"
					   "channel q: posix_mq(maxmsg=4) held by a, b\n"
					   "channel from: fifo from to to to\n");

	ck_assert_int_eq(decl->kind, DECL_ACROSS);
	ck_assert_str_eq(decl->name.text, "c");
	expect_list(decl->expr, "pipe fifo");
	ck_assert_int_eq(decl->ends.kind, ENDS_FROM_TO);
	ck_assert_str_eq(decl->ends.first->next->text, "w2");
	ck_assert_str_eq(decl->ends.second->text, "r");
	expect_place(decl->where, 3, 1, 40);
	decl = decl->next;
	ck_assert_int_eq(decl->ends.kind, ENDS_BETWEEN);
	ck_assert_str_eq(decl->ends.second->text, "b");
	decl = decl->next;
	ck_assert_int_eq(decl->ends.kind, ENDS_HELD_BY);
	expect_list(decl->expr, "posix_mq(maxmsg=4)");
	decl = decl->next;
	ck_assert_str_eq(decl->name.text, "from");
	ck_assert_str_eq(decl->ends.second->text, "to");
	ck_assert_ptr_null(decl->next);
	release();
}
END_TEST

START_TEST(test_declarations)
{
	const struct decl *decl = decls_of(
		"timeout 2s\n"
		"requires a, b >= 1\n"
		"endpoint a, timeout\n"
		"endpoint s = program(\"./s\", c)\n"
		"deviates kernel < 5.14 \"because\"\n"
		"invariant no_loss(c), no_dup(c)\n"
		"race all(limit=5) {\n}\n"
		"outcome {\n allow \"x\": r == 1\n witness \"y\": r == EOF\n}");

	ck_assert_int_eq(decl->kind, DECL_TIMEOUT);
	ck_assert_int_eq(decl->expr->number, 2000000000);
	decl = decl->next;
	expect_list(decl->expr, "a [b >= 1]");
	decl = decl->next;
	ck_assert_int_eq(decl->kind, DECL_ENDPOINTS);
	ck_assert_str_eq(decl->words->next->text, "timeout");
	decl = decl->next;
	ck_assert_int_eq(decl->kind, DECL_PROGRAM);
	decl = decl->next;
	ck_assert_str_eq(decl->text, "because");
	decl = decl->next;
	expect_list(decl->expr, "no_loss(c) no_dup(c)");
	decl = decl->next;
	ck_assert_int_eq(decl->kind, DECL_RACE);
	expect_list(decl->expr, "all(limit=5)");
	decl = decl->next;
	ck_assert_int_eq(decl->outcomes->next->kind, OUTCOME_WITNESS);
	expect_list(decl->outcomes->next->condition, "[r == EOF]");
	ck_assert_ptr_null(decl->next);
	release();
}
END_TEST

START_TEST(test_faults)
{
	const struct decl *decl = decls_of(
		"fault crash on a: exit read|write(c, size > 10) nth any(3) -> kill SIGKILL\n"
		"fault full on a: entry open(path ~ \"*.s\") nth 2..4 -> errno ENOSPC, short 1, "
		"stop "
		"optional\n"
		"fault slow on on: entry write() every 3 -> delay 20ms, hold GATE");

	ck_assert_str_eq(decl->name.text, "crash");
	ck_assert_int_eq(decl->point, POINT_EXIT);
	ck_assert_str_eq(decl->calls->next->text, "write");
	expect_list(decl->arguments, "c [size > 10]");
	expect_list(decl->nth, "any(3)");
	expect_list(decl->effects, "kill(SIGKILL)");
	ck_assert(!decl->optional);
	decl = decl->next;
	expect_list(decl->arguments, "[path ~ '*.s']");
	expect_list(decl->nth, "[2 .. 4]");
	expect_list(decl->effects, "errno(ENOSPC) short(1) stop()");
	ck_assert(decl->optional);
	decl = decl->next;
	ck_assert_str_eq(decl->endpoint.text, "on");
	ck_assert_ptr_null(decl->nth);
	ck_assert_int_eq(decl->every, 3);
	expect_list(decl->effects, "delay(t20000000) hold(GATE)");
	release();
}
END_TEST

START_TEST(test_steps)
{
	const struct statement *step = steps_of(
		"r: x = open(c, O_RDONLY) blocks\n"
		"timeout: read(x, 3) = \"abc\" with prio=9, fd as w\n"
		"do:  getppid() in { ANY, GONE }\n"
		"r: resumes = EOF\n"
		"r: blocks\n"
		"r: exit = 3\n"
		"r: exit(3)");

	ck_assert_str_eq(step->subject.text, "r");
	ck_assert_str_eq(step->bind.text, "x");
	expect_place(step->bind.where, 4, 4, 5);
	expect_list(step->expr, "open(c O_RDONLY)");
	ck_assert_int_eq(step->tail.kind, TAIL_BLOCKS);
	expect_place(step->where, 4, 1, 32);
	step = step->next;
	ck_assert_str_eq(step->subject.text, "timeout");
	ck_assert_ptr_null(step->bind.text);
	expect_list(step->tail.value, "'abc'");
	ck_assert_str_eq(step->tail.with->name.text, "prio");
	expect_list(step->tail.with->want, "9");
	ck_assert_str_eq(step->tail.with->next->bind, "w");
	expect_place(step->tail.with->next->bind_where, 5, 48, 49);
	step = step->next;
	ck_assert_int_eq(step->kind, STATEMENT_CALL);
	ck_assert_int_eq(step->tail.kind, TAIL_SET);
	expect_list(step->tail.value, "{ANY GONE}");
	step = step->next;
	ck_assert_int_eq(step->kind, STATEMENT_RESUMES);
	expect_list(step->tail.value, "EOF");
	step = step->next;
	ck_assert_int_eq(step->kind, STATEMENT_BLOCKS);
	step = step->next;
	ck_assert_int_eq(step->kind, STATEMENT_EXIT);
	expect_list(step->tail.value, "3");
	step = step->next;
	ck_assert_int_eq(step->kind, STATEMENT_CALL);
	expect_list(step->expr, "exit(3)");
	ck_assert_ptr_null(step->next);
	release();
}
END_TEST

START_TEST(test_orders)
{
	const struct statement *step = steps_of("do kill w2, SIGKILL\n"
						"await exit output ~ \"ready\"\n"
						"check holders(c) == 0\n"
						"repeat n + 1 as i {\n check: write(c,\n  i)\n}");

	ck_assert_int_eq(step->kind, STATEMENT_DO);
	ck_assert_str_eq(step->subject.text, "kill");
	expect_list(step->arguments, "w2 SIGKILL");
	step = step->next;
	ck_assert_int_eq(step->kind, STATEMENT_AWAIT);
	ck_assert_str_eq(step->subject.text, "exit");
	expect_list(step->expr, "[output ~ 'ready']");
	step = step->next;
	ck_assert_int_eq(step->kind, STATEMENT_CHECK);
	expect_list(step->expr, "[holders(c) == 0]");
	step = step->next;
	ck_assert_int_eq(step->kind, STATEMENT_REPEAT);
	ck_assert_str_eq(step->subject.text, "i");
	expect_list(step->expr, "[n + 1]");
	expect_place(step->where, 7, 1, 18);
	ck_assert_str_eq(step->body->subject.text, "check");
	expect_list(step->body->expr, "write(c i)");
	ck_assert_ptr_null(step->next);
	release();
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_test(tcase, test_what_is_cited);
	tcase_add_test(tcase, test_channels);
	tcase_add_test(tcase, test_declarations);
	tcase_add_test(tcase, test_faults);
	tcase_add_test(tcase, test_steps);
	tcase_add_test(tcase, test_orders);
}

int main(void)
{
	return checks_run_case("scenario", fill);
}
