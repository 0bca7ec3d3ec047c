// SPDX-License-Identifier: MIT
/* System V semaphores: getting and operating on them. */
#include <sys/ipc.h>
#include <sys/sem.h>
#include <time.h>
#include <unistd.h>

#include "call_arguments.h"
#include "call_deadline.h"
#include "call_result.h"
#include "table.h"

LIBC(semget, semget((key_t)raw[0], (int)raw[1], (int)raw[2]))

enum { ID, OP, FLAGS, INDEX, TIMES, TIMEOUT };

/* One value for all operations, or a list with one for each. */
struct column {
	const struct value *items;
	size_t count;
};

static struct column column_of(struct invocation *inv, size_t argument)
{
	struct column column;

	column.items = invocation_items(inv, argument, &column.count);
	for (size_t i = 0; i < column.count; i++) {
		const struct value *item = &column.items[i];

		if (item->kind == VALUE_INT && item->number >= INT16_MIN &&
		    item->number <= UINT16_MAX)
			continue;
		invocation_refuse(inv, argument, "a number of 16 bits or a list of such");
		column.count = 0;
	}
	return column;
}

static int64_t cell(const struct column *column, size_t row)
{
	if (!column->count)
		return 0;
	return column->items[column->count == 1 ? 0 : row].number;
}

static void check_length(struct invocation *inv, size_t argument, const struct column *column,
			 size_t count)
{
	if (column->count > 1 && column->count != count)
		invocation_complain(inv, "%s: %s has %zu items for %zu operations",
				    inv->call->name, inv->call->parameters[argument].name,
				    column->count, count);
}

/* {op, ...}, {flags, ...} and {index, ...} side by side, all of it `times` times. */
static struct sembuf *make_operations(struct invocation *inv, size_t *count)
{
	struct column ops = column_of(inv, OP), flags = column_of(inv, FLAGS),
		      indices = column_of(inv, INDEX);
	size_t times = invocation_size(inv, TIMES, 1);
	struct sembuf *operations;

	check_length(inv, FLAGS, &flags, ops.count);
	check_length(inv, INDEX, &indices, ops.count);
	*count = ops.count * times; /* no overflow: a list fits memory, `times` the area */
	operations = invocation_room(inv, *count * sizeof(*operations));
	if (invocation_complained(inv))
		return NULL;
	for (size_t i = 0; i < *count; i++) {
		operations[i] = (struct sembuf){
			.sem_num = (unsigned short)cell(&indices, i % ops.count),
			.sem_op = (short)cell(&ops, i % ops.count),
			.sem_flg = (short)cell(&flags, i % ops.count),
		};
	}
	return operations;
}

static void invoke_semop(struct invocation *inv)
{
	int id = invocation_int(inv, ID, -1);
	size_t count;
	struct sembuf *operations = make_operations(inv, &count);

	if (invocation_complained(inv))
		return;
	invocation_returned(inv, INVOKE(inv, semop, id, operations, count));
}

enum { OUT_TIMEOUT, OUT_WAITED };

static void invoke_semtimedop(struct invocation *inv)
{
	int id = invocation_int(inv, ID, -1);
	size_t count;
	struct sembuf *operations = make_operations(inv, &count);
	struct timespec *timeout = invocation_time(inv, TIMEOUT);
	int64_t start_ns = clock_now_ns();

	if (invocation_complained(inv))
		return;
	invocation_returned(inv, INVOKE(inv, semtimedop, id, operations, count, timeout));
	invocation_out_number(inv, OUT_WAITED, clock_now_ns() - start_ns);
	if (timeout)
		invocation_out_number(inv, OUT_TIMEOUT, timespec_to_ns(timeout));
}

#define OPERATION_PARAMETERS \
	[ID] = TAKES("id", ID), [OP] = TAKES("op", INT), \
	[FLAGS] = MAY_TAKE("flags", INT, SYMBOL_MISC, 0), \
	[INDEX] = MAY_TAKE("index", INT, SYMBOL_PLAIN, 0), \
	[TIMES] = MAY_TAKE("times", INT, SYMBOL_PLAIN, 1)

static const struct call calls[] = {
	{
		.name = "semget", .man = "semget(2)",
		.summary = "the set of a key; a new one with IPC_PRIVATE",
		.number = SYS_semget, .libc = libc_semget,
		.result = RESULT_NUMBER,
		.parameters = {
			TAKES("key", KEY),
			TAKES("count", INT),
			MAY_TAKE("flags", INT, SYMBOL_MISC, 0),
		},
	},
	{
		.name = "semop", .man = "semop(2)",
		.summary = "operates on semaphore 0, or `index`; lists do several things at once",
		.number = SYS_semop, .family = FAMILY(SYS_semtimedop), .invoke = invoke_semop,
		.parameters = { OPERATION_PARAMETERS },
	},
	{
		.name = "semtimedop", .man = "semop(2)", .summary = "the same for so long",
		.number = SYS_semtimedop, .invoke = invoke_semtimedop,
		.parameters = {
			OPERATION_PARAMETERS,
			[TIMEOUT] = MAY_TAKE("timeout", TIME, SYMBOL_PLAIN, 0),
		},
		.outs = { [OUT_TIMEOUT] = "timeout", [OUT_WAITED] = "waited" },
	},
};

CALL_FAMILY(sysv_sem, calls);
