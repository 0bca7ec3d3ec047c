// SPDX-License-Identifier: MIT
/*
 * Which calls a fault means, beyond their names: the channel, the kind of descriptor, the path, the
 * size.
 */
#include <inttypes.h>
#include <string.h>

#include "resolve.h"

/* DESCRIPTOR_OTHER: there is no such kind. */
static enum descriptor_kind find_kind(const char *name)
{
	for (enum descriptor_kind kind = DESCRIPTOR_OTHER + 1; kind < DESCRIPTOR_KINDS; kind++) {
		if (!strcmp(descriptor_kind_name(kind), name))
			return kind;
	}
	return DESCRIPTOR_OTHER;
}

static bool resolve_kind(struct variant *variant, const struct expr *expr,
			 struct inject_where *where)
{
	const char *name = expr->right->kind == EXPR_NAME ? expr->right->bytes : NULL;
	const enum descriptor_kind before = where->kind;
	struct candidates candidates = { 0 };

	where->kind = expr->op == OPERATOR_EQUAL && name ? find_kind(name) : DESCRIPTOR_OTHER;
	if (where->kind != DESCRIPTOR_OTHER &&
	    (before == DESCRIPTOR_OTHER || before == where->kind))
		return true;
	if (where->kind != DESCRIPTOR_OTHER) {
		resolve_error(resolver_of(variant), expr->where,
			      "all conditions must hold; write a rule for each kind",
			      "no descriptor is a %s and a %s", descriptor_kind_name(before),
			      descriptor_kind_name(where->kind));
		return false;
	}
	for (enum descriptor_kind kind = DESCRIPTOR_OTHER + 1; kind < DESCRIPTOR_KINDS; kind++)
		candidates_add(&candidates, descriptor_kind_name(kind));
	resolve_error(resolver_of(variant), expr->where,
		      candidates_help(&candidates, resolver_of(variant), name,
				      "for example: kind == socket"),
		      "a descriptor has no such kind");
	return false;
}

static bool resolve_path(struct variant *variant, const struct expr *expr,
			 struct inject_where *where)
{
	struct setting setting = { .endpoint = NOBODY, .place = "the pattern for a path" };
	struct value value;

	if (expr->op != OPERATOR_MATCHES) {
		resolve_error(resolver_of(variant), expr->where, "for example: path ~ \"*.log\"",
			      "a path is compared with a pattern");
		return false;
	}
	if (!resolve_constant(variant, expr->right, &setting, &value))
		return false;
	if (value.kind == VALUE_BYTES && !value.length) {
		resolve_error(resolver_of(variant), expr->right->where, "any path: path ~ \"*\"",
			      "the pattern for a path is empty, and no path is");
		return false;
	}
	if (value.kind != VALUE_BYTES || memchr(value.bytes, '\0', value.length)) {
		resolve_error(resolver_of(variant), expr->right->where,
			      "for example: path ~ \"*.log\"",
			      "the pattern for a path is a string");
		return false;
	}
	if (where->path && strcmp(where->path, value.bytes) != 0) {
		resolve_error(resolver_of(variant), expr->where,
			      "write one pattern, or a rule for each",
			      "there is another pattern for the path already");
		return false;
	}
	where->path = value.bytes;
	return true;
}

/* Both ends included; several conditions narrow it down. False: no call has such a size. */
static bool bound_size(const struct expr *expr, int64_t size, struct inject_where *where)
{
	const bool is_strict = expr->op == OPERATOR_GREATER || expr->op == OPERATOR_LESS;
	const bool is_lower = expr->op == OPERATOR_GREATER || expr->op == OPERATOR_AT_LEAST;
	const bool is_upper = expr->op == OPERATOR_LESS || expr->op == OPERATOR_AT_MOST;
	uint64_t least = 0, most = INT64_MAX;

	if (size < 0 || (!is_lower && !is_upper && expr->op != OPERATOR_EQUAL))
		return false;
	if (!is_upper)
		least = (uint64_t)size + is_strict;
	if (!is_lower)
		most = (uint64_t)size - is_strict;
	/* As the upper end, 0 means no limit: what asks for nothing moves nothing. */
	if (!most || most > INT64_MAX || least > INT64_MAX)
		return false;
	if (least > where->size_min)
		where->size_min = least;
	if (!is_lower && (!where->size_max || most < where->size_max))
		where->size_max = most;
	return true;
}

static bool resolve_size(struct variant *variant, const struct expr *expr,
			 struct inject_where *where)
{
	struct setting setting = { .endpoint = NOBODY, .place = "the size of a fault's calls" };
	struct value value;

	if (!resolve_constant(variant, expr->right, &setting, &value))
		return false;
	if (value.kind != VALUE_INT || !bound_size(expr, value.number, where)) {
		resolve_error(resolver_of(variant), expr->where,
			      "for example: size > 4096, or size == 1", "no call has such a size");
		return false;
	}
	if (!where->size_max || where->size_min <= where->size_max)
		return true;
	resolve_error(resolver_of(variant), expr->where,
		      "all conditions must hold; write a rule for each size",
		      "no size is at least %" PRIu64 " and at most %" PRIu64, where->size_min,
		      where->size_max);
	return false;
}

static const struct condition {
	const char *name;
	bool (*resolve)(struct variant *variant, const struct expr *expr,
			struct inject_where *where);
} conditions[] = {
	{ "path", resolve_path },
	{ "size", resolve_size },
	{ "kind", resolve_kind },
};

enum { CONDITION_COUNT = sizeof(conditions) / sizeof(conditions[0]) };

static const struct condition *find_condition(const struct expr *expr)
{
	if (expr->kind != EXPR_BINARY || expr->left->kind != EXPR_NAME)
		return NULL;
	for (int i = 0; i < CONDITION_COUNT; i++) {
		if (!strcmp(conditions[i].name, expr->left->bytes))
			return &conditions[i];
	}
	return NULL;
}

static bool add_channel(struct variant *variant, const struct expr *expr, struct name *name,
			struct plan_fault *fault)
{
	name->used = true;
	if (fault->channel_count == PLAN_FAULT_CHANNELS_MAX) {
		resolve_error(resolver_of(variant), expr->where, NULL,
			      "a fault names at most %d channels", PLAN_FAULT_CHANNELS_MAX);
		return false;
	}
	fault->channels[fault->channel_count++] = name->index;
	return !name->failed;
}

bool resolve_pattern(struct variant *variant, const struct expr *expr, struct plan_fault *fault)
{
	const char *word = expr->kind == EXPR_NAME ? expr->bytes : NULL;
	struct name *name = word ? scene_find(variant->scene, word) : NULL;
	const struct condition *condition = find_condition(expr);
	struct candidates candidates = { 0 };

	if (word && !strcmp(word, "any"))
		return true;
	if (condition)
		return condition->resolve(variant, expr, &fault->rule.where);
	if (name && name->kind == NAME_CHANNEL)
		return add_channel(variant, expr, name, fault);
	if (resolve_is_lost(variant, expr))
		return false;
	candidates_add_names(&candidates, variant->scene, 1U << NAME_CHANNEL);
	candidates_add(&candidates, "any");
	for (int i = 0; i < CONDITION_COUNT; i++)
		candidates_add(&candidates, conditions[i].name);
	resolve_error(
		resolver_of(variant), expr->where,
		candidates_help(
			&candidates, resolver_of(variant), word,
			"name a channel, or write path ~ \"*.sock\", size > 4096, kind == socket"),
		"a fault cannot match this");
	return false;
}
