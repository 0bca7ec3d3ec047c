// SPDX-License-Identifier: MIT
/* select() and pselect(): the same question with sets of descriptors. */
#include <sys/select.h>
#include <unistd.h>

#include "call_arguments.h"
#include "call_result.h"
#include "table.h"

enum { READ, WRITE, EXCEPT, TIMEOUT, NFDS, MASK };
/* The first three outs are the sets, as are the first three parameters. */
enum { SETS = 3, OUT_LEFT = SETS };

struct question {
	int nfds;
	fd_set *sets[SETS];		/* NULL where left out */
	int *fds[SETS];			/* the same in the order of the argument */
	size_t counts[SETS];
	int64_t *ready[SETS];		/* room for the answers */
};

static void make_set(struct invocation *inv, struct question *question, size_t n)
{
	int *fds = invocation_ints(inv, n, &question->counts[n]);
	fd_set *set = invocation_room(inv, sizeof(*set));

	question->ready[n] = invocation_room(inv, question->counts[n] * sizeof(int64_t));
	for (size_t i = 0; fds && set && i < question->counts[n]; i++) {
		if (fds[i] < 0 || fds[i] >= FD_SETSIZE) {
			invocation_complain(inv, "%s: descriptor %d does not fit into a set of %d",
					    inv->call->name, fds[i], FD_SETSIZE);
			return;
		}
		FD_SET(fds[i], set);
		if (fds[i] >= question->nfds)
			question->nfds = fds[i] + 1;
	}
	question->fds[n] = fds;
	question->sets[n] = set;
}

static void make_question(struct invocation *inv, struct question *question)
{
	for (size_t n = 0; n < SETS; n++) {
		if (invocation_has(inv, n))
			make_set(inv, question, n);
	}
	question->nfds = invocation_int(inv, NFDS, question->nfds);
	if (question->nfds > FD_SETSIZE)
		invocation_complain(inv, "%s: nfds %d is more than a set of %d", inv->call->name,
				    question->nfds, FD_SETSIZE);
}

static void report(struct invocation *inv, const struct question *question, long returned)
{
	invocation_returned(inv, returned);
	for (size_t n = 0; n < SETS && returned >= 0; n++) {
		size_t ready = 0;

		if (!question->sets[n])
			continue;
		for (size_t i = 0; i < question->counts[n]; i++) {
			if (FD_ISSET(question->fds[n][i], question->sets[n]))
				question->ready[n][ready++] = question->fds[n][i];
		}
		invocation_out_numbers(inv, n, question->ready[n], ready);
	}
}

static void invoke_select(struct invocation *inv)
{
	struct question q = { 0 };
	struct timeval timeout = timeval_from_ns(invocation_duration(inv, TIMEOUT, 0));
	struct timeval *wait = invocation_has(inv, TIMEOUT) ? &timeout : NULL;

	make_question(inv, &q);
	if (invocation_complained(inv))
		return;
	report(inv, &q,
	       INVOKE(inv, select, q.nfds, q.sets[READ], q.sets[WRITE], q.sets[EXCEPT], wait));
	if (wait)
		invocation_out_number(inv, OUT_LEFT, timeval_to_ns(wait));
}

static void invoke_pselect(struct invocation *inv)
{
	struct question q = { 0 };
	struct timespec *wait = invocation_time(inv, TIMEOUT);
	sigset_t *mask = invocation_signals(inv, MASK);
	struct { const sigset_t *set; size_t size; } raw_mask = { mask, 8 };

	make_question(inv, &q);
	if (invocation_complained(inv))
		return;
	report(inv, &q,
	       inv->libc ? pselect(q.nfds, q.sets[READ], q.sets[WRITE], q.sets[EXCEPT], wait, mask)
			 : syscall(SYS_pselect6, q.nfds, q.sets[READ], q.sets[WRITE],
				   q.sets[EXCEPT], wait, &raw_mask));
	if (wait && !inv->libc)		/* the library keeps what is left to itself */
		invocation_out_number(inv, OUT_LEFT, timespec_to_ns(wait));
}

#define SET_PARAMETERS \
	[READ] = MAY_TAKE("read", FD, SYMBOL_PLAIN, 0), \
	[WRITE] = MAY_TAKE("write", FD, SYMBOL_PLAIN, 0), \
	[EXCEPT] = MAY_TAKE("except", FD, SYMBOL_PLAIN, 0), \
	[TIMEOUT] = MAY_TAKE("timeout", TIME, SYMBOL_PLAIN, 0), \
	[NFDS] = MAY_TAKE("nfds", INT, SYMBOL_PLAIN, 0)

#define SET_OUTS { [READ] = "read", [WRITE] = "write", [EXCEPT] = "except", [OUT_LEFT] = "left" }

static const struct call calls[] = {
	{
		.name = "select", .man = "select(2)",
		.summary = "waits until descriptors of three sets are ready",
		.number = SYS_select, .family = FAMILY(SYS_pselect6, SYS_select),
		.invoke = invoke_select,
		.result = RESULT_NUMBER,
		.parameters = { SET_PARAMETERS },
		.outs = SET_OUTS,
	},
	{
		.name = "pselect", .man = "pselect(2)",
		.summary = "the same, with a signal mask for as long as it waits",
		.number = SYS_pselect6, .invoke = invoke_pselect,
		.result = RESULT_NUMBER,
		.parameters = {
			SET_PARAMETERS,
			[MASK] = MAY_TAKE("mask", SIGNALS, SYMBOL_SIGNAL, 0),
		},
		.outs = SET_OUTS,
	},
};

CALL_FAMILY(select, calls);
