/* SPDX-License-Identifier: MIT */
/* What a program was given, looked at by that program. */
#ifndef DESCRIPTORS_H
#define DESCRIPTORS_H

enum { DESCRIPTORS_HAS = 3 };

/* An exit status: DESCRIPTORS_HAS if one of them is the file of this name, else 0. */
int descriptors_has(const char *name);

#endif
