#pragma once
#include <malloc.h>

// Gives memory that is free back to the system; a C library other than glibc decides that by itself.
static inline void mitplan_trim_memory(void) {
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}
