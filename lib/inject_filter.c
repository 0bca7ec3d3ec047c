// SPDX-License-Identifier: MIT
/* Rules to BPF. The only user of libseccomp. */
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "inject.h"
#include "inject_arch.h"
#include "inject_compat.h"

/* Of the 32-bit programs that this machine runs as well; or its own, once more. */
#if defined(__x86_64__)
#define ARCH_32 SCMP_ARCH_X86
#elif defined(__aarch64__)
#define ARCH_32 SCMP_ARCH_ARM
#else
#define ARCH_32 SCMP_ARCH_NATIVE
#endif

enum { NOTIFYING_API = 5 };	/* of libseccomp: the kernel notifies */

size_t inject_calls(const char *name, int *numbers, size_t max)
{
	size_t count = shape_family(name, numbers, max);
	int number;

	if (count || !max)
		return count;
	number = seccomp_syscall_resolve_name(name);
	if (number < 0)
		return 0;	/* unknown, or one of another architecture */
	numbers[0] = number;
	return 1;
}

const char *inject_call_name(int number)
{
	static char name[40];
	char *found = seccomp_syscall_resolve_num_arch(SCMP_ARCH_NATIVE, number);

	if (!found)
		return NULL;
	snprintf(name, sizeof(name), "%s", found);
	free(found);
	return name;
}

int arch_native_number(uint32_t arch, int number)
{
	char *name;
	int native;

	if (arch == seccomp_arch_native())
		return number;
	name = seccomp_syscall_resolve_num_arch(arch, number);
	if (!name)
		return -1;
	native = seccomp_syscall_resolve_name(name);
	if (native < 0)
		native = compat_number(name);
	free(name);
	return native;
}

bool arch_is_native(uint32_t arch)
{
	return arch == seccomp_arch_native();
}

static bool has_number(const struct inject_rule *rule, int number)
{
	for (size_t i = 0; i < rule->number_count; i++) {
		if (rule->numbers[i] == number)
			return true;
	}
	return false;
}

static bool is_alone(const struct inject_rule *rules, size_t count, size_t which)
{
	for (size_t i = 0; i < count; i++) {
		for (size_t n = 0; i != which && n < rules[which].number_count; n++) {
			if (has_number(&rules[i], rules[which].numbers[n]))
				return false;
		}
	}
	return true;
}

static bool is_anything(const struct inject_where *where)
{
	return !where->object_count && !where->name_count && !where->kind && !where->path &&
	       !where->size_min && !where->size_max;
}

/*
 * What endpoints call themselves, between the calls that they are told to make: there only a
 * listener can tell whose call it is. The first two also inject_install().
 */
static bool is_needed(const struct inject_rule *rule)
{
	static const int numbers[] = {
		SCMP_SYS(close),        SCMP_SYS(futex),  SCMP_SYS(brk),        SCMP_SYS(mmap),
		SCMP_SYS(mremap),       SCMP_SYS(munmap), SCMP_SYS(mprotect),   SCMP_SYS(madvise),
		SCMP_SYS(getpid),       SCMP_SYS(gettid), SCMP_SYS(tgkill),     SCMP_SYS(readlink),
		SCMP_SYS(rt_sigreturn), SCMP_SYS(exit),   SCMP_SYS(exit_group),
	};

	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++) {
		if (has_number(rule, numbers[i]))
			return true;
	}
	return false;
}

/* An error that needs no memory of earlier calls and no look at the arguments. */
static bool can_be_static(const struct inject_rule *rules, size_t count, size_t which)
{
	const struct inject_rule *rule = &rules[which];

	return rule->is_blind && rule->point == HIT_ENTRY && rule->trigger.kind == TRIGGER_ALWAYS &&
	       !rule->trigger.disarmed && rule->effect_count == 1 &&
	       rule->effects[0].fault->operand == FAULT_TAKES_ERRNO && is_anything(&rule->where) &&
	       is_alone(rules, count, which) && !is_needed(rule);
}

/* What a program of any architecture calls for this. */
static int add_call(scmp_filter_ctx context, uint32_t action, int number)
{
	int err = seccomp_rule_add(context, action, number, 0);
	const char *name;

	for (size_t i = 0; (!err || err == -EEXIST) && (name = compat_name(number, i)); i++) {
		int other = seccomp_syscall_resolve_name(name);

		if (other != __NR_SCMP_ERROR)
			err = seccomp_rule_add(context, action, other, 0);
	}
	return err == -EEXIST ? 0 : err;
}

static int add_rule(scmp_filter_ctx context, const struct inject_rule *rule)
{
	uint32_t action = rule->is_static ? SCMP_ACT_ERRNO((uint32_t)rule->effects[0].operand)
					  : SCMP_ACT_NOTIFY;

	int err = 0;

	for (size_t i = 0; i < rule->number_count && !err; i++)
		err = add_call(context, action, rule->numbers[i]);
	return err;
}

/* 32-bit programs are judged by the same rules; other machines' numbers have no meaning here. */
static int add_architectures(scmp_filter_ctx context)
{
	int err = seccomp_arch_add(context, ARCH_32);

	if (err && err != -EEXIST)
		return err;
	/* What goes past the filter would make every count a lie: better dead, and seen to be. */
	return seccomp_attr_set(context, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
}

/*
 * A ring makes calls that no filter sees. Programs fall back on others, as on kernels without it.
 */
static int refuse_rings(scmp_filter_ctx context)
{
	static const int numbers[] = {
		SCMP_SYS(io_uring_setup), SCMP_SYS(io_uring_enter), SCMP_SYS(io_uring_register),
	};
	int err = 0;

	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers) && !err; i++)
		err = seccomp_rule_add(context, SCMP_ACT_ERRNO(ENOSYS), numbers[i], 0);
	return err;
}

/* The first argument is the signal; without the second the call only asks. */
static int watch_handlers(scmp_filter_ctx context)
{
	int err = seccomp_rule_add(context, SCMP_ACT_NOTIFY, SCMP_SYS(rt_sigaction), 1,
				   SCMP_A1_64(SCMP_CMP_NE, 0, 0));

	return err == -EEXIST ? 0 : err;
}

/* Room for the longest program that the kernel takes. */
enum { CODE_SIZE_MAX = BPF_MAXINSNS * sizeof(struct sock_filter) };

/*
 * Through a pipe: neither a limit of file sizes nor a kernel without memfd_create(2) is in its way.
 * A user with too many pipes gets small ones: what fills one may have been cut off.
 */
static int export_code(scmp_filter_ctx context, struct inject_filter *filter)
{
	ssize_t size = 0;
	int ends[2];
	int err;

	if (pipe2(ends, O_CLOEXEC | O_NONBLOCK))
		return -errno;
	fcntl(ends[1], F_SETPIPE_SZ, CODE_SIZE_MAX);
	err = seccomp_export_bpf(context, ends[1]);
	if (err)
		goto close_ends;
	filter->code = malloc(CODE_SIZE_MAX);
	if (!filter->code)
		err = -ENOMEM;
	else
		size = read(ends[0], filter->code, CODE_SIZE_MAX);
	if (size < 0)
		err = -errno;
	else if (size == fcntl(ends[1], F_GETPIPE_SZ))
		err = -E2BIG;
	filter->length = size > 0 ? (unsigned short)((size_t)size / sizeof(*filter->code)) : 0;

close_ends:
	close(ends[0]);
	close(ends[1]);
	return err;
}

int inject_compile_all(struct inject_filter *filter)
{
	scmp_filter_ctx context = seccomp_init(SCMP_ACT_NOTIFY);
	int err;

	*filter = (struct inject_filter){ .has_listener = true, .watches_handlers = true };
	/* It does not say why; an action that the kernel lacks is by far the likeliest. */
	if (!context)
		return seccomp_api_get() < NOTIFYING_API ? -EOPNOTSUPP : -ENOMEM;
	err = add_architectures(context);
	if (!err)
		err = refuse_rings(context);
	/* How a handler returns: no program makes it on purpose. */
	if (!err)
		err = add_call(context, SCMP_ACT_ALLOW, SCMP_SYS(rt_sigreturn));
	if (!err)
		err = export_code(context, filter);
	if (err)
		inject_filter_free(filter);
	seccomp_release(context);
	return err;
}

int inject_compile(struct inject_rule *rules, size_t count, struct inject_filter *filter)
{
	scmp_filter_ctx context = seccomp_init(SCMP_ACT_ALLOW);
	int err;

	*filter = (struct inject_filter){ 0 };
	if (!context)
		return -ENOMEM;
	err = add_architectures(context);
	if (!err)
		err = refuse_rings(context);
	for (size_t i = 0; i < count && !err; i++) {
		rules[i].is_static = can_be_static(rules, count, i);
		filter->has_listener |= !rules[i].is_static;
		filter->watches_handlers |= !rules[i].is_static && rules[i].watches_handlers;
		err = add_rule(context, &rules[i]);
	}
	if (!err && filter->watches_handlers)
		err = watch_handlers(context);
	if (!err)
		err = export_code(context, filter);
	if (err)
		inject_filter_free(filter);
	seccomp_release(context);
	return err;
}

void inject_filter_free(struct inject_filter *filter)
{
	free(filter->code);
	*filter = (struct inject_filter){ 0 };
}
