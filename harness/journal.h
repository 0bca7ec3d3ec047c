/* SPDX-License-Identifier: MIT */
/*
 * Files of lines "SENDER SEQUENCE [text]", as programs that deliver messages write them, and what
 * must hold of them.
 */
#ifndef IPCDRILL_JOURNAL_H
#define IPCDRILL_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>

enum journal_demand {
	JOURNAL_NO_LOSS, /* the sequences of each sender have no gap, from 0 or 1 on */
	JOURNAL_NO_DUP, /* none is there twice */
	JOURNAL_ORDER_PER_SENDER, /* those of each sender rise */
	JOURNAL_ATOMIC, /* each line is whole */
};

/*
 * True if it holds of these bytes; else the first violation in text: "client 7 is lost, after line
 * 12". Lines that are not whole count for JOURNAL_ATOMIC only.
 */
bool journal_holds(const char *bytes, size_t length, enum journal_demand demand, char *text,
		   size_t size);

/* The same of a file. 0 or -errno. */
int journal_check(const char *path, enum journal_demand demand, bool *holds, char *text,
		  size_t size);

/* "no_loss", or NULL beyond the last. */
const char *journal_demand_name(enum journal_demand demand);

#endif
