// SPDX-License-Identifier: MIT
/* The marshaller passes on what is written, and nothing hostile gets through it. */
#include <signal.h>

#include "checks.h"
#include "every_call.h"
#include "trial.h"

START_TEST(test_arguments_left_out)
{
	COMPLAINS("read needs fd", "read", LEFT_OUT);
	COMPLAINS("read needs size", "read", INT(0));
	COMPLAINS("sendmsg needs data", "sendmsg", INT(0));
}
END_TEST

START_TEST(test_a_complaint_says_what_was_expected)
{
	COMPLAINS("read: size must be a number of bytes, but is a string", "read", INT(0),
		  BYTES("x"));
	COMPLAINS("read: size must be a number of bytes, but is -1", "read", INT(0), INT(-1));
	COMPLAINS("write: data must be a string, but is 7", "write", INT(0), INT(7));
	COMPLAINS("close: fd must be a number, but is a list", "close", LIST(INT(1)));
	COMPLAINS("unlink: path must be a path without NUL, but is a string", "unlink",
		  BYTES("a\0b"));
}
END_TEST

START_TEST(test_rooms_are_bounded_by_the_area)
{
	static const int64_t sizes[] = { -1,        INT64_MIN,         INT64_MAX, TRIAL_AREA + 1,
					 1LL << 32, 0x7ffffffffffff000 };

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		COMPLAINS("", "read", INT(-1), INT(sizes[i]));
		COMPLAINS("", "readv", INT(-1), INT(sizes[i]));
		COMPLAINS("", "readv", INT(-1), LIST(INT(1), INT(sizes[i])));
		COMPLAINS("", "recvfrom", INT(-1), INT(sizes[i]));
		COMPLAINS("", "recvmsg", INT(-1), INT(sizes[i]));
		COMPLAINS("", "recvmsg", INT(-1), INT(1), INT(0), INT(sizes[i]));
		COMPLAINS("", "recvmmsg", INT(-1), INT(sizes[i]), INT(1));
		COMPLAINS("", "recvmmsg", INT(-1), INT(1), INT(sizes[i]));
		COMPLAINS("", "getsockopt", INT(-1), INT(1), INT(3), INT(sizes[i]));
		COMPLAINS("", "getsockname", INT(-1), INT(sizes[i]));
		COMPLAINS("", "sendmsg", INT(-1), BYTES("x"), INT(0), INT(0), LEFT_OUT, LEFT_OUT,
			  LEFT_OUT, LEFT_OUT, LEFT_OUT, INT(sizes[i]));
	}
	COMPLAINS("", "readv", INT(-1), LIST(INT(TRIAL_AREA / 2), INT(TRIAL_AREA / 2)));
	COMPLAINS("", "recvmmsg", INT(-1), INT(1024), INT(1024));
	COMPLAINS("", "epoll_wait", INT(-1), INT(INT32_MAX), TIME(0));
}
END_TEST

START_TEST(test_a_room_may_fill_the_area)
{
	FAILS(EBADF, "read", INT(-1), INT(TRIAL_AREA));
	FAILS(EBADF, "read", INT(-1), INT(0));
	trial.area_size = 16;
	FAILS(EBADF, "read", INT(-1), INT(16));
	COMPLAINS("17 bytes are more than the 16", "read", INT(-1), INT(17));
}
END_TEST

/* An argument that its kind can do something with, and that does no harm. */
static struct value sample(const struct parameter *parameter)
{
	switch (parameter->kind) {
	case PARAMETER_FD:
		return (struct value)INT(-1);
	case PARAMETER_PATH:
	case PARAMETER_DATA:
	case PARAMETER_PIECES:
	case PARAMETER_ADDRESS:
		return (struct value)BYTES("");
	case PARAMETER_TIME:
	case PARAMETER_MILLISECONDS:
		return (struct value)TIME(0);
	case PARAMETER_SIGNALS:
		return (struct value)INT(SIGWINCH);
	case PARAMETER_INT:
	case PARAMETER_ROOM:
	case PARAMETER_ROOMS:
	case PARAMETER_ANYTHING:
	case PARAMETER_PROCESS:
	case PARAMETER_OBJECT:
	case PARAMETER_ID:
	case PARAMETER_KEY:
	case PARAMETER_NONE:
		break;
	}
	return (struct value)INT(0);
}

static void try_hostile(const struct call *call, size_t argument, struct value hostile)
{
	struct value arguments[CALL_PARAMETERS_MAX] = { 0 };

	for (size_t i = 0; i < call_parameter_count(call); i++)
		arguments[i] = i == argument ? hostile : sample(&call->parameters[i]);
	trial_make(false, call->name, arguments);
	ck_assert_msg(trial.result.complaint[0], "%s takes a %d for its %s", call->name,
		      (int)hostile.kind, call->parameters[argument].name);
}

static void look_at_wrong_kinds(const struct call *call)
{
	static const enum value_kind kinds[] = {
		VALUE_ERRNO, VALUE_VERSION, VALUE_WORD, VALUE_RANGE,
		VALUE_EOF,   VALUE_GONE,    VALUE_ANY,
	};

	if (call->flags & CALL_FORKS)
		return;		/* its argument is the engine's */
	for (size_t n = 0; n < call_parameter_count(call); n++) {
		for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
			struct value lone = { .kind = kinds[i], .bytes = "" };
			struct value listed = { .kind = VALUE_LIST, .items = &lone, .length = 1 };
			struct value nested = { .kind = VALUE_LIST, .items = &listed, .length = 1 };

			try_hostile(call, n, lone);
			try_hostile(call, n, listed);
			try_hostile(call, n, nested);
		}
	}
}

START_TEST(test_no_call_takes_what_is_no_argument)
{
	for_each_call(look_at_wrong_kinds);
}
END_TEST

static void look_at_wide_numbers(const struct call *call)
{
	if (call->flags & CALL_FORKS ||
	    call == call_find("fcntl")) /* an argument of fcntl() is a long */
		return;
	for (size_t n = 0; n < call_parameter_count(call); n++) {
		enum parameter_kind kind = call->parameters[n].kind;

		if (kind == PARAMETER_FD || kind == PARAMETER_PROCESS || kind == PARAMETER_ID ||
		    kind == PARAMETER_KEY) {
			try_hostile(call, n, (struct value)INT((1LL << 32) + 1));
			try_hostile(call, n, (struct value)INT(INT64_MIN));
		}
		if (kind == PARAMETER_SIGNALS) {
			try_hostile(call, n, (struct value)INT(0));
			try_hostile(call, n, (struct value)INT(65));
			try_hostile(call, n, (struct value)LIST(INT(1), INT(-1)));
		}
	}
}

START_TEST(test_numbers_that_would_be_cut_off_are_refused)
{
	for_each_call(look_at_wide_numbers);
}
END_TEST

START_TEST(test_long_lists_find_no_room)
{
	static struct value items[TRIAL_AREA];
	struct value list = { .kind = VALUE_LIST, .items = items, .length = TRIAL_AREA };

	for (size_t i = 0; i < TRIAL_AREA; i++)
		items[i] = (struct value)INT(1);
	COMPLAINS("there is room for", "readv", INT(-1), list);
	COMPLAINS("there is room for", "writev", INT(-1), list);
	COMPLAINS("there is room for", "poll", list, INT(1), TIME(0));
	COMPLAINS("there is room for", "select", list);
	COMPLAINS("there is room for", "setsockopt", INT(-1), INT(0), INT(0), list);
	COMPLAINS("", "sendmsg", INT(-1), BYTES("x"), INT(0), list);
}
END_TEST

START_TEST(test_a_tiny_area_gives_complaints)
{
	trial.area_size = 1;
	COMPLAINS("there is room for", "open", BYTES("some path"), INT(0));
	COMPLAINS("there is room for", "poll", INT(0), INT(1), TIME(0));
	COMPLAINS("there is room for", "select", INT(0), LEFT_OUT, LEFT_OUT, TIME(0));
	COMPLAINS("there is room for", "bind", INT(-1), BYTES("x"));
	COMPLAINS("there is room for", "sendmsg", INT(-1), BYTES("x"));
	COMPLAINS("there is room for", "recvmsg", INT(-1), INT(1));
	COMPLAINS("there is room for", "sigpending");
	COMPLAINS("there is room for", "sigprocmask", INT(0), INT(1));
	COMPLAINS("there is room for", "accept", INT(-1));
}
END_TEST

START_TEST(test_the_library_may_lack_a_form)
{
	COMPLAINS("the C library has no exit", "exit", INT(0));
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_loop_test(tcase, test_arguments_left_out, 0, 2);
	tcase_add_loop_test(tcase, test_a_complaint_says_what_was_expected, 0, 2);
	tcase_add_loop_test(tcase, test_rooms_are_bounded_by_the_area, 0, 2);
	tcase_add_loop_test(tcase, test_a_room_may_fill_the_area, 0, 2);
	tcase_add_test(tcase, test_no_call_takes_what_is_no_argument);
	tcase_add_test(tcase, test_numbers_that_would_be_cut_off_are_refused);
	tcase_add_loop_test(tcase, test_long_lists_find_no_room, 0, 2);
	tcase_add_loop_test(tcase, test_a_tiny_area_gives_complaints, 0, 2);
	tcase_add_loop_test(tcase, test_the_library_may_lack_a_form, 1, 2);
}

int main(void)
{
	return checks_run_case("call_arguments", fill);
}
