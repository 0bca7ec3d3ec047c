/* SPDX-License-Identifier: MIT */
/* What this machine can do, found out by doing it, and why not. */
#ifndef IPCDRILL_PLATFORM_H
#define IPCDRILL_PLATFORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "value.h"

struct finding {
	struct value value;	/* what `requires` sees: 1 or 0, a number, a version */
	char reason[160];	/* why not, or what was found: "CAP_SYS_RESOURCE is not in the effective set" */
};

/*
 * A name usable in `requires`, `let` and `deviates`. look() runs once a process; the caller caches.
 */
struct probe {
	const char *name;		/* "cap_sys_resource", "kernel", "sysctl" */
	const char *summary;
	const char *argument;		/* what it takes, for messages: "a sysctl's name"; NULL: nothing */
	void (*look)(const char *argument, struct finding *finding);
};

/*
 * Settings of IPC and network namespaces (ipc_namespaces(7), network_namespaces(7)) are asked in a
 * new one, as the sandbox of a test has them. After this, which comes before the first look, they
 * are asked here.
 */
void platform_without_sandbox(void);

const struct probe *probe_find(const char *name);
const struct probe *probe_all(size_t *count);

/* Tiers that doctor prints: how well each of the engine's needs is met here. */
struct tier {
	const char *need;		/* "sandbox", "blocked", "injection", "timing" */
	char grade[32];			/* "full", "process", "none" ... */
	char detail[200];
};

enum { TIERS_MAX = 8 };
size_t platform_tiers(struct tier tiers[TIERS_MAX]);

#endif
