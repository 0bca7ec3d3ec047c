// SPDX-License-Identifier: MIT
/* From a program to a tree that is served, and back to nothing. */
#include "inject_tree.h"

#include <errno.h>
#include <sys/syscall.h>

enum { START_S = 20 }; /* to come from the fork to the filter: it takes a millisecond */

/*
 * The engine asks this about each call. What starts the program is our own doing, and the first
 * call of its thread that the engine does not know to be part of the installation.
 */
static uint64_t identify(void *context, pid_t tid)
{
	struct inject_tree *tree = context;

	if (tree->has_begun || tid != tree->warden.program)
		return 0;
	tree->has_begun = true;
	return INJECT_NO_CALL;
}

static enum tree_trouble take(struct inject_tree *tree, int *error)
{
	struct deadline deadline = deadline_in(START_S * INT64_C(1000000000));

	*error = inject_take(&tree->inject, &tree->warden.board->port, tree->warden.program,
			     &deadline);
	if (!*error) {
		tree->is_served = true;
		/* Without it, the end is a little rougher if we are killed. */
		warden_keep(&tree->warden, tree->inject.listener_fd);
		return TREE_STARTED;
	}
	if (*error == -ESRCH && atomic_load(&tree->warden.board->install_error))
		*error = atomic_load(&tree->warden.board->install_error);
	return TREE_NO_FILTER;
}

enum tree_trouble tree_start(struct inject_tree *tree, struct warden_order order, int *error)
{
	enum tree_trouble trouble = TREE_STARTED;

	order.filter = tree->filter;
	tree->inject.context = tree;
	tree->inject.identify = identify;
	tree->has_begun = !tree->notifies_exec;
	*error = warden_start(&tree->warden, &order);
	if (*error)
		return TREE_NO_PROCESS;
	if (tree->filter && tree->filter->has_listener)
		trouble = take(tree, error);
	if (trouble)
		tree_end(tree);
	return trouble;
}

bool tree_serve(struct inject_tree *tree)
{
	return tree->is_served && inject_serve(&tree->inject) > 0;
}

void tree_serve_polled(struct inject_tree *tree, const struct pollfd *fds)
{
	if (tree->is_served && fds->fd == tree->inject.listener_fd && fds->revents & POLLIN)
		inject_serve_announced(&tree->inject);
	else
		tree_serve(tree);
}

/*
 * Without the pidfd of the program, which stays readable once it is dead: its descendants are then
 * still to be waited for, and the warden, which a loop that never sleeps would keep from running on
 * a machine with one real-time core.
 */
size_t tree_pollfds(const struct inject_tree *tree, struct pollfd *fds, size_t max)
{
	size_t count = tree->is_served && max > 1 ? inject_pollfds(&tree->inject, fds, max - 1) : 0;

	for (size_t i = 0; i < count; i++) {
		if (fds[i].fd == tree->inject.pidfd)
			fds[i].fd = -1;
	}
	fds[count++] = (struct pollfd){ .fd = tree->warden.pidfd, .events = POLLIN };
	return count;
}

int64_t tree_deadline_ns(const struct inject_tree *tree)
{
	return tree->is_served ? inject_deadline_ns(&tree->inject) : INT64_MAX;
}

bool tree_is_done(const struct inject_tree *tree)
{
	return warden_is_done(&tree->warden);
}

int tree_exec_error(const struct inject_tree *tree)
{
	int err = atomic_load(&tree->warden.board->exec_error);

	return err ? err : atomic_load(&tree->warden.board->install_error);
}

/*
 * Not the other way round: a call that nobody answers any more fails, and the program must not live
 * to see that.
 */
void tree_end(struct inject_tree *tree)
{
	warden_end(&tree->warden);
	if (tree->is_served)
		inject_close(&tree->inject);
	tree->is_served = false;
}

bool rules_name_exec(const struct inject_rule *rules, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		for (size_t n = 0; n < rules[i].number_count; n++) {
			if (rules[i].numbers[n] == SYS_execve)
				return true;
		}
	}
	return false;
}
