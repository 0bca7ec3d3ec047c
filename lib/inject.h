/* SPDX-License-Identifier: MIT */
/*
 * Faults in the calls of a process and everything it forks or executes: rules become one seccomp
 * filter, and what it hands over becomes hits. It knows processes only by their numbers.
 *
 * Order: inject_compile() in the driver; fork; inject_install() in the child, inject_take() in the
 * driver; then inject_serve() whenever a descriptor of inject_pollfds() is ready or
 * inject_deadline_ns() has come; inject_close().
 */
#ifndef IPCDRILL_INJECT_H
#define IPCDRILL_INJECT_H

#include <poll.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/types.h>

#include "callers.h"
#include "deadline.h"
#include "descriptor_kind.h"
#include "fault.h"
#include "hit.h"
#include "system_v.h"
#include "trigger.h"

enum {
	INJECT_CALLS_MAX = 32,		/* numbers of one rule */
	INJECT_OBJECTS_MAX = 6,
	INJECT_NAMES_MAX = 2,
	INJECT_EFFECTS_MAX = 8,
	INJECT_POLLFDS_MAX = 64,
};

#define INJECT_NO_CALL UINT64_MAX

/* One open file, pipe or socket, however many descriptors it has. */
struct inject_object {
	dev_t device;
	ino_t inode;
	uint64_t serial;	/* of those that share an inode; 0: it tells enough */
};

/* What else a channel is known by. Legal when zero: by nothing. */
struct inject_name {
	struct sockaddr_storage address;	/* a socket's own, its peer's or the given one */
	socklen_t address_size;			/* 0: none */
	const char *posix;			/* "/NAME" of a queue, a semaphore, shared memory; NULL: none */
	enum system_v system_v;			/* which kind `id` and `key` are of */
	int id;
	int key;				/* 0: none */
	uint64_t memory;			/* where it lies in whoever makes the call */
	uint64_t memory_size;			/* 0: nowhere */
};

/* What a call must be about, besides its name. Legal when zero: anything. */
struct inject_where {
	/* its descriptor or its path is one of them */
	struct inject_object objects[INJECT_OBJECTS_MAX];
	size_t object_count;
	struct inject_name names[INJECT_NAMES_MAX];		/* or it is known by one of these */
	size_t name_count;
	enum descriptor_kind kind;	/* of its descriptor; DESCRIPTOR_OTHER: any */
	/* pattern for the path argument, the socket's path, or what the descriptor has open */
	const char *path;
	uint64_t size_min;	/* bytes asked for, both included */
	uint64_t size_max;	/* 0: no limit */
};

struct inject_effect {
	const struct fault *fault;
	int64_t operand;
};

struct inject_rule {
	/* by whoever resolves it */
	const char *name;
	enum hit_point point;
	int numbers[INJECT_CALLS_MAX];
	size_t number_count;
	struct inject_where where;
	struct inject_effect effects[INJECT_EFFECTS_MAX];
	size_t effect_count;
	bool is_blind;		/* nobody asks whether it fired: the kernel may answer by itself */
	/*
	 * Its calls have no identity: sigaction(2) is notified, too, and only after the first are
	 * restarted calls looked for. Else they are looked for at each call, which doubles its
	 * price. A signal without SA_RESTART that arrives in the microseconds before such a
	 * notification is received makes sigaction(2) fail with EINTR.
	 */
	bool watches_handlers;

	/* also while it runs */
	struct trigger trigger;
	bool is_due;		/* at the call that is looked at */
	/* by inject_compile(): the kernel answers by itself, and nothing is counted */
	bool is_static;
};

/* A filter, for any number of processes. Legal when zero: nothing to install. */
struct inject_filter {
	struct sock_filter *code;
	unsigned short length;
	bool has_listener;
	bool watches_handlers;

	/* for tests, after inject_compile() */
	/* as on kernels before 5.19: signals take received notifications back, too */
	bool is_impatient;
};

/* Numbers of the calls that a program makes for this name; 0: there is no such call. */
size_t inject_calls(const char *name, int *numbers, size_t max);
/* The name of a system call, or NULL; valid until the next call of this. */
const char *inject_call_name(int number);

/* Of an open descriptor. 0 or -errno. */
int inject_object_of(int fd, struct inject_object *object);

/* 0 or -errno. Decides which rules are static. */
int inject_compile(struct inject_rule *rules, size_t count, struct inject_filter *filter);
/* A filter that notifies each and every call, for those who want to know them all. */
int inject_compile_all(struct inject_filter *filter);
void inject_filter_free(struct inject_filter *filter);

/* What is known of a rule's channel before anything runs. */
enum inject_nature {
	INJECT_MESSAGES = 1,	/* datagrams, packets, queues: a message is taken whole */
	INJECT_ANCILLARY = 2,	/* the call carries descriptors or credentials */
	INJECT_DELEGATED = 4,	/* the process carries out the orders of the exit point itself */
};

/* True if none of its calls can be made on anything but a socket. */
bool inject_needs_socket(const struct inject_rule *rule);

/* NULL, or why this rule could never be carried out. */
const char *inject_refusal(const struct inject_rule *rule, unsigned nature);

/* Where driver and new process meet: in memory that both share. Zeroed before the fork. */
struct inject_port {
	_Atomic int32_t listener;	/* by the process: its descriptor + 1, or -errno */
	_Atomic uint32_t taken;		/* by the driver */
	/* by the process: 1: it watches, and had none; 2: it had some */
	_Atomic uint32_t handlers;
	/* by the process: signals take received notifications back */
	_Atomic uint32_t is_impatient;
	_Atomic uint32_t is_open;	/* by the process: it makes calls of its own from here on */
};

/*
 * In the new process, just before it runs what is to be disturbed; only async-signal-safe. No
 * privileges are needed, but set-uid programs lose theirs. Returns when the driver has the
 * listener. 0 or -errno: EBUSY: there is a listener already, and the kernel allows one; EINVAL,
 * ENOSYS: no listeners on this kernel.
 */
int inject_install(const struct inject_filter *filter, struct inject_port *port);

/*
 * Can a child of ours install this filter, and can we have its listener? Makes one to find out,
 * which makes no call itself. 0 or -errno, as inject_install().
 */
int inject_try(const struct inject_filter *filter);

enum inject_what {
	INJECT_FIRED,		/* a rule fires at this call */
	INJECT_REFUSED,		/* it fired, and could not be carried out: hit->refusal */
	INJECT_DONE,		/* everything the rules wanted with this call is done: hit->end */
};

struct inject {
	/* by the caller, before inject_take() */
	struct inject_rule *rules;
	size_t rule_count;
	/* Each new call that is notified, before the rules; NULL: nobody asks. */
	void (*called)(void *context, const struct hit *hit);
	void (*noted)(void *context, enum inject_what what, const struct inject_rule *rule,
		      const struct hit *hit);
	/*
	 * The process's own number of the call it is in, never used twice; 0: it does not know;
	 * INJECT_NO_CALL: this is none that it was asked to make, so no rule is about it. NULL:
	 * never known.
	 */
	uint64_t (*identify)(void *context, pid_t tid);
	/*
	 * True if the process was told to carry out the orders of the exit point itself, when its
	 * call has returned: that is right for every call. NULL: it cannot be told.
	 */
	bool (*delegate)(void *context, const struct hit *hit);
	void *context;
	/* for tests: as on kernels whose listeners do not say that nobody is left */
	bool is_deaf;

	/* by inject_take() */
	int listener_fd;
	int pidfd;
	pid_t pid;
	struct inject_port *port;

	/* as it goes */
	struct callers callers;
	struct target target;
	struct hit *hits;		/* not over */
	uint64_t open_gates;
	uint64_t notifications;
	bool is_headless;		/* the process itself is dead; its descendants may not be */
	bool is_over;			/* nobody is left who could make a call */
};

/*
 * In the driver, once for each installed filter with a listener. 0 or -errno: ESRCH: it died first.
 */
int inject_take(struct inject *inject, struct inject_port *port, pid_t pid,
		const struct deadline *deadline);

/* Receives and answers all that can be, without waiting. How many notifications, or -errno. */
int inject_serve(struct inject *inject);

/*
 * The same after poll(2) has announced one on the listener: receives just that. Asking whether
 * there are more costs as much as waiting for the next, and most often there are none.
 */
int inject_serve_announced(struct inject *inject);

/* What a driver's loop waits for besides its own things, the listener first. How many. */
size_t inject_pollfds(const struct inject *inject, struct pollfd *fds, size_t max);
/* When the next delay ends; INT64_MAX: none. */
int64_t inject_deadline_ns(const struct inject *inject);

/* The hit that holds this thread, or NULL. */
const struct hit *inject_held(const struct inject *inject, pid_t tid);

/* Opens a gate for good. */
void inject_release(struct inject *inject, unsigned gate);

/* This process was just sent SIGSTOP. */
void inject_stopping(struct inject *inject, pid_t tid);

/*
 * A process was stopped while it was asleep in its call, and is about to be continued: what it then
 * makes again is no new call. Not needed for stops that a fault made.
 */
void inject_continuing(struct inject *inject, pid_t tid);

/*
 * The process itself is known to be dead: its pidfd wakes nobody any more. Its descendants are
 * still served.
 */
void inject_process_died(struct inject *inject);

/* Lets everybody go, and closes. Whoever is still there finds that its calls fail with ENOSYS. */
void inject_close(struct inject *inject);

#endif
