#pragma once
#include <malloc.h>

// Gives memory that is free back to the system; a C library other than glibc decides that by itself.
static inline void mitplan_trim_memory(void) {
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

// Has pieces from 1 MiB on given back to the system as soon as they are free, and the end of each heap from 4 MiB on. By
// itself glibc keeps ever larger ones for later, up to 32 MiB, once one of that size was freed. Another C library decides
// that by itself.
static inline void mitplan_give_back_large_memory(void) {
#ifdef __GLIBC__
    mallopt(M_MMAP_THRESHOLD, 1 << 20);
    mallopt(M_TRIM_THRESHOLD, 4 << 20);
#endif
}
