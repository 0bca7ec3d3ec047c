// SPDX-License-Identifier: MIT
/* The calls for what lies in memory: mappings, locks of pthread, semaphores, segments. */
#include <pthread.h>
#include <sys/ipc.h>
#include <sys/shm.h>

#include "checks.h"
#include "memory_fixture.h"
#include "trial.h"

enum { MS = 1000000 };

START_TEST(memory_is_read_and_written)
{
	int64_t m = made("mapping", NULL, 0);

	RETURNS(5, "poke", INT(m), INT(3), BYTES("hello"));
	RETURNS(4, "peek", INT(m), INT(4), INT(4));
	GAVE_DATA("ello");
	RETURNS(0, "store", INT(m), INT(8), INT(0xfffffffe));
	RETURNS(0xfffffffe, "load", INT(m), INT(8));
	RETURNS(0xfffffffe, "add", INT(m), INT(8), INT(3));
	RETURNS(1, "load", INT(m + 8));
	COMPLAINS("no multiple of 4", "load", INT(m), INT(2));
	unmade();
}
END_TEST

START_TEST(code_runs_where_it_may)
{
	const int executable = PROT_READ | PROT_WRITE | PROT_EXEC;
	char *page = mmap(NULL, 4096, executable, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	ck_assert_ptr_ne(page, MAP_FAILED);
	RETURNS(42, "run_code", INT((intptr_t)page));
	RETURNS(42, "run_code", INT((intptr_t)page), INT(100));
}
END_TEST

START_TEST(mappings_are_made_and_moved)
{
	const int page = getpagesize(), both = PROT_READ | PROT_WRITE;
	const int anonymous = MAP_PRIVATE | MAP_ANONYMOUS;
	int64_t a;

	MAKE("mmap", INT(0), INT(2 * page), INT(both), INT(anonymous));
	ck_assert_int_eq(trial.result.error, 0);
	a = trial.result.number;
	RETURNS(1, "poke", INT(a), INT(page), BYTES("x"));
	RETURNS(0, "mprotect", INT(a), INT(page), INT(PROT_READ));
	RETURNS(0, "msync", INT(a), INT(page), INT(MS_SYNC));
	RETURNS(0, "mlock", INT(a), INT(page));
	RETURNS(0, "munlock", INT(a), INT(page));
	RETURNS(0, "madvise", INT(a), INT(2 * page), INT(MADV_DONTNEED));
	RETURNS(1, "peek", INT(a), INT(page), INT(1));
	GAVE_DATA("\0");
	RETURNS(a, "mremap", INT(a), INT(2 * page), INT(page));
	RETURNS(0, "munmap", INT(a), INT(page));
	FAILS(ENOMEM, "msync", INT(a), INT(page), INT(MS_SYNC));
	FAILS(EINVAL, "mmap", INT(0), INT(0), INT(both), INT(anonymous));
	FAILS(EBADF, "mmap", INT(0), INT(page), INT(both), INT(MAP_SHARED), INT(-1));
}
END_TEST

START_TEST(a_mutex_tells_of_its_dead_owner)
{
	int64_t m = made("shm_mutex", "robust", 1);

	RETURNS(0, "pthread_mutex_trylock", INT(m));
	FAILS(EBUSY, "pthread_mutex_trylock", INT(m));
	FAILS(ETIMEDOUT, "pthread_mutex_timedlock", INT(m), TIME(MS));
	GAVE("pthread_mutex_timedlock", "passed", 1);
	FAILS(ETIMEDOUT, "pthread_mutex_clocklock", INT(m), INT(CLOCK_MONOTONIC), TIME(0));
	FAILS(EINVAL, "pthread_mutex_timedlock", INT(m), TIME(0), LEFT_OUT, INT(1000000000));
	RETURNS(0, "pthread_mutex_unlock", INT(m));
	FAILS(EINVAL, "pthread_mutex_consistent", INT(m));
	IN_CHILD(pthread_mutex_lock((pthread_mutex_t *)(intptr_t)m));
	FAILS(EOWNERDEAD, "pthread_mutex_lock", INT(m));
	RETURNS(0, "pthread_mutex_consistent", INT(m));
	RETURNS(0, "pthread_mutex_unlock", INT(m));
	RETURNS(0, "pthread_mutex_destroy", INT(m));
	unmade();
}
END_TEST

START_TEST(types_of_mutexes)
{
	int64_t m = made("shm_mutex", "type", 1);

	FAILS(EPERM, "pthread_mutex_unlock", INT(m));
	RETURNS(0, "pthread_mutex_lock", INT(m));
	FAILS(EDEADLK, "pthread_mutex_lock", INT(m));
	unmade();
	m = made("shm_mutex", "type", 2);
	RETURNS(0, "pthread_mutex_lock", INT(m));
	RETURNS(0, "pthread_mutex_lock", INT(m));
	unmade();
	made("shm_mutex", "protocol", 1);
	unmade();
}
END_TEST

START_TEST(conditions_barriers_locks)
{
	int64_t m = made("shm_mutex", NULL, 0), other;

	RETURNS(0, "pthread_mutex_lock", INT(m));
	other = made("shm_cond", "clock", 1);
	RETURNS(0, "pthread_cond_signal", INT(other));
	RETURNS(0, "pthread_cond_broadcast", INT(other));
	FAILS(ETIMEDOUT, "pthread_cond_timedwait", INT(other), INT(m), TIME(0), LEFT_OUT, LEFT_OUT,
	      INT(CLOCK_MONOTONIC));
	GAVE("pthread_cond_timedwait", "passed", 1);
	FAILS(ETIMEDOUT, "pthread_cond_clockwait", INT(other), INT(m), TIME(0));
	RETURNS(0, "pthread_cond_destroy", INT(other));
	other = made("shm_barrier", "count", 1);
	RETURNS(PTHREAD_BARRIER_SERIAL_THREAD, "pthread_barrier_wait", INT(other));
	RETURNS(0, "pthread_barrier_destroy", INT(other));
	other = made("shm_spin", NULL, 0);
	RETURNS(0, "pthread_spin_lock", INT(other));
	FAILS(EBUSY, "pthread_spin_trylock", INT(other));
	RETURNS(0, "pthread_spin_unlock", INT(other));
	RETURNS(0, "pthread_spin_trylock", INT(other));
	other = made("shm_rwlock", "prefer", 2);
	RETURNS(0, "pthread_rwlock_rdlock", INT(other));
	RETURNS(0, "pthread_rwlock_tryrdlock", INT(other));
	FAILS(EBUSY, "pthread_rwlock_trywrlock", INT(other));
	FAILS(ETIMEDOUT, "pthread_rwlock_timedwrlock", INT(other), TIME(MS));
	RETURNS(0, "pthread_rwlock_timedrdlock", INT(other), TIME(0));
	RETURNS(0, "pthread_rwlock_unlock", INT(other));
}
END_TEST

START_TEST(semaphores)
{
	int64_t s = made(_i ? "posix_sem" : "shm_sem", "value", 1);

	RETURNS(0, "sem_wait", INT(s));
	FAILS(EAGAIN, "sem_trywait", INT(s));
	FAILS(ETIMEDOUT, "sem_timedwait", INT(s), TIME(MS));
	GAVE("sem_timedwait", "passed", 1);
	FAILS(ETIMEDOUT, "sem_clockwait", INT(s), INT(CLOCK_MONOTONIC), TIME(0));
	FAILS(EINVAL, "sem_timedwait", INT(s), TIME(0), LEFT_OUT, INT(-1));
	RETURNS(0, "sem_post", INT(s));
	RETURNS(0, "sem_getvalue", INT(s));
	GAVE("sem_getvalue", "value", 1);
	if (_i)
		RETURNS(0, "sem_close", INT(s));
	else
		RETURNS(0, "sem_destroy", INT(s));
	unmade();
	FAILS(ENOENT, "sem_open", BYTES("/ipcdrill-none"), INT(0));
	FAILS(ENOENT, "sem_unlink", BYTES("/ipcdrill-none"));
	FAILS(ENOENT, "shm_open", BYTES("/ipcdrill-none"), INT(O_RDONLY));
	FAILS(ENOENT, "shm_unlink", BYTES("/ipcdrill-none"));
	s = made("mapping", NULL, 0);
	FAILS(EINVAL, "sem_init", INT(s), INT(1), INT(INT64_C(1) << 31));
	RETURNS(0, "sem_init", INT(s), INT(1), INT(3));
	unmade();
}
END_TEST

START_TEST(segments)
{
	int64_t a = made("sysv_shm", "size", 100);

	RETURNS(channel.id, "shmget", INT(channel.key), INT(0));
	RETURNS(0, "shmctl", INT(channel.id), INT(IPC_STAT));
	GAVE("shmctl", "size", 100);
	GAVE("shmctl", "nattch", 1);
	GAVE("shmctl", "mode", 0600);
	GAVE("shmctl", "key", channel.key);
	GAVE("shmctl", "cpid", getpid());
	GAVE("shmctl", "cuid", geteuid());
	GAVE("shmctl", "dtime", 0);
	GAVE_NO("shmctl", "used");
	RETURNS(0, "shmctl", INT(channel.id), INT(IPC_SET), INT(0400));
	RETURNS(0, "shmctl", INT(channel.id), INT(IPC_STAT));
	GAVE("shmctl", "mode", 0400);
	GAVE("shmctl", "uid", geteuid());
	ck_assert_int_ge(MAKE("shmctl", INT(0), INT(SHM_INFO))->number, 0);
	ck_assert_int_ge(trial_number("shmctl", "used"), 1);
	GAVE_NO("shmctl", "size");
	ck_assert_int_ge(MAKE("shmctl", INT(0), INT(IPC_INFO))->number, 0);
	ck_assert_int_ge(trial_number("shmctl", "shmmax"), 1);
	RETURNS(0, "shmdt", INT(a));
	FAILS(EINVAL, "shmdt", INT(a));
	ck_assert_int_gt(MAKE("shmat", INT(channel.id), INT(0), INT(SHM_RDONLY))->number, 0);
	RETURNS(0, "shmctl", INT(channel.id), INT(IPC_RMID));
	RETURNS(0, "shmctl", INT(channel.id), INT(IPC_STAT));
	GAVE("shmctl", "mode", 0400 | 01000);
	unmade();
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_checked_fixture(tcase, enter_directory, leave_directory);
	tcase_add_loop_test(tcase, memory_is_read_and_written, 0, 2);
	tcase_add_loop_test(tcase, code_runs_where_it_may, 0, 2);
	tcase_add_loop_test(tcase, mappings_are_made_and_moved, 0, 2);
	tcase_add_test(tcase, a_mutex_tells_of_its_dead_owner);
	tcase_add_test(tcase, types_of_mutexes);
	tcase_add_test(tcase, conditions_barriers_locks);
	tcase_add_loop_test(tcase, semaphores, 0, 2);
	tcase_add_loop_test(tcase, segments, 0, 2);
}

int main(void)
{
	return checks_run_case("calls_memory", fill);
}
