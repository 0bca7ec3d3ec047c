/* SPDX-License-Identifier: MIT */
/*
 * What goes wrong, on standard error. Not warn(), which writes in pieces and loses those that a
 * signal interrupts.
 */
#ifndef SAY_H
#define SAY_H

/* A line of its own, with the program's name and, unless it is 0, what the error means. */
__attribute__((format(printf, 2, 3)))
void say(int error, const char *format, ...);

#endif
