// SPDX-License-Identifier: MIT
/* What a program is given: text, numbers, and how it can find a channel. */
#include <string.h>

#include "resolve.h"

/* fd(c.read): the number of a descriptor that it inherits. */
static const struct operand *resolve_descriptor(struct variant *variant, int endpoint,
						const struct expr *expr)
{
	struct setting setting = { .endpoint = endpoint,
				   .channel = CHANNEL_END,
				   .place = "a descriptor" };
	const struct operand *operand;

	if (!has_count(variant, expr, 1, "fd(c) or fd(c.read)"))
		return NULL;
	operand = resolve_expr(variant, expr->list, &setting);
	if (!operand || operand->kind == OPERAND_END)
		return operand;
	resolve_error(resolver_of(variant), expr->list->where, "for example: fd(c.read)",
		      "fd() takes a channel that the program holds an end of");
	return NULL;
}

/* id(m): the number that the kernel gave a System V object. */
static const struct operand *resolve_id(struct variant *variant, int endpoint,
					const struct expr *expr)
{
	struct setting setting = { .endpoint = NOBODY,
				   .channel = CHANNEL_ID,
				   .place = "a System V object" };
	const struct operand *operand;

	(void)endpoint;
	if (!has_count(variant, expr, 1, "id(m)"))
		return NULL;
	operand = resolve_expr(variant, expr->list, &setting);
	if (!operand || operand->kind == OPERAND_ID)
		return operand;
	resolve_error(resolver_of(variant), expr->list->where, NULL,
		      "id() takes a channel of System V: sysv_msg, sysv_sem or sysv_shm");
	return NULL;
}

/* port(c): without the address, which is the loopback's. */
static const struct operand *resolve_port(struct variant *variant, int endpoint,
					  const struct expr *expr)
{
	struct setting setting = { .endpoint = NOBODY,
				   .channel = CHANNEL_WORD,
				   .place = "a channel with a port" };
	const struct operand *operand;
	struct operand port;

	(void)endpoint;
	if (!has_count(variant, expr, 1, "port(c)"))
		return NULL;
	operand = resolve_expr(variant, expr->list, &setting);
	if (!operand)
		return NULL;
	if (operand->kind != OPERAND_ADDRESS ||
	    !variant->plan->channels[operand->index].mechanism->network) {
		resolve_error(resolver_of(variant), expr->list->where, NULL,
			      "port() takes a channel over IP: tcp or udp");
		return NULL;
	}
	port = *operand;
	port.kind = OPERAND_PORT;
	return operand_keep(variant, &port);
}

static const struct aspect {
	const char *name;
	const struct operand *(*resolve)(struct variant *variant, int endpoint,
					 const struct expr *expr);
} aspects[] = {
	{ "fd", resolve_descriptor },
	{ "id", resolve_id },
	{ "port", resolve_port },
};

static const struct operand *resolve_word(struct variant *variant, int endpoint,
					  const struct expr *expr)
{
	struct setting setting = { .endpoint = NOBODY,
				   .channel = CHANNEL_WORD,
				   .choices = true,
				   .place = "an argument of a program" };

	for (size_t i = 0; expr->kind == EXPR_CALL && i < sizeof(aspects) / sizeof(*aspects); i++) {
		if (!strcmp(aspects[i].name, expr->bytes))
			return aspects[i].resolve(variant, endpoint, expr);
	}
	return resolve_expr(variant, expr, &setting);
}

static bool is_word(const struct operand *operand)
{
	enum value_kind kind = operand_expects(operand);

	return kind == VALUE_BYTES || kind == VALUE_INT || kind == VALUE_TIME ||
	       kind == VALUE_WORD || kind == VALUE_ANY;
}

/* In the scenario's directory, so that another one changes how it is said. */
static bool is_path(const struct variant *variant, const struct expr *expr,
		    const struct operand *operand)
{
	if (operand->kind == OPERAND_ADDRESS)
		return !variant->plan->channels[operand->index].mechanism->network;
	return expr->kind == EXPR_CALL && !strcmp(expr->bytes, "scratch");
}

bool resolve_program_argument(struct variant *variant, int endpoint, const struct expr *expr,
			      struct program_argument *argument)
{
	argument->value = resolve_word(variant, endpoint, expr);
	if (!argument->value)
		return false;
	argument->is_path = is_path(variant, expr, argument->value);
	if (is_word(argument->value))
		return true;
	resolve_error(resolver_of(variant), expr->where, NULL, "%s is no argument of a program",
		      value_kind_text(operand_expects(argument->value)));
	return false;
}
