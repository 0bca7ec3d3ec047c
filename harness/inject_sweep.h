/* SPDX-License-Identifier: MIT */
/* A run for every point at which a call can go wrong. */
#ifndef IPCDRILL_INJECT_SWEEP_H
#define IPCDRILL_INJECT_SWEEP_H

#include <stdio.h>

#include "command.h"
#include "inject_program.h"
#include "inject_request.h"

/* The table goes to `out`. */
enum exit_status inject_sweep(const struct inject_request *request,
			      const struct inject_program *program, FILE *out);

#endif
