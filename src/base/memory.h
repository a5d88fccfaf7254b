/* memory.h -- memory that is there: an allocation that fails ends the program with a line that says
 * what it was for.  Everything is zeroed, has room for one element at least, and goes by free. */
#ifndef MEMORY_H
#define MEMORY_H

#include <stddef.h>

/* An array of n elements of so many bytes; `what` names them in the message. */
void *memory_array(size_t n, size_t size, const char *what)
    __attribute__((malloc, returns_nonnull));

/* The same at an address that is a multiple of `alignment`, a power of two and of sizeof(void *). */
void *memory_aligned(size_t alignment, size_t n, size_t size, const char *what)
    __attribute__((malloc, returns_nonnull));

#endif
