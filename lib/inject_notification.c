// SPDX-License-Identifier: MIT
/* Notifications to hits: whose call it is, whether it is new, and what its rules make of it. */
#include "inject_notification.h"

#include <fcntl.h>
#include <limits.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>

#include "inject_arch.h"
#include "inject_compat.h"
#include "inject_hits.h"
#include "inject_match.h"

/* Counts the call with every rule that it matches. */
static void find_due(const struct inject *inject, const struct hit *hit)
{
	struct inject_look look;

	inject_look_init(&look);
	for (size_t i = 0; i < inject->rule_count; i++) {
		struct inject_rule *rule = &inject->rules[i];

		rule->is_due = inject_matches(rule, hit, &look) && trigger_hit(&rule->trigger);
	}
	inject_look_close(&look);
}

/* True if anything of it was left to be ordered. */
static bool apply(const struct inject_rule *rule, struct hit *hit)
{
	const unsigned before = hit->order_count;

	if (rule->point == HIT_EXIT && !hit_will_return(hit))
		return false;
	for (size_t i = 0; i < rule->effect_count; i++)
		rule->effects[i].fault->apply(hit, rule->point, rule->effects[i].operand);
	return hit->order_count != before;
}

/*
 * The entry first, wherever its rules stand: it decides whether there will be an exit. True if one
 * of the rules fires.
 */
static bool judge(struct inject *inject, struct hit *hit)
{
	find_due(inject, hit);
	for (enum hit_point point = HIT_ENTRY; point < HIT_POINTS; point++) {
		for (size_t i = 0; i < inject->rule_count; i++) {
			struct inject_rule *rule = &inject->rules[i];

			if (!rule->is_due || rule->point != point)
				continue;
			if (!apply(rule, hit)) {
				trigger_overrule(&rule->trigger);
				continue;
			}
			if (!hit->owner)
				hit->owner = rule;
			inject_note(inject, INJECT_FIRED, rule, hit);
		}
	}
	return hit->owner;
}

/* No rule has anything to do with it, or not any more. */
static void let_go(struct inject *inject, struct caller *caller, struct hit *hit)
{
	caller_goes_on(&inject->callers, caller, hit->shape);
	hit_pass(hit);
	inject_close_call(inject, hit);
}

/* Short transfers are done on behalf of the caller, so their exit is ours as well. */
static void delegate_exit(const struct inject *inject, struct hit *hit)
{
	if (!inject->delegate || hit->error || hit->limit != SIZE_MAX || !hit_has_exit(hit))
		return;
	if (inject->delegate(inject->context, hit))
		hit_forget_exit(hit);
}

static void begin(struct inject *inject, struct caller *caller, struct hit *hit)
{
	if (inject->called)
		inject->called(inject->context, hit);
	if (!judge(inject, hit)) {
		let_go(inject, caller, hit);
		return;
	}
	delegate_exit(inject, hit);
	if (hit_step(hit, inject->open_gates, clock_now_ns()) != HIT_OVER) {
		inject_keep(inject, caller, hit);
		return;
	}
	inject_note(inject, hit->end == HIT_REFUSED ? INJECT_REFUSED : INJECT_DONE, hit->owner,
		    hit);
	inject_close_call(inject, hit);
}

/* Its faults had their turn when it came first; what is left of them goes on. */
static void begin_again(struct inject *inject, struct caller *caller, struct hit *kept,
			struct hit *hit)
{
	if (kept) {
		hit_resume(kept, hit);
		inject_step(inject, kept);
	} else {
		let_go(inject, caller, hit);
	}
}

/*
 * The handler and the flags come first in what the second argument points at. One that cannot be
 * read may be any.
 */
static void note_handler(struct inject *inject, const struct hit *hit)
{
	struct { unsigned long handler, flags; } action = { ULONG_MAX, SA_ONSTACK };
	struct { uint32_t handler, flags; } compat = { UINT32_MAX, SA_ONSTACK };

	if (!hit->args[1])
		return;
	if (!hit->is_compat) {
		hit_read(hit, hit->args[1], &action, sizeof(action));
	} else if (!hit_read(hit, hit->args[1], &compat, sizeof(compat))) {
		action.handler = compat.handler;
		action.flags = compat.flags;
	}
	if (action.handler > (uintptr_t)SIG_IGN)
		callers_handled(&inject->callers, action.flags);
}

/*
 * Not for a rule: it only says that handlers are to be reckoned with. Without rules every call is
 * for somebody.
 */
static bool is_for_us(struct inject *inject, const struct hit *hit)
{
	if (!inject->callers.is_watched || hit->number != SYS_rt_sigaction)
		return false;
	note_handler(inject, hit);
	for (size_t i = 0; i < inject->rule_count; i++) {
		if (inject_is_about(&inject->rules[i], hit->number))
			return false;
	}
	return inject->rule_count;
}

/*
 * By whoever traces it, the kernel's traces in its memory, or the number that it gave the call
 * itself.
 */
static enum restart find_restart(struct inject *inject, struct caller *caller,
				 const struct call_seen *call, const struct hit *hit,
				 const struct hit *kept)
{
	enum restart restart = caller_restarts(&inject->callers, caller, call, hit);

	if (!kept || !kept->exit_stop || caller->is_open)
		return restart;
	return hit_expects(kept) ? RESTART_YES : RESTART_NO;
}

/* How C libraries make fstat(3). */
static bool has_empty_path(const struct hit *hit)
{
	const int flags = shape_empty_path_flags(hit->number);
	char first;

	return flags >= 0 && hit->args[flags] & AT_EMPTY_PATH && (int)hit->args[0] != AT_FDCWD &&
	       !hit_read(hit, hit->args[1], &first, 1) && !first;
}

static struct hit hit_of(struct inject *inject, const struct seccomp_notif *notification)
{
	struct hit hit = {
		.listener_fd = inject->listener_fd,
		.id = notification->id,
		.tid = (pid_t)notification->pid,
		.arch = notification->data.arch,
		.number = notification->data.nr,
		.ip = notification->data.instruction_pointer,
		.is_impatient = atomic_load(&inject->port->is_impatient),
		.target = &inject->target,
	};

	memcpy(hit.args, notification->data.args, sizeof(hit.args));
	hit_init(&hit);
	if (!arch_is_native(hit.arch)) {
		hit.is_compat = true;
		hit.number = arch_native_number(hit.arch, hit.number);
		compat_unfold(&hit, notification->data.nr);
	}
	hit.shape = has_empty_path(&hit) ? shape_of_descriptor() : shape_find(hit.number);
	return hit;
}

void inject_notified(struct inject *inject, const struct seccomp_notif *notification)
{
	struct hit hit = hit_of(inject, notification);
	struct call_seen call = {
		.number = notification->data.nr,
		.arch = hit.arch,
		.ip = hit.ip,
	};
	struct caller *caller;
	struct hit *kept;

	memcpy(call.args, notification->data.args, sizeof(call.args));
	caller = callers_find(&inject->callers, hit.tid);
	if (!caller || (hit.tid == inject->pid && !atomic_load(&inject->port->is_open)) ||
	    is_for_us(inject, &hit)) {
		hit_pass(&hit);
		return;
	}
	call.identity = inject->identify ? inject->identify(inject->context, hit.tid) : 0;
	if (call.identity == INJECT_NO_CALL) {
		hit_pass(&hit);
		return;
	}
	kept = inject_kept(inject, caller, &hit);
	switch (find_restart(inject, caller, &call, &hit, kept)) {
	case RESTART_NO:
	case RESTART_UNKNOWN: break;
	case RESTART_YES: begin_again(inject, caller, kept, &hit); return;
	/* As if it had been taken back before we received it. */
	case RESTART_UNSEEN: inject->callers.vanished++; return;
	}
	/* The same call, but made anew: the one before has ended in a way that nobody saw. */
	if (kept && !kept->exit_stop)
		inject_drop(inject, kept);
	caller_begins(&inject->callers, caller, &call);
	begin(inject, caller, &hit);
}
