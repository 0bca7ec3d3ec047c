// SPDX-License-Identifier: MIT
/* What this machine can do, asked before the run: kernel, sysctl("..."), cap_kill. */
#include <stdio.h>
#include <string.h>

#include "finding.h"
#include "resolve.h"

/* A probe's argument is a string, or a bare name that is one here. */
static bool read_argument(struct variant *variant, const struct expr *expr,
			  const struct probe *probe, const char **argument)
{
	struct setting inside = { .endpoint = NOBODY,
				  .words = true,
				  .place = "a probe's argument" };
	struct resolver *resolver = resolver_of(variant);
	struct value value;

	*argument = NULL;
	if (expr->kind == EXPR_NAME && !probe->argument)
		return true;
	if (!probe->argument) {
		resolve_error(resolver, expr->where,
			      resolve_text(resolver, "write %s", probe->name),
			      "%s takes no argument", probe->name);
		return false;
	}
	if (expr->kind == EXPR_NAME || expr_count(expr->list) != 1) {
		resolve_error(resolver, expr->where,
			      resolve_text(resolver, "write %s(\"...\")", probe->name),
			      "%s takes %s", probe->name, probe->argument);
		return false;
	}
	if (!resolve_constant(variant, expr->list, &inside, &value))
		return false;
	if ((value.kind == VALUE_BYTES || value.kind == VALUE_WORD) &&
	    strlen(value.bytes) == value.length)
		*argument = value.bytes;
	else
		resolve_error(resolver, expr->list->where, NULL, "%s takes %s, not %s", probe->name,
			      probe->argument, value_kind_text(value.kind));
	return *argument;
}

/* These know all names that there are: one that they do not know is misspelt. */
static const struct {
	const char *probe;
	void (*add_names)(struct candidates *candidates);
} knowing[] = {
	{ "syscall", candidates_add_calls },
	{ "mechanism", candidates_add_mechanisms },
};

/* True after a message. */
static bool complain_name(struct variant *variant, const struct expr *expr, const char *name,
			  const char *reason)
{
	for (size_t i = 0; i < sizeof(knowing) / sizeof(knowing[0]); i++) {
		struct candidates candidates = { 0 };

		if (strcmp(knowing[i].probe, expr->bytes))
			continue;
		knowing[i].add_names(&candidates);
		resolve_error(resolver_of(variant), expr->list->where,
			      candidates_help(&candidates, resolver_of(variant), name, NULL), "%s",
			      reason);
		return true;
	}
	return false;
}

static void note_skip(struct variant *variant, const struct expr *expr, const char *reason)
{
	struct obstacle *skip = &variant->plan->skip;

	if (skip->reason[0] || variant->rehearsing)
		return;
	snprintf(skip->reason, sizeof(skip->reason), "%s", reason);
	skip->where = expr->where;
}

/*
 * Who asks for a setting knows how much of it is enough. One of the network was asked in a network
 * namespace, so that is where the test must be.
 */
static void note_setting(struct variant *variant, const struct probe *probe, const char *name)
{
	struct plan *plan = variant->plan;
	const char **settings;

	if (strcmp(probe->name, "sysctl") || variant->rehearsing)
		return;
	settings = resolve_keep(resolver_of(variant),
				(plan->setting_count + 1) * sizeof(*settings));
	if (plan->setting_count)
		memcpy(settings, plan->settings, plan->setting_count * sizeof(*settings));
	settings[plan->setting_count++] = name;
	plan->settings = settings;
	plan->needs_network |= !strncmp(name, "net.", strlen("net."));
}

const struct operand *resolve_probe(struct variant *variant, const struct expr *expr,
				    const struct setting *setting)
{
	const struct probe *probe = probe_find(expr->bytes);
	struct resolver *resolver = resolver_of(variant);
	const struct finding *finding;
	struct value value;
	const char *argument;

	if (!setting->probes) {
		resolve_error(resolver, expr->where,
			      resolve_text(resolver, "give its value a name: let n = %s%s",
					   probe->name, probe->argument ? "(...)" : ""),
			      "%s is asked in let, requires and deviates only", probe->name);
		return NULL;
	}
	if (!read_argument(variant, expr, probe, &argument))
		return NULL;
	note_setting(variant, probe, argument);
	finding = finding_of(probe, argument);
	variant->finding = finding->reason;
	value = finding->value;
	if (value.kind == VALUE_NONE && complain_name(variant, expr, argument, finding->reason))
		return NULL;
	if (value.kind == VALUE_NONE) {
		/*
		 * Without the value there is no scenario; any number will do to look at the rest.
		 */
		value = value_int(1);
		note_skip(variant, expr, finding->reason);
	}
	return operand_constant(variant, &value);
}
