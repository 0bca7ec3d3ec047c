/* SPDX-License-Identifier: MIT */
/*
 * What the parts of resolve share. Private to resolve*.c. A function that gives NULL, false or -1 has reported why.
 * A resolver works on one file, a scene is one of its scenarios, a variant is one choice of the scene's parameters.
 */
#ifndef IPCDRILL_RESOLVE_H
#define IPCDRILL_RESOLVE_H

#include "plan.h"

enum {
	STRING_FOLDED_MAX = 256 << 20,		/* bytes of joined and repeated strings in one file */
	VARIANTS_MAX = 10000,			/* of one scenario */
	NAMES_MAX = 1024,			/* declared in one scenario */
	FILE_STEPS_MAX = 5 * PLAN_STEPS_MAX,	/* of all variants of all scenarios of a file */
	BUCKETS = 256,
	NOBODY = -1,
};

struct resolver {
	struct suite *suite;
	const struct scenario_file *file;
	const char *id_base;
	struct diag *diag;
	struct obstack scratch;			/* forgotten at the end of the file */
	struct complaint *complaints[BUCKETS];	/* places that have their error already */
	size_t error_count;
	struct folded *folded[BUCKETS];
	size_t folded_bytes;
	size_t step_count;			/* of all variants so far */
};

enum name_kind { NAME_ENDPOINT, NAME_CHANNEL, NAME_PARAMETER, NAME_LET, NAME_VARIABLE, NAME_FAULT, NAME_GATE };

/* Something declared. */
struct name {
	enum name_kind kind;
	const char *text;
	struct location where;
	const struct decl *decl;		/* NULL for variables of repeat and for gates */
	int index;				/* of endpoints and channels: in the plan */
	bool used;				/* in any variant */
	/* in the variant at hand */
	struct value value;			/* of constants; VALUE_NONE: not known yet */
	bool failed;				/* its declaration has an error: say nothing more about it */
	struct name *next;
};

/* A place where a step binds a name. */
struct site {
	const char *text;
	const char *endpoint;
	struct location where;
	bool used;
	bool descriptor;			/* holding it open is use enough */
	struct site *next;
};

struct scene {
	struct resolver *resolver;
	const struct scenario *scenario;
	struct name *names;
	int name_count;
	struct site *sites[BUCKETS];		/* by line */
	const struct decl *run;			/* the run or race block; NULL: none */
	int endpoint_count;
	int channel_count;
	bool has_checks;
	struct axis *axes;			/* parameters, in order */
};

/* What an endpoint's name stands for while its steps are read. */
struct bound {
	const char *text;
	int slot;
	struct site *site;
	enum { BOUND_NOW, BOUND_LATER, BOUND_LOST } state;
	struct bound *next;
};

enum life { LIFE_ABSENT, LIFE_ALIVE, LIFE_UNSURE, LIFE_DEAD };

struct player {
	const struct name *name;
	bool is_program;
	bool by_fork;
	enum life life;
	const char *ending;			/* "killed", "exited": why it is dead */
	struct location since;			/* where it ended, forked or stopped */
	bool restarted;
	bool stopped;
	bool confused;				/* one of its steps has an error: what follows from that is no news */
	const struct call *pending;		/* asleep in it, as far as the steps say */
	struct location pending_where;
	int pending_action;
	uint8_t holds[CHANNELS_MAX];		/* bits of 1 << enum channel_side */
	struct bound *bindings;
};

struct variant {
	struct scene *scene;
	struct plan *plan;
	struct step *steps;			/* moved into the plan when complete */
	size_t step_capacity;
	struct action *actions;
	size_t action_capacity;
	struct player players[ENDPOINTS_MAX];
	struct name *variables;			/* of the repeats around */
	size_t turns;				/* of all repeats */
	bool in_race;				/* no order between endpoints: nothing is known of who does what when */
	bool rehearsing;			/* a part that does not happen here: looked at for its errors only */
	const char *finding;			/* what the last probe said */
};

/* Where an expression stands: what names mean there. */
enum channel_meaning { CHANNEL_NONE, CHANNEL_END, CHANNEL_ADDRESS };

struct setting {
	int endpoint;				/* whose bindings and ends; or NOBODY */
	enum channel_meaning channel;
	bool processes;				/* endpoints stand for their pids */
	bool outcomes;				/* EOF, GONE, ANY */
	bool outside;				/* facts, and the bindings of all endpoints */
	bool probes;				/* names of probes */
	bool words;				/* a name that nobody declared is a plain word */
	const char *place;			/* "size of read()": for messages */
};

/* resolve_say.c: messages, memory, suggestions */
__attribute__((format(printf, 4, 5)))
void resolve_error(struct resolver *resolver, struct location where, const char *help, const char *format, ...);
__attribute__((format(printf, 2, 3)))
const char *resolve_text(struct resolver *resolver, const char *format, ...);
/* The plan is complete but for this: "race". Only the first is kept. */
void resolve_unsupported(struct variant *variant, struct location where, const char *what);
/* Zeroed, and kept with the plans. */
void *resolve_keep(struct resolver *resolver, size_t size);
const char *resolve_keep_text(struct resolver *resolver, const char *text, size_t length);
void *resolve_scratch(struct resolver *resolver, size_t size);

/* resolve_nearest.c: names that could stand in a place, gathered to look for the nearest. Legal when zero. */
struct candidates {
	const char **names;
	size_t count;
	size_t capacity;
	size_t next;
};

void candidates_add(struct candidates *candidates, const char *name);
void candidates_add_list(struct candidates *candidates, const char *const *names);	/* ends with NULL */
void candidates_add_calls(struct candidates *candidates);
void candidates_add_mechanisms(struct candidates *candidates);
void candidates_add_probes(struct candidates *candidates);
void candidates_add_names(struct candidates *candidates, const struct scene *scene, unsigned kinds);
void candidates_add_values(struct candidates *candidates, const struct variant *variant,
			   const struct setting *setting);
/* "did you mean fifo?" or `otherwise`; empties the list. */
const char *candidates_help(struct candidates *candidates, struct resolver *resolver, const char *name,
			    const char *otherwise);
/* Index in a list that ends with NULL, or -1. */
int list_index(const char *const *names, const char *name);
/* A call of the language that cannot be made yet. */
bool call_is_planned(const char *name);

/* resolve_names.c: what is declared in a scene */
void scene_gather(struct scene *scene);
/* Complains about a name that means something already. */
bool scene_may_name(struct scene *scene, const char *text, struct location where);
struct name *scene_find(const struct scene *scene, const char *text);
/* An endpoint by the word that stands where one must: its index, or -1. Counts as use if `use`. */
int scene_endpoint(struct scene *scene, const char *text, struct location where, bool use);
struct site *scene_site(struct scene *scene, struct location where);
const char *name_kind_text(enum name_kind kind);
/* resolve_unused.c */
void scene_report_unused(struct scene *scene);
bool scene_has_checks(const struct scene *scene);

/* resolve_across.c: parameters and ids */
void scene_resolve(struct scene *scene);
/* The values that are chosen in this variant, given to their names. */
bool axes_apply(struct variant *variant);
const char *scene_id(struct scene *scene);
char *resolve_slug(struct resolver *resolver, const char *title);

/* resolve_label.c */
const char *expr_label(struct resolver *resolver, const struct expr *expr);

/* resolve_variant.c */
void variant_resolve(struct scene *scene);

/* resolve_channel.c */
void variant_channel(struct variant *variant, struct name *name, const struct expr *mechanism, const struct ends *ends);
bool expr_names_mechanism(const struct expr *expr);

/* resolve_expr.c */
const struct operand *resolve_expr(struct variant *variant, const struct expr *expr, const struct setting *setting);
/* The same, if it is known before the run. */
bool resolve_constant(struct variant *variant, const struct expr *expr, const struct setting *setting,
		      struct value *value);
bool resolve_number(struct variant *variant, const struct expr *expr, const char *place, int64_t least, int64_t most,
		    int64_t *number);
const struct operand *operand_constant(struct variant *variant, const struct value *value);
/* What it will be when evaluated; VALUE_ANY if that cannot be told. */
enum value_kind operand_expects(const struct operand *operand);
const char *value_kind_text(enum value_kind kind);

/* resolve_name.c: names in expressions */
const struct operand *resolve_name(struct variant *variant, const struct expr *expr, const struct setting *setting);
const struct operand *resolve_binding(struct variant *variant, const struct expr *expr, int endpoint,
				      struct bound *bound);
struct bound *player_bound(const struct player *player, const char *text);

/* resolve_end.c */
const struct operand *resolve_end(struct variant *variant, const struct expr *expr, const struct name *channel,
				  const struct setting *setting);
const struct operand *resolve_member(struct variant *variant, const struct expr *expr, const struct setting *setting);

/* resolve_question.c: names with brackets in expressions */
const struct operand *resolve_question(struct variant *variant, const struct expr *expr,
				       const struct setting *setting);
bool resolve_probe(struct variant *variant, const struct expr *expr, struct value *value);
size_t expr_count(const struct expr *list);

/* resolve_fold.c */
const struct operand *resolve_fold(struct variant *variant, const struct expr *expr, const struct operand *left,
				   const struct operand *right);

/* resolve_call.c */
/* False: has errors. `action` is filled in. */
bool resolve_call(struct variant *variant, int endpoint, const struct expr *expr, struct action *action);
const char *call_signature(struct resolver *resolver, const struct call *call);
/* An unwrapped call: when() taken off; *happens tells whether its condition holds. NULL: errors. */
const struct expr *resolve_when(struct variant *variant, const struct expr *expr, bool *happens);

/* resolve_argument.c */
const struct operand *resolve_argument(struct variant *variant, int endpoint, const struct call *call, size_t index,
				       const struct expr *expr);

/* resolve_want.c */
bool resolve_want(struct variant *variant, int endpoint, const struct tail *tail, const struct call *call,
		  struct want *want);
/* Index of an out-parameter by the word that names it, or -1. */
int resolve_out(struct variant *variant, const struct call *call, const struct word *word);
/* True if, as far as this is known now, the call gives an error and so binds nothing. */
bool want_is_failure(const struct want *want);
/* True if the endpoint may die in it. */
bool want_may_end(const struct want *want);

/* resolve_bind.c */
bool resolve_bindings(struct variant *variant, int endpoint, const struct statement *statement, const struct want *want,
		      struct action *action);
/* The pending call returned, or failed: what it was to bind is bound, or never will be. */
void player_bind_pending(struct player *player, bool failed);
void player_lose_bindings(struct player *player);
void player_inherit(struct variant *variant, struct player *child, const struct player *parent);

/* resolve_steps.c */
void variant_steps(struct variant *variant, const struct statement *body);
/* NULL: too many. */
struct step *variant_step(struct variant *variant, enum step_kind kind, struct location where, int endpoint);

/* resolve_life.c: what the steps so far say about an endpoint */
void players_begin(struct variant *variant, const struct statement *body);
/* It exists and is alive, as far as that is known. */
bool player_is_there(struct variant *variant, int endpoint, struct location where);
/* And it has no call pending. */
bool player_may_act(struct variant *variant, int endpoint, struct location where);
void player_ends(struct variant *variant, int endpoint, struct location where, const char *ending);

/* resolve_do.c */
void resolve_do(struct variant *variant, const struct statement *statement);
void resolve_await(struct variant *variant, const struct statement *statement);

/* resolve_planned.c: looked at, but not built yet */
void resolve_fault(struct variant *variant, const struct decl *decl);
void resolve_race(struct variant *variant, const struct decl *decl);
void resolve_invariants(struct variant *variant, const struct decl *decl);
void resolve_outcomes(struct variant *variant, const struct decl *decl);
void resolve_program(struct variant *variant, const struct decl *decl);
void resolve_planned_call(struct variant *variant, int endpoint, const struct expr *expr);
bool resolve_ledger_subject(struct variant *variant, const struct expr *expr, const struct setting *setting);

#endif
