// SPDX-License-Identifier: MIT
/* Orders as they add up, before any is carried out. */
#include "hit_orders.h"

#include <signal.h>

#include "deadline.h"
#include "hit.h"

void hit_fail(struct hit *hit, enum hit_point point, int error)
{
	if (point == HIT_EXIT ? hit->error_after : hit->is_decided)
		return;
	hit->order_count++;
	if (point == HIT_EXIT) {
		hit->error_after = error;
	} else {
		hit->is_decided = true;
		hit->error = error;
	}
}

void hit_shorten(struct hit *hit, size_t limit)
{
	if (hit->is_decided)
		return;
	hit->order_count++;
	hit->is_decided = true;
	hit->limit = limit;
}

static struct hit_orders *order(struct hit *hit, enum hit_point point)
{
	hit->order_count++;
	hit->orders[point].any = true;
	return &hit->orders[point];
}

void hit_delay(struct hit *hit, enum hit_point point, int64_t delay_ns)
{
	int64_t until_ns = deadline_in(delay_ns).at_ns;
	struct hit_orders *orders = order(hit, point);

	if (until_ns > orders->until_ns)
		orders->until_ns = until_ns;
}

void hit_hold(struct hit *hit, enum hit_point point, uint64_t gates)
{
	order(hit, point)->gates |= gates;
}

void hit_signal(struct hit *hit, enum hit_point point, int signal)
{
	order(hit, point)->signals |= UINT64_C(1) << (signal - 1);
}

void hit_stop(struct hit *hit, enum hit_point point)
{
	order(hit, point)->stop = true;
}

/* Two deaths at once are one; SIGKILL is the surer. */
void hit_kill(struct hit *hit, enum hit_point point, int signal)
{
	struct hit_orders *orders = order(hit, point);

	if (orders->kill != SIGKILL)
		orders->kill = signal;
}

bool hit_has_exit(const struct hit *hit)
{
	return hit->orders[HIT_EXIT].any || hit->error_after;
}

bool hit_will_return(const struct hit *hit)
{
	return !hit->error && hit->orders[HIT_ENTRY].kill != SIGKILL;
}

void hit_forget_exit(struct hit *hit)
{
	hit->orders[HIT_EXIT] = (struct hit_orders){ 0 };
	hit->error_after = 0;
}
