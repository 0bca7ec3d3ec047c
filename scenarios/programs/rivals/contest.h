/* SPDX-License-Identifier: MIT */
/* One rival changes something again and again, another looks at it all the while. */
#ifndef CONTEST_H
#define CONTEST_H

#include <stdbool.h>

/* All of them end the program if they cannot go on. */
struct contest {
	const char *name;
	int word_count;
	int looks;
	bool threads; /* the rivals are threads of one process, not two processes */
	void (*prepare)(char **words);
	void (*change)(void);
	/* The same in two calls, with pause() between them. */
	void (*change_apart)(void (*pause)(void));
	bool (*look)(void); /* false: neither as before the change nor as after it */
	void (*clear)(void);
};

/*
 * Looks so often, and goes on until there were as many changes, so that each rival has the other
 * beside it. With `apart` the first look comes in the middle of the first change.
 */
void contest_run(const struct contest *contest, bool apart);

extern const struct contest contest_rename;
extern const struct contest contest_exchange;
extern const struct contest contest_values;
extern const struct contest contest_array;
extern const struct contest contest_dup2;
extern const struct contest contest_cloexec;

#endif
