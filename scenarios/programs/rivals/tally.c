// SPDX-License-Identifier: MIT
#include <stdbool.h>

#include "tally.h"

static bool is(struct cell a, struct cell b)
{
	return a.writer == b.writer && a.index == b.index && a.record == b.record;
}

static struct cell after(const struct tally *tally, struct cell cell)
{
	if (++cell.index == tally->cells_of_record) {
		cell.index = 0;
		cell.record++;
	}
	return cell;
}

/* The cell goes on where the one before it left off, or it begins a record. */
static void count_run(struct tally *tally, struct cell cell)
{
	bool goes_on = tally->run && is(cell, after(tally, tally->last));

	if (tally->run && !goes_on)
		tally->cut_up++;
	tally->run = goes_on ? tally->run + 1 : cell.index == 0;
	if (tally->run == tally->cells_of_record) {
		tally->whole++;
		tally->run = 0;
	}
	tally->last = cell;
}

void tally_count(struct tally *tally, struct cell cell)
{
	count_run(tally, cell);
	if (cell.writer >= TALLY_WRITERS_MAX) {
		tally->misplaced++;
		return;
	}
	tally->next[cell.writer].writer = cell.writer;
	if (!is(cell, tally->next[cell.writer]))
		tally->misplaced++;
	tally->next[cell.writer] = after(tally, cell);
}

void tally_end(struct tally *tally, unsigned writers, uint32_t records)
{
	if (tally->run)
		tally->cut_up++;
	for (unsigned i = 0; i < writers; i++)
		if (tally->next[i].record != records || tally->next[i].index)
			tally->misplaced++;
}
