// SPDX-License-Identifier: MIT
/* Rules that could never be carried out, found before anything runs. */
#include <stddef.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include "inject.h"

static const char whole_or_nothing[] =
	"a message is transferred whole or not at all: what is cut off would be lost";

static bool is_one_of(int number, const int *numbers, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (numbers[i] == number)
			return true;
	}
	return false;
}

/* Whoever could be disturbed at the exit of these is not there any more. */
static const char *refusal_of_exit(const struct inject_rule *rule, int number)
{
	static const int no_return[] = { SYS_exit, SYS_exit_group, SYS_rt_sigreturn };
	static const int no_error[] = { SYS_execve, SYS_execveat };

	if (rule->point != HIT_EXIT)
		return NULL;
	if (is_one_of(number, no_return, sizeof(no_return) / sizeof(*no_return)))
		return "this call never returns to its caller";
	for (size_t i = 0; i < rule->effect_count; i++) {
		if (rule->effects[i].fault->operand == FAULT_TAKES_ERRNO &&
		    is_one_of(number, no_error, sizeof(no_error) / sizeof(*no_error)))
			return "once it has succeeded, the program is gone that could be told of an error";
	}
	return NULL;
}

/* At its exit, none of them can be disturbed. */
static const char *refusal_of_end(const struct inject_rule *rule, int number)
{
	for (size_t i = 0; i < rule->effect_count; i++) {
		if (rule->effects[i].fault->operand == FAULT_TAKES_ERRNO &&
		    (number == SYS_exit || number == SYS_exit_group))
			return "this call does not return, so nobody expects it to";
	}
	return NULL;
}

static bool needs_transfer(const struct inject_rule *rule)
{
	for (size_t i = 0; i < rule->effect_count; i++) {
		if (rule->effects[i].fault->operand == FAULT_TAKES_BYTES)
			return true;
	}
	return false;
}

/* They move bytes, or messages, and yet cannot be cut short. */
static const char *refusal_of_transfer(int number)
{
	static const int whole[] = { SYS_mq_timedsend, SYS_mq_timedreceive, SYS_msgsnd,
				     SYS_msgrcv };
	static const int beyond[] = {
		SYS_recvmmsg,          SYS_sendmmsg, SYS_splice,          SYS_tee,
		SYS_vmsplice,          SYS_sendfile, SYS_copy_file_range, SYS_process_vm_readv,
		SYS_process_vm_writev, SYS_preadv2,  SYS_pwritev2,        SYS_getrandom,
	};

	if (is_one_of(number, whole, sizeof(whole) / sizeof(*whole)))
		return whole_or_nothing;
	if (is_one_of(number, beyond, sizeof(beyond) / sizeof(*beyond)))
		return "cutting this call short is not supported: it cannot be made on behalf of another process";
	return "this call moves no bytes that could be fewer";
}

static const char *refusal_of_call(const struct inject_rule *rule, int number, unsigned nature)
{
	static const int rings[] = { SYS_io_uring_setup, SYS_io_uring_enter,
				     SYS_io_uring_register };
	const struct shape *shape = shape_find(number);

	if (is_one_of(number, rings, sizeof(rings) / sizeof(*rings)))
		return "a program that has faults is refused io_uring anyway (ENOSYS): no filter sees what is done through it";
	if (rule->point == HIT_ENTRY && refusal_of_end(rule, number))
		return refusal_of_end(rule, number);
	if (!needs_transfer(rule))
		return nature & INJECT_DELEGATED ? NULL : refusal_of_exit(rule, number);
	if (shape->transfer < TRANSFER_BUFFER)
		return refusal_of_transfer(number);
	if (nature & INJECT_MESSAGES)
		return whole_or_nothing;
	if (nature & INJECT_ANCILLARY && shape->transfer == TRANSFER_MESSAGE)
		return "ancillary data cannot be sent or received on behalf of another process";
	return NULL;
}

bool inject_needs_socket(const struct inject_rule *rule)
{
	for (size_t i = 0; i < rule->number_count; i++) {
		if (shape_find(rule->numbers[i])->kind != SHAPE_OF_SOCKETS)
			return false;
	}
	return rule->number_count;
}

static const char *refusal_of_effect(const struct inject_rule *rule,
				     const struct inject_effect *effect)
{
	if (!(effect->fault->points & (1U << rule->point)))
		return rule->point == HIT_EXIT ? "this effect is possible at the entry only" :
						 "this effect is possible at the exit only";
	if (!fault_accepts(effect->fault, effect->operand))
		return "this effect cannot take that operand";
	return NULL;
}

static bool can_have_size(const struct shape *shape)
{
	return shape->size >= 0 || shape->transfer >= TRANSFER_BUFFER;
}

/* What no call of the rule has can never be as the rule wants it. */
static const char *refusal_of_where(const struct inject_rule *rule)
{
	bool has_size = false, has_fd = false, has_path = false;

	for (size_t i = 0; i < rule->number_count; i++) {
		const struct shape *shape = shape_find(rule->numbers[i]);

		has_size |= can_have_size(shape);
		has_fd |= shape->fd >= 0 || shape_empty_path_flags(rule->numbers[i]) >= 0;
		has_path |= shape->fd >= 0 || shape->path >= 0 || shape->address >= 0;
	}
	if ((rule->where.size_min || rule->where.size_max) && !has_size)
		return "it can never fire: this call moves no bytes, so it has no size";
	if (rule->where.kind && !has_fd)
		return "it can never fire: this call is about no descriptor, so there is no kind of it";
	if (rule->where.kind && rule->where.kind != DESCRIPTOR_SOCKET && inject_needs_socket(rule))
		return "it can never fire: this call is for sockets only";
	if (rule->where.path && !has_path)
		return "it can never fire: this call is about no path and no descriptor";
	return NULL;
}

const char *inject_refusal(const struct inject_rule *rule, unsigned nature)
{
	const char *why = NULL;

	if (!rule->number_count || !rule->effect_count)
		return "a fault needs a call, and an effect";
	if (!trigger_is_valid(&rule->trigger))
		return "calls are counted from 1, and a range goes upwards";
	for (size_t i = 0; i < rule->effect_count && !why; i++)
		why = refusal_of_effect(rule, &rule->effects[i]);
	for (size_t i = 0; i < rule->number_count && !why; i++)
		why = refusal_of_call(rule, rule->numbers[i], nature);
	return why ? why : refusal_of_where(rule);
}
