// SPDX-License-Identifier: MIT
/* semctl() with all its commands. */
#include <string.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <unistd.h>

#include "call_arguments.h"
#include "call_permissions.h"
#include "call_result.h"
#include "table.h"

/* A set has at most so many, and its values never look like UNTOUCHED. */
enum { SET_MAX = 32000, UNTOUCHED = UINT16_MAX };

/* As the caller defines it (semctl(2)). */
union semun {
	int val;
	struct semid_ds *buf;
	unsigned short *array;
	struct seminfo *info;
};

enum {
	OUT_VALUES,
	OUT_NSEMS,
	OUT_OTIME,
	OUT_CTIME,
	OUT_PERMISSIONS,
	OUT_SETS = OUT_PERMISSIONS + CALL_PERMISSION_OUT_COUNT,
	OUT_SEMAPHORES,
	OUT_SEMMNI,
	OUT_SEMMNS,
	OUT_SEMMSL,
	OUT_SEMOPM,
	OUT_SEMVMX,
};

static void report_set(struct invocation *inv, const struct semid_ds *set)
{
	invocation_out_number(inv, OUT_NSEMS, (int64_t)set->sem_nsems);
	invocation_out_number(inv, OUT_OTIME, set->sem_otime);
	invocation_out_number(inv, OUT_CTIME, set->sem_ctime);
	invocation_out_permissions(inv, OUT_PERMISSIONS, &set->sem_perm);
}

/* SEM_INFO tells what there is now in two fields that IPC_INFO uses for constants. */
static void report_info(struct invocation *inv, const struct seminfo *info, bool usage)
{
	invocation_out_number(inv, OUT_SEMMNI, info->semmni);
	invocation_out_number(inv, OUT_SEMMNS, info->semmns);
	invocation_out_number(inv, OUT_SEMMSL, info->semmsl);
	invocation_out_number(inv, OUT_SEMOPM, info->semopm);
	invocation_out_number(inv, OUT_SEMVMX, info->semvmx);
	if (!usage)
		return;
	invocation_out_number(inv, OUT_SETS, info->semusz);
	invocation_out_number(inv, OUT_SEMAPHORES, info->semaem);
}

static void report_values(struct invocation *inv, const unsigned short *values)
{
	size_t count = 0;
	int64_t *numbers;

	while (count < SET_MAX && values[count] != UNTOUCHED)
		count++;
	numbers = invocation_room(inv, count * sizeof(*numbers));
	for (size_t i = 0; numbers && i < count; i++)
		numbers[i] = values[i];
	if (numbers)
		invocation_out_numbers(inv, OUT_VALUES, numbers, count);
}

enum { ID, COMMAND, VALUE, INDEX, PERMISSIONS, COUNT = PERMISSIONS + 3 };

static long control(const struct invocation *inv, int id, int index, int command, union semun arg)
{
	return INVOKE(inv, semctl, id, index, command, arg);
}

/* What is left out stays as it is, so that is asked for first. */
static void prepare_set(struct invocation *inv, int id, struct semid_ds *set)
{
	control(inv, id, 0, IPC_STAT, (union semun){ .buf = set });
	invocation_permissions(inv, PERMISSIONS, &set->sem_perm);
}

/* Room for as many as any set has: the kernel reads or writes as many as there are. */
static unsigned short *make_values(struct invocation *inv, int command)
{
	unsigned short *values = invocation_room(inv, SET_MAX * sizeof(*values));
	size_t count;
	const struct value *items = invocation_items(inv, VALUE, &count);

	if (!values)
		return NULL;
	if (command == GETALL)
		memset(values, UNTOUCHED & 0xff, SET_MAX * sizeof(*values));
	for (size_t i = 0; command == SETALL && i < count; i++) {
		if (items[i].kind != VALUE_INT || items[i].number < 0 || i >= SET_MAX ||
		    items[i].number > UINT16_MAX) {
			invocation_refuse(inv, VALUE, "a list of numbers of 16 bits");
			return NULL;
		}
		values[i] = (unsigned short)items[i].number;
	}
	return values;
}

/* Looked at before anything is asked. */
static void check_numbers(struct invocation *inv)
{
	for (size_t i = PERMISSIONS; i < COUNT; i++)
		invocation_number(inv, i, 0);
	if (!invocation_is_list(inv, VALUE))
		invocation_int(inv, VALUE, 0);
}

/* What the command reads or fills in, each in memory of its own kind. */
struct buffers {
	struct semid_ds set;
	struct seminfo info;
	unsigned short *values;
};

static union semun make_argument(struct invocation *inv, int id, int command,
				 struct buffers *buffers)
{
	switch (command) {
	case IPC_SET:
		prepare_set(inv, id, &buffers->set);
		return (union semun){ .buf = &buffers->set };
	case IPC_STAT:
	case SEM_STAT:
	case SEM_STAT_ANY:
		return (union semun){ .buf = &buffers->set };
	case IPC_INFO:
	case SEM_INFO:
		return (union semun){ .info = &buffers->info };
	case GETALL:
	case SETALL:
		buffers->values = make_values(inv, command);
		return (union semun){ .array = buffers->values };
	default:
		return (union semun){ .val = invocation_int(inv, VALUE, 0) };
	}
}

static void report(struct invocation *inv, int command, const struct buffers *buffers)
{
	switch (command) {
	case IPC_STAT:
	case SEM_STAT:
	case SEM_STAT_ANY:
		report_set(inv, &buffers->set);
		return;
	case IPC_INFO:
	case SEM_INFO:
		report_info(inv, &buffers->info, command == SEM_INFO);
		return;
	case GETALL:
		report_values(inv, buffers->values);
		return;
	default:
		return;
	}
}

static void invoke_semctl(struct invocation *inv)
{
	int id = invocation_int(inv, ID, -1);
	int command = invocation_int(inv, COMMAND, 0);
	int index = invocation_int(inv, INDEX, 0);
	struct buffers buffers;
	union semun argument;
	long returned;

	check_numbers(inv);
	if (invocation_complained(inv))
		return;
	memset(&buffers, 0, sizeof(buffers));
	argument = make_argument(inv, id, command, &buffers);
	if (invocation_complained(inv))
		return;
	returned = control(inv, id, index, command, argument);
	invocation_returned(inv, returned);
	if (returned >= 0)
		report(inv, command, &buffers);
}

static const struct call calls[] = {
	{
		.name = "semctl", .man = "semctl(2)",
		.summary = "asks about, sets or removes semaphores; IPC_SET keeps what is left out",
		.number = SYS_semctl, .invoke = invoke_semctl,
		.result = RESULT_NUMBER,
		.parameters = {
			[ID] = TAKES("id", ID),
			[COMMAND] = TAKES("command", INT, SYMBOL_MISC),
			[VALUE] = MAY_TAKE("value", INT, SYMBOL_PLAIN, 0),
			[INDEX] = MAY_TAKE("index", INT, SYMBOL_PLAIN, 0),
			[PERMISSIONS] = CALL_PERMISSION_PARAMETERS,
		},
		.outs = {
			[OUT_VALUES] = "values", [OUT_NSEMS] = "nsems",
			[OUT_OTIME] = "otime", [OUT_CTIME] = "ctime",
			[OUT_PERMISSIONS] = CALL_PERMISSION_OUTS,
			[OUT_SETS] = "sets", [OUT_SEMAPHORES] = "semaphores",
			[OUT_SEMMNI] = "semmni", [OUT_SEMMNS] = "semmns", [OUT_SEMMSL] = "semmsl",
			[OUT_SEMOPM] = "semopm", [OUT_SEMVMX] = "semvmx",
		},
	},
};

CALL_FAMILY(sysv_semctl, calls);
