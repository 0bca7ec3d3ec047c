/* SPDX-License-Identifier: MIT */
/*
 * For tests of calls: makes one call in an area that ends at a guard page, and looks at its result.
 */
#ifndef IPCDRILL_TESTS_TRIAL_H
#define IPCDRILL_TESTS_TRIAL_H

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "call.h"
#include "checks.h"

enum { TRIAL_AREA = 1 << 17, TRIAL_GUARD = 4096 };

static const char *const trial_forms[] = { "raw", "libc" };

static struct {
	char *area;
	size_t area_size;	/* 0: all of it */
	struct result result;
} trial;

#define INT(n) { .kind = VALUE_INT, .number = (n) }
#define TIME(n) { .kind = VALUE_TIME, .number = (n) }
#define BYTES(b) { .kind = VALUE_BYTES, .bytes = (b), .length = sizeof(b) - 1 }
#define STRING(s) { .kind = VALUE_BYTES, .bytes = (s), .length = strlen(s) }
#define LEFT_OUT { .kind = VALUE_NONE }
#define LIST(...) { .kind = VALUE_LIST, .items = (struct value[]){ __VA_ARGS__ }, \
		    .length = sizeof((struct value[]){ __VA_ARGS__ }) / sizeof(struct value) }
#define EMPTY_LIST { .kind = VALUE_LIST }

static inline const struct result *trial_make(bool libc, const char *name,
					      const struct value *arguments)
{
	struct invocation inv = { .call = call_find(name), .libc = libc, .result = &trial.result };

	ck_assert_msg(inv.call != NULL, "there is no call %s", name);
	if (!trial.area) {
		trial.area = mmap(NULL, TRIAL_AREA + TRIAL_GUARD, PROT_READ | PROT_WRITE,
				  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		ck_assert_ptr_ne(trial.area, MAP_FAILED);
		mprotect(trial.area + TRIAL_AREA, TRIAL_GUARD, PROT_NONE);
	}
	inv.area_size = trial.area_size ? trial.area_size : TRIAL_AREA;
	inv.area = trial.area + TRIAL_AREA - inv.area_size;
	memcpy(inv.arguments, arguments, sizeof(inv.arguments));
	call_invoke(&inv);
	ck_assert_uint_le(inv.area_used, inv.area_size);
	return &trial.result;
}

/* In a loop test _i is the form: 0 by number, 1 through the library. */
#define MAKE(name, ...) trial_make(_i, name, (struct value[CALL_PARAMETERS_MAX]){ __VA_ARGS__ })

/* The call was made and returned this. */
#define RETURNS(wanted, name, ...) do { \
	const struct result *made = MAKE(name, __VA_ARGS__); \
	ck_assert_msg(!made->complaint[0], "%s %s: %s", trial_forms[_i], name, made->complaint); \
	ck_assert_msg(made->error == 0, "%s %s: %s", trial_forms[_i], name, \
		      strerror(made->error)); \
	ck_assert_int_eq(made->number, (wanted)); \
} while (0)

#define FAILS(wanted, name, ...) do { \
	const struct result *made = MAKE(name, __VA_ARGS__); \
	ck_assert_msg(!made->complaint[0], "%s %s: %s", trial_forms[_i], name, made->complaint); \
	ck_assert_int_eq(made->error, (wanted)); \
} while (0)

/* It could not be made, and the reason holds these words. */
#define COMPLAINS(words, name, ...) do { \
	const struct result *made = MAKE(name, __VA_ARGS__); \
	ck_assert_msg(strstr(made->complaint, words) && made->complaint[0], \
		      "%s: complaint is '%s'", name, made->complaint); \
} while (0)

/* A new descriptor. */
#define OPENS(name, ...) ({ \
	const struct result *made = MAKE(name, __VA_ARGS__); \
	ck_assert_msg(!made->complaint[0], "%s: %s", name, made->complaint); \
	ck_assert_msg(!made->error && made->number >= 0, "%s: %s", name, strerror(made->error)); \
	(int)made->number; \
})

static inline const char *trial_at(uint32_t offset)
{
	return trial.area + TRIAL_AREA - (trial.area_size ? trial.area_size : TRIAL_AREA) + offset;
}

static inline const struct result_out *trial_out(const char *call, const char *name)
{
	const struct call *found = call_find(call);

	for (int i = 0; i < CALL_OUTS_MAX && found->outs[i]; i++) {
		if (!strcmp(found->outs[i], name))
			return &trial.result.outs[i];
	}
	ck_abort_msg("%s gives no %s", call, name);
	return NULL;
}

#define GAVE_DATA(wanted) do { \
	ck_assert_uint_eq(trial.result.data_length, sizeof(wanted) - 1); \
	ck_assert_mem_eq(trial_at(trial.result.data_offset), wanted, sizeof(wanted) - 1); \
} while (0)

#define GAVE(call, name, wanted) do { \
	ck_assert_int_eq(trial_out(call, name)->kind, VALUE_INT); \
	ck_assert_int_eq(trial_out(call, name)->number, (wanted)); \
} while (0)

#define GAVE_NO(call, name) ck_assert_int_eq(trial_out(call, name)->kind, VALUE_NONE)

#define GAVE_BYTES(call, name, wanted) do { \
	ck_assert_int_eq(trial_out(call, name)->kind, VALUE_BYTES); \
	ck_assert_uint_eq(trial_out(call, name)->length, sizeof(wanted) - 1); \
	ck_assert_mem_eq(trial_at(trial_out(call, name)->offset), wanted, sizeof(wanted) - 1); \
} while (0)

#define GAVE_LIST(call, name, ...) do { \
	const int64_t listed[] = { __VA_ARGS__ }; \
	ck_assert_int_eq(trial_out(call, name)->kind, VALUE_LIST); \
	ck_assert_uint_eq(trial_out(call, name)->length, sizeof(listed) / sizeof(listed[0])); \
	ck_assert_mem_eq(trial_at(trial_out(call, name)->offset), listed, sizeof(listed)); \
} while (0)

#define GAVE_EMPTY_LIST(call, name) do { \
	ck_assert_int_eq(trial_out(call, name)->kind, VALUE_LIST); \
	ck_assert_uint_eq(trial_out(call, name)->length, 0); \
} while (0)

static inline int64_t trial_number(const char *call, const char *name)
{
	const struct result_out *out = trial_out(call, name);

	ck_assert_int_eq(out->kind, VALUE_INT);
	return out->number;
}

#endif
