// SPDX-License-Identifier: MIT
/* Counting calls. */
#include "trigger.h"

#include <stdlib.h>

bool trigger_is_valid(const struct trigger *trigger)
{
	switch (trigger->kind) {
	case TRIGGER_ALWAYS: return true;
	case TRIGGER_NTH: return trigger->first && trigger->last >= trigger->first;
	case TRIGGER_EVERY: return trigger->first;
	}
	abort();
}

static bool fires_at(const struct trigger *trigger, uint64_t count)
{
	switch (trigger->kind) {
	case TRIGGER_ALWAYS: return true;
	case TRIGGER_NTH: return count >= trigger->first && count <= trigger->last;
	case TRIGGER_EVERY: return count % trigger->first == 0;
	}
	abort();
}

bool trigger_hit(struct trigger *trigger)
{
	if (trigger->disarmed)
		return false;
	if (!fires_at(trigger, ++trigger->count))
		return false;
	trigger->fired++;
	return true;
}

void trigger_overrule(struct trigger *trigger)
{
	trigger->fired--;
	trigger->overruled++;
}

bool trigger_is_satisfied(const struct trigger *trigger)
{
	return trigger->optional || trigger->fired;
}

/* splitmix64 (Steele, Lea, Flood 2014): seeds that differ in one bit choose independently. */
static uint64_t mix(uint64_t seed)
{
	seed += UINT64_C(0x9e3779b97f4a7c15);
	seed = (seed ^ seed >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	seed = (seed ^ seed >> 27) * UINT64_C(0x94d049bb133111eb);
	return seed ^ seed >> 31;
}

/*
 * The high half of the product: without the bias of a remainder for every `within` that counts
 * calls.
 */
uint64_t trigger_any(uint64_t seed, uint64_t within)
{
	if (!within)
		within = 1;
	return 1 + (uint64_t)((unsigned __int128)mix(seed) * within >> 64);
}
