// SPDX-License-Identifier: MIT
/* The memory that driver and endpoints share, and the futex calls on it. */
#include "control.h"

#include <errno.h>
#include <linux/futex.h>
#include <limits.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/*
 * board | control pages | guard | area 0 | guard | area 1 | guard ... Two mappings an endpoint:
 * every fork copies each of them, so there are only as many as the scenario needs. All of them
 * begin where a page begins on any machine; what is not touched costs nothing.
 */
enum {
	/* of AArch64 and PowerPC; mprotect(2) takes whole pages only */
	LARGEST_PAGE = 64 << 10,
	GUARD = LARGEST_PAGE,
	PAGE_ROOM = (sizeof(struct control_page) + LARGEST_PAGE - 1) / LARGEST_PAGE * LARGEST_PAGE,
	BOARD_ROOM = LARGEST_PAGE,
	STRIDE = GUARD + AREA_SIZE,
	/*
	 * An area of which a call used more than this is given back: the suite stays small in
	 * memory.
	 */
	AREA_KEPT = 64 << 10,
};

static size_t pages_end(const struct control *control)
{
	return BOARD_ROOM + (size_t)control->endpoints * PAGE_ROOM;
}

static int open_up(const struct control *control)
{
	if (mprotect(control->base, pages_end(control), PROT_READ | PROT_WRITE))
		return -errno;
	for (unsigned i = 0; i < control->endpoints; i++) {
		if (mprotect(control_area(control, i), AREA_SIZE, PROT_READ | PROT_WRITE))
			return -errno;
	}
	return 0;
}

_Static_assert(AREA_SIZE % LARGEST_PAGE == 0, "an area does not end where a page does");
_Static_assert(sizeof(struct control_board) <= BOARD_ROOM, "the board has no room");

int control_map(struct control *control, unsigned endpoints)
{
	int err;

	control->endpoints = endpoints;
	control->size = pages_end(control) + (size_t)endpoints * STRIDE + GUARD;
	control->base = mmap(NULL, control->size, PROT_NONE,
			     MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (control->base == MAP_FAILED) {
		err = -errno;
		*control = (struct control){ 0 };
		return err;
	}
	control->board = control->base;
	err = open_up(control);
	if (err)
		control_unmap(control);
	return err;
}

void control_unmap(struct control *control)
{
	if (control->base)
		munmap(control->base, control->size);
	*control = (struct control){ 0 };
}

struct control_page *control_page(const struct control *control, unsigned endpoint)
{
	return (struct control_page *)((char *)control->base + BOARD_ROOM +
				       (size_t)endpoint * PAGE_ROOM);
}

char *control_area(const struct control *control, unsigned endpoint)
{
	return (char *)control->base + pages_end(control) + (size_t)endpoint * STRIDE + GUARD;
}

void control_reset(const struct control *control, unsigned endpoint)
{
	struct control_page *page = control_page(control, endpoint);

	if (page->area_high > AREA_KEPT)
		madvise(control_area(control, endpoint), AREA_SIZE, MADV_REMOVE);
	memset(page, 0, sizeof(*page));
}

void futex_wait(_Atomic uint32_t *word, uint32_t value, int64_t timeout_ns)
{
	struct timespec timeout = {
		.tv_sec = timeout_ns / 1000000000,
		.tv_nsec = timeout_ns % 1000000000,
	};

	while (syscall(SYS_futex, word, FUTEX_WAIT, value, timeout_ns < 0 ? NULL : &timeout, NULL,
		       0) &&
	       errno == EINTR && timeout_ns < 0)
		;
}

void futex_wake(_Atomic uint32_t *word)
{
	syscall(SYS_futex, word, FUTEX_WAKE, INT_MAX, NULL, NULL, 0);
}
