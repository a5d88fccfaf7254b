/* bits.h -- refuses compilers and flags that change the bits of a result.
 *
 * The Makefile has every file read it first, and gives its own flags last, which undo what they can:
 * contraction, reassociation, reciprocals, signs of zeros.  What is still in force here would put
 * other numbers into the run store, under the name of the right ones.  selftest.h tests the rest when
 * a program runs. */
#ifndef BITS_H
#define BITS_H

#include <float.h>

#if defined __FAST_MATH__ || defined __FINITE_MATH_ONLY__ && __FINITE_MATH_ONLY__
#error "-Ofast, -ffast-math, -ffinite-math-only change results: not in CC, OPT, EXTRA"
#endif
#if defined __ASSOCIATIVE_MATH__ || defined __RECIPROCAL_MATH__ || defined __NO_SIGNED_ZEROS__
#error "a part of -ffast-math changes results: not in CC, OPT, EXTRA"
#endif
#if !defined FLT_EVAL_METHOD || FLT_EVAL_METHOD != 0
#error "floats get more digits than they have: no -mfpmath=387; -m32 needs -mfpmath=sse"
#endif
#if defined __GCC_IEC_559 && __GCC_IEC_559 < 2
#error "not the arithmetic of IEEE 754: see the -f flags in CC, OPT, EXTRA"
#endif
#if FLT_RADIX != 2 || FLT_MANT_DIG != 24 || DBL_MANT_DIG != 53
#error "float and double are not those of IEEE 754: this machine cannot compute the same bits"
#endif

#endif
