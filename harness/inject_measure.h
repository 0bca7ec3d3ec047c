/* SPDX-License-Identifier: MIT */
/* The undisturbed program, with which all runs of a sweep are compared. */
#ifndef IPCDRILL_INJECT_MEASURE_H
#define IPCDRILL_INJECT_MEASURE_H

#include <stdbool.h>

#include "inject_profile.h"
#include "inject_trial.h"

/* Legal when zero; its profile is freed by whoever has it. */
struct sweep_measure {
	struct inject_trial trial; /* the undisturbed run */
	struct inject_profile profile;
	bool has_steady_output; /* a second one wrote the same; else outputs are not compared */
};

/* 0, or the status to exit with after a message. */
int sweep_measure_take(struct sweep_measure *measure, const struct trial_setting *setting);

#endif
