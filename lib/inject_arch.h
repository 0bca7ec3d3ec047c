/* SPDX-License-Identifier: MIT */
/* Numbers of the 32-bit machine inside the 64-bit one. */
#ifndef IPCDRILL_INJECT_ARCH_H
#define IPCDRILL_INJECT_ARCH_H

#include <stdbool.h>
#include <stdint.h>

bool arch_is_native(uint32_t arch);

/* What a call of this architecture (AUDIT_ARCH_) is called here; -1: nothing. */
int arch_native_number(uint32_t arch, int number);

#endif
