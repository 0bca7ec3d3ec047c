/* SPDX-License-Identifier: MIT */
/* One message, as it is kept until it is printed. */
#ifndef IPCDRILL_DIAG_MESSAGE_H
#define IPCDRILL_DIAG_MESSAGE_H

#include "diag.h"

struct diag_message {
	char *path;
	struct location where;
	char *text;
	char *help;
	/*
	 * The part of the source line that is shown: from byte `skipped` on, and whether more
	 * follows.
	 */
	char *shown;
	size_t shown_length;
	size_t skipped;
	bool more;
	/* Where the line starts: the next message of the same text is likely near. */
	const char *source_text;
	size_t source_length;
	size_t line_offset;
};

#endif
