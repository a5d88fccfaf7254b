#include "memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "die.h"

static _Noreturn void refuse(size_t n, size_t size, const char *what)
{
    die("memory is short for %s: %zu times %zu bytes", what, n, size);
}

void *memory_array(size_t n, size_t size, const char *what)
{
    void *array = calloc(n > 0 ? n : 1, size);
    if (!array)
        refuse(n, size, what);
    return array;
}

void *memory_aligned(size_t alignment, size_t n, size_t size, const char *what)
{
    void *array = NULL;
    const size_t room = n > 0 ? n : 1;
    if (room > SIZE_MAX / size || posix_memalign(&array, alignment, room * size) != 0)
        refuse(n, size, what);
    return memset(array, 0, room * size);
}
