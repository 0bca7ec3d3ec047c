// SPDX-License-Identifier: MIT
/* Evaluation of operands: looking names up, and the operators. */
#include "operand.h"

#include <errno.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "mechanism_inet.h"
#include "operators.h"

void environment_free_scratch(struct environment *environment)
{
	for (size_t i = 0; i < environment->scratch_count; i++)
		free(environment->scratch[i]);
	free(environment->scratch);
	environment->scratch = NULL;
	environment->scratch_count = 0;
}

void *environment_room(struct environment *environment, size_t size)
{
	void **grown;
	void *room;

	if (!environment)
		return NULL;
	grown = realloc(environment->scratch, (environment->scratch_count + 1) * sizeof(*grown));
	if (!grown)
		return NULL;
	environment->scratch = grown;
	room = malloc(size ? size : 1);
	if (room)
		grown[environment->scratch_count++] = room;
	return room;
}

int operand_refuse(char *reason, size_t size, int err, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(reason, size, format, arguments);
	va_end(arguments);
	return -err;
}

/* What the scenario calls it, if the resolver left the name in `value`; else what it is. */
static const char *operand_label(const struct operand *operand, const char *otherwise)
{
	return operand->value.kind == VALUE_WORD ? operand->value.bytes : otherwise;
}

static int look_up_binding(const struct operand *operand, const struct environment *environment,
			   struct value *value, char *reason, size_t size)
{
	const struct value *bound = environment->bindings;

	if (!bound || bound[operand->slot].kind == VALUE_NONE)
		return operand_refuse(reason, size, ENODATA, "%s is not bound",
				      operand_label(operand, "the name"));
	*value = bound[operand->slot];
	return 0;
}

static const char *channel_label(const struct operand *operand,
				 const struct environment *environment)
{
	const struct channel *channels = environment->channels;
	const char *name = channels ? channels[operand->index].name : NULL;

	return name ? name : operand_label(operand, "the channel");
}

static int look_up_end(const struct operand *operand, const struct environment *environment,
		       struct value *value, char *reason, size_t size)
{
	static const char *const kinds[] = {
		[SIDE_READ] = "read", [SIDE_WRITE] = "write", [SIDE_BOTH] = "open",
	};
	const int *held = environment->held ? environment->held[operand->index] : NULL;
	bool both = operand->side == SIDE_BOTH || (environment->channels &&
			environment->channels[operand->index].form == FORM_HELD_BY);
	int fd = held ? held[both ? SIDE_READ : operand->side] : -1;

	if (fd < 0)
		return operand_refuse(reason, size, EBADF, "the endpoint holds no %s end of %s",
				      kinds[operand->side], channel_label(operand, environment));
	*value = value_int(fd);
	return 0;
}

static int look_up_address(const struct operand *operand, const struct environment *environment,
			   struct value *value, char *reason, size_t size)
{
	const struct channel *channel = environment->channels;

	if (!channel || !channel[operand->index].address_length)
		return operand_refuse(reason, size, EADDRNOTAVAIL, "%s has no address",
				      channel_label(operand, environment));
	channel += operand->index;
	*value = value_bytes(channel->address, channel->address_length);
	return 0;
}

static int look_up_object(const struct operand *operand, const struct environment *environment,
			  struct value *value, char *reason, size_t size)
{
	void *object = environment->objects ? environment->objects[operand->index] : NULL;

	if (!object)
		return operand_refuse(reason, size, EFAULT, "the endpoint has %s nowhere in memory",
				      channel_label(operand, environment));
	*value = value_int((intptr_t)object);
	return 0;
}

static int look_up_system_v(const struct operand *operand, const struct environment *environment,
			    struct value *value, char *reason, size_t size)
{
	const struct channel *channel = environment->channels;

	if (!channel || !channel[operand->index].mechanism->system_v)
		return operand_refuse(reason, size, EINVAL, "%s has no System V %s",
				      channel_label(operand, environment),
				      operand->kind == OPERAND_ID ? "id" : "key");
	channel += operand->index;
	*value = value_int(operand->kind == OPERAND_ID ? channel->id : channel->key);
	return 0;
}

static int look_up_port(const struct operand *operand, const struct environment *environment,
			struct value *value, char *reason, size_t size)
{
	const struct channel *channel = environment->channels;
	struct sockaddr_storage address;
	socklen_t length;

	channel = channel ? channel + operand->index : NULL;
	if (!channel ||
	    !mechanism_inet_parse(channel->address, channel->address_length, &address, &length))
		return operand_refuse(reason, size, EADDRNOTAVAIL, "%s has no port",
				      channel_label(operand, environment));
	/* Both families have it in the same place. */
	*value = value_int(ntohs(((const struct sockaddr_in *)&address)->sin_port));
	return 0;
}

static int look_up_process(const struct operand *operand, const struct environment *environment,
			   struct value *value, char *reason, size_t size)
{
	const pid_t *pids = environment->pids;

	if (!pids || !pids[operand->index])
		return operand_refuse(reason, size, ESRCH, "%s has no process now",
				      operand_label(operand, "the endpoint"));
	*value = value_int(pids[operand->index]);
	return 0;
}

static int evaluate_list(const struct operand *operand, struct environment *environment,
			 struct value *value, char *reason, size_t size)
{
	struct value *items = NULL;

	if (operand->count) {
		items = environment_room(environment, operand->count * sizeof(*items));
		if (!items)
			return operand_refuse(reason, size, ENOMEM,
					      "no memory for %zu items", operand->count);
	}
	for (size_t i = 0; i < operand->count; i++) {
		int err = operand_evaluate(operand->items[i], environment, &items[i], reason, size);

		if (err)
			return err;
	}
	*value = value_list(items, operand->count);
	return 0;
}

static int evaluate_operator(const struct operand *operand, struct environment *environment,
			     struct value *value, char *reason, size_t size)
{
	struct value left;
	struct value right = { .kind = VALUE_NONE };
	int err = operand_evaluate(operand->left, environment, &left, reason, size);

	if (err)
		return err;
	if (operand->kind == OPERAND_BINARY) {
		/* What the left side decides alone: the right one may have no value yet. */
		if ((operand->op == OPERATOR_AND && !value_is_true(&left)) ||
		    (operand->op == OPERATOR_OR && value_is_true(&left))) {
			*value = value_int(operand->op == OPERATOR_OR);
			return 0;
		}
		err = operand_evaluate(operand->right, environment, &right, reason, size);
		if (err)
			return err;
	}
	return operator_apply(operand->op, &left, &right, environment, value, reason, size);
}

int operand_evaluate(const struct operand *operand, struct environment *environment,
		     struct value *value, char *reason, size_t size)
{
	*value = (struct value){ .kind = VALUE_NONE };
	switch (operand->kind) {
	case OPERAND_VALUE:
		*value = operand->value;
		return 0;
	case OPERAND_BINDING:
		return look_up_binding(operand, environment, value, reason, size);
	case OPERAND_END:
		return look_up_end(operand, environment, value, reason, size);
	case OPERAND_ADDRESS:
		return look_up_address(operand, environment, value, reason, size);
	case OPERAND_PROCESS:
		return look_up_process(operand, environment, value, reason, size);
	case OPERAND_OBJECT:
		return look_up_object(operand, environment, value, reason, size);
	case OPERAND_ID:
	case OPERAND_KEY:
		return look_up_system_v(operand, environment, value, reason, size);
	case OPERAND_PORT:
		return look_up_port(operand, environment, value, reason, size);
	case OPERAND_LIST:
		return evaluate_list(operand, environment, value, reason, size);
	case OPERAND_UNARY:
	case OPERAND_BINARY:
		return evaluate_operator(operand, environment, value, reason, size);
	case OPERAND_FACT:
		if (!environment->ask)
			return operand_refuse(reason, size, EINVAL,
					      "a question to the outside cannot be asked here");
		return environment->ask(environment->context, operand, value, reason, size);
	}
	abort();
}
