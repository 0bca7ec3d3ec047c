/* SPDX-License-Identifier: MIT */
/*
 * What resolve knows while it works. Private to resolve*.c. A resolver works on one file, a scene
 * is one of its scenarios, a variant is one choice of the scene's parameters.
 */
#ifndef IPCDRILL_RESOLVE_STATE_H
#define IPCDRILL_RESOLVE_STATE_H

#include "plan.h"

enum {
	FILE_BYTES_MAX = 64 << 20, /* of lists, and of joined and repeated strings */
	VARIANTS_MAX = 10000, /* of one scenario */
	NAMES_MAX = 1024, /* declared in one scenario */
	FILE_STEPS_MAX = 5 * PLAN_STEPS_MAX, /* of all variants of all scenarios of a file */
	FILE_EXPRS_MAX = 20000000, /* resolved for all of these, part by part */
	FILE_ERRORS_MAX = 1000, /* more are not looked for */
	BUCKETS = 256,
	NOBODY = -1,
};

/* First in whatever is found by a hash. */
struct entry {
	struct entry *next;
	uintptr_t hash;
};

/* In the resolver's scratch memory. Legal when zero. */
struct table {
	struct entry **buckets;
	size_t bucket_count;
	size_t count;
};

struct resolver {
	struct suite *suite;
	const struct scenario_file *file;
	const char *id_base;
	struct diag *diag;
	struct obstack scratch; /* forgotten at the end of the file */
	struct complaint *complaints[BUCKETS]; /* places that have their error already */
	size_t complaint_count;
	size_t error_count; /* with those that were not told: they follow from others */
	bool stopped; /* too many errors */
	const bool *damaged_lines; /* those with errors of syntax, by number */
	int damaged_count;
	const char *cursor; /* a line of the text, and its number */
	int cursor_line;
	struct {
		const char *name;
		const struct call *call;
	} calls[BUCKETS]; /* looked up last, by where their name stands */
	struct table folded; /* what operators made of what */
	size_t kept_bytes; /* of strings and lists */
	size_t expr_count; /* resolved so far */
	struct table lists;
	struct table operands;
	size_t step_count; /* of all variants so far */
	size_t turn_count; /* of all their repeats */
};

enum name_kind {
	NAME_ENDPOINT,
	NAME_CHANNEL,
	NAME_PARAMETER,
	NAME_LET,
	NAME_VARIABLE,
	NAME_FAULT,
	NAME_GATE,
};

/* Something declared. */
struct name {
	enum name_kind kind;
	const char *text;
	struct location where;
	const struct decl *decl; /* NULL for variables of repeat and for gates */
	/* in the plan, of endpoints, channels, faults and gates; -1: a fault with errors */
	int index;
	bool by_fork; /* an endpoint that a step makes */
	bool used; /* in any variant */
	/* in the variant at hand */
	struct value value; /* of constants; VALUE_NONE: not known yet */
	bool failed; /* its declaration has an error: say nothing more about it */
	struct name *next;
};

/* A place where a step binds a name. */
struct site {
	const char *text;
	struct location where;
	bool used;
	bool resolved; /* in any variant */
	bool descriptor; /* holding it open is use enough */
	struct site *next;
};

struct scene {
	struct resolver *resolver;
	const struct scenario *scenario;
	struct name *names;
	int name_count;
	struct site *sites[BUCKETS]; /* by text */
	const struct decl *run; /* the run or race block; NULL: none */
	int endpoint_count;
	int channel_count;
	int gate_count;
	bool damaged; /* its text has errors of syntax: what is not in the tree may only be lost */
	size_t errors_before; /* of the scenarios above */
	struct axis *axes; /* parameters, in order */
	struct told *told; /* names that nobody declared and that were complained about */
	struct words *words; /* of its text, once somebody asks */
};

/* What a name of an endpoint's own stands for while its steps are read. */
struct bound {
	const char *text;
	int slot;
	struct site *site;
	bool inherited; /* from the process that forked this one: the slot is the parent's */
	enum { BOUND_NEVER, BOUND_NOW, BOUND_LATER, BOUND_LOST } state, before; /* it is pending */
	struct bound *next;
};

enum life { LIFE_ABSENT, LIFE_ALIVE, LIFE_UNSURE, LIFE_DEAD };

struct player {
	const struct name *name;
	bool is_program;
	enum life life;
	const char *ending; /* "killed", "exited": why it is dead */
	struct location since; /* where it ended or was stopped */
	bool restarted;
	bool stopped;
	bool confused; /* one of its steps has an error: what follows from that is no news */
	const struct call *pending; /* asleep in it, as far as the steps say */
	struct location pending_where;
	int pending_action;
	uint8_t holds[CHANNELS_MAX]; /* bits of 1 << enum channel_side */
	struct bound *bindings;
};

struct variant {
	struct scene *scene;
	struct plan *plan;
	struct step *steps; /* moved into the plan when complete */
	size_t step_capacity;
	struct action *actions;
	size_t action_capacity;
	struct table made; /* those that steps share */
	struct player players[ENDPOINTS_MAX];
	struct name *variables; /* of the repeats around */
	bool confused; /* somebody is: see struct player */
	bool in_race; /* no order between endpoints: nothing is known of who does what when */
	bool rehearsing; /* a part that does not happen here: looked at for its errors only */
	const char *finding; /* what the last probe said */
};

static inline struct resolver *resolver_of(const struct variant *variant)
{
	return variant->scene->resolver;
}

/* Where an expression stands: what names mean there. */
enum channel_meaning {
	CHANNEL_NONE,
	CHANNEL_END,
	CHANNEL_ADDRESS,
	CHANNEL_OBJECT,
	CHANNEL_ID,
	CHANNEL_KEY,
	CHANNEL_WORD, /* by what a program finds it: its key, or its address */
};

struct setting {
	int endpoint; /* whose bindings and ends; or NOBODY */
	enum channel_meaning channel;
	bool processes; /* endpoints stand for their pids */
	bool outcomes; /* EOF, GONE, ANY */
	bool outside; /* facts, and the bindings of all endpoints */
	bool probes; /* names of probes */
	bool words; /* a name that nobody declared is a plain word */
	bool choices; /* and so is one that a parameter can be */
	const char *place; /* "a timeout", or "size" of a call: for messages */
	const char *call; /* NULL: of none */
};

#endif
