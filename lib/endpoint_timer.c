// SPDX-License-Identifier: MIT
/*
 * Timers and timeouts, read off what the endpoints were told to do; of programs, off what they
 * sleep in.
 */
#include "endpoint_timer.h"

bool action_arms_timer(const struct action *action)
{
	for (size_t i = 0; i < CALL_PARAMETERS_MAX && action->call->flags & CALL_MAY_ARM_TIMER;
	     i++) {
		const struct operand *argument = action->arguments[i];

		if (argument && argument->kind == OPERAND_VALUE &&
		    argument->value.kind == VALUE_TIME)
			return true;
	}
	return action->call->flags & CALL_ARMS_TIMER;
}

/* A timeout given as an argument: constant but for bindings, and a binding may be anything. */
static bool has_timeout(const struct action *action)
{
	for (size_t i = 0; i < CALL_PARAMETERS_MAX; i++) {
		enum parameter_kind kind = action->call->parameters[i].kind;

		if ((kind == PARAMETER_TIME || kind == PARAMETER_MILLISECONDS) &&
		    action->arguments[i])
			return true;
	}
	return false;
}

bool stage_has_timer(const struct stage *stage)
{
	for (size_t i = 0; i < stage->cast->channel_count; i++) {
		if (stage->cast->channels[i].mechanism->delayed)
			return true;
	}
	for (unsigned i = 0; i < stage->cast->endpoint_count; i++) {
		const struct endpoint *endpoint = &stage->endpoints[i];

		if (endpoint->state == ENDPOINT_ABSENT || endpoint->state == ENDPOINT_DEAD)
			continue;
		if (endpoint->timer_armed)
			return true;
		if (endpoint->state == ENDPOINT_BUSY && endpoint->action &&
		    has_timeout(endpoint->action))
			return true;
	}
	return stage->has_programs && crowd_waits_for_time(&stage->crowd);
}
