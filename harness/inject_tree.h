/* SPDX-License-Identifier: MIT */
/* A program, everything that it starts, and the rules that all their calls are under. */
#ifndef IPCDRILL_INJECT_TREE_H
#define IPCDRILL_INJECT_TREE_H

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "inject.h"
#include "warden.h"

/* Where a start failed. */
enum tree_trouble {
	TREE_STARTED,
	TREE_NO_PROCESS, /* no process, no memory */
	TREE_NO_FILTER, /* the kernel took no filter, or gave no listener for it */
	TREE_NO_PROGRAM, /* the program cannot be executed */
};

/* Legal when zero. */
struct inject_tree {
	/* by the caller */
	struct inject inject; /* rules and callbacks; its context becomes the tree */
	void *context; /* the callbacks' own */
	const struct inject_filter *filter;
	/* so the first thing to be notified is the execve(2) of the program itself */
	bool notifies_exec;

	/* by tree_start() */
	struct warden warden;
	bool is_served; /* there is a listener, and it is ours */
	bool has_begun; /* the program itself runs: from here on calls count */
};

/* The order's filter becomes the tree's. `error`: -errno, where it failed. */
enum tree_trouble tree_start(struct inject_tree *tree, struct warden_order order, int *error);

/* Answers all calls that wait for it, without waiting. True if there were any. */
bool tree_serve(struct inject_tree *tree);

/* The same after poll(2) with what tree_pollfds() gave. */
void tree_serve_polled(struct inject_tree *tree, const struct pollfd *fds);

/* What to wait for, and until when at most. The last is ready once the tree is done. */
size_t tree_pollfds(const struct inject_tree *tree, struct pollfd *fds, size_t max);
int64_t tree_deadline_ns(const struct inject_tree *tree);

/* Nobody is left. */
bool tree_is_done(const struct inject_tree *tree);

/* Why the program was not executed after all: -errno, or 0. Known at the end. */
int tree_exec_error(const struct inject_tree *tree);

/* Who is left dies; everything is given back. */
void tree_end(struct inject_tree *tree);

/* True if one of the rules is about execve(2), and so is notified of the program's own. */
bool rules_name_exec(const struct inject_rule *rules, size_t count);

#endif
