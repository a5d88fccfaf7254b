/* selftest.h -- whether this program, as it was compiled and on this machine, computes the bits that
 * every other one does.
 *
 * Flags that the compiler does not tell of (see bits.h), a linker's start-up code that flushes small
 * numbers to zero, a processor or emulator with a fault: each would put other numbers into the run
 * store, under the name of the right ones.  So a few kernels with known answers run first, in some
 * microseconds. */
#ifndef SELFTEST_H
#define SELFTEST_H

/* What has other bits than it should, or NULL. */
const char *selftest_failure(void);

/* Dies, naming it, if anything has. */
void selftest(void);

#endif
