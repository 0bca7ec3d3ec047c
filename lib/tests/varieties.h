/* SPDX-License-Identifier: MIT */
/* For tests of mechanisms: every one that carries bytes, in every form. */
#ifndef IPCDRILL_TESTS_VARIETIES_H
#define IPCDRILL_TESTS_VARIETIES_H

#include "channel_fixture.h"

/* All that can be made: mechanism, form, and an option where that makes other objects. */
static const struct variety {
	const char *mechanism;
	unsigned form;
	const char *option;
	int64_t value;
	bool is_message;	/* no end of file, whole messages */
} varieties[] = {
	{ "pipe", FORM_FROM_TO, NULL, 0, false },
	{ "pipe", FORM_FROM_TO, "size", 4096, false },
	{ "pipe", FORM_FROM_TO, "packet", 1, false },
	{ "fifo", FORM_NAMED, NULL, 0, false },
	{ "fifo", FORM_FROM_TO, NULL, 0, false },
	{ "fifo", FORM_FROM_TO, "size", 8192, false },
	{ "fifo", FORM_HELD_BY, NULL, 0, false },
	{ "file", FORM_NAMED, NULL, 0, false },
	{ "file", FORM_FROM_TO, NULL, 0, false },
	{ "file", FORM_HELD_BY, NULL, 0, false },
	{ "unix_stream", FORM_NAMED, NULL, 0, false },
	{ "unix_stream", FORM_FROM_TO, NULL, 0, false },
	{ "unix_stream", FORM_BETWEEN, NULL, 0, false },
	{ "unix_stream", FORM_FROM_TO, "address", 1, false },
	{ "unix_seqpacket", FORM_NAMED, NULL, 0, false },
	{ "unix_seqpacket", FORM_FROM_TO, NULL, 0, false },
	{ "unix_seqpacket", FORM_BETWEEN, "address", 1, false },
	{ "unix_dgram", FORM_NAMED, "address", 1, true },
	{ "unix_dgram", FORM_FROM_TO, NULL, 0, true },
	{ "unix_dgram", FORM_FROM_TO, "address", 1, true },
	{ "unix_dgram", FORM_BETWEEN, NULL, 0, true },
	{ "unix_dgram", FORM_BETWEEN, "address", 1, true },
	{ "socketpair", FORM_FROM_TO, NULL, 0, false },
	{ "socketpair", FORM_BETWEEN, "type", 1, true },
	{ "socketpair", FORM_BETWEEN, "type", 2, false },
	{ "tcp", FORM_NAMED, NULL, 0, false },
	{ "tcp", FORM_FROM_TO, NULL, 0, false },
	{ "tcp", FORM_BETWEEN, NULL, 0, false },
	{ "udp", FORM_NAMED, NULL, 0, true },
	{ "udp", FORM_FROM_TO, NULL, 0, true },
	{ "udp", FORM_BETWEEN, NULL, 0, true },
	{ "eventfd", FORM_HELD_BY, NULL, 0, true },
	{ "memfd", FORM_HELD_BY, "size", 4096, true },
	{ "pty", FORM_BETWEEN, "raw", 1, true },
};
enum { VARIETY_COUNT = sizeof(varieties) / sizeof(*varieties) };

static inline struct channel planned_variety(int i)
{
	const struct variety *v = &varieties[i];

	return planned(v->mechanism, v->form, v->option, v->value);
}

#endif
