// SPDX-License-Identifier: MIT
/* The transports: one file each, and its line here. */
#include <stddef.h>
#include <string.h>

#include "transport.h"

extern const struct transport transport_file, transport_pipe, transport_fifo, transport_socketpair,
	transport_unix, transport_tcp, transport_mq, transport_msg, transport_shm;

const struct transport *const transports[] = {
	&transport_file, &transport_pipe, &transport_fifo, &transport_socketpair, &transport_unix,
	&transport_tcp,  &transport_mq,   &transport_msg,  &transport_shm,        NULL,
};

const struct transport *transport_find(const char *name)
{
	for (const struct transport *const *transport = transports; *transport; transport++)
		if (!strcmp((*transport)->name, name))
			return *transport;
	return NULL;
}
