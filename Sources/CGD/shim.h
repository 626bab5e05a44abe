#pragma once
#include <gd.h>
#include <stdarg.h>

// The callback for errors takes a `va_list`, which Swift does not import: errors are told by what functions return.
static inline void mitplan_gdSilent(int priority, const char *format, va_list arguments) {
    (void)priority;
    (void)format;
    (void)arguments;
}
static inline void mitplan_gdSilence(void) { gdSetErrorMethod(mitplan_gdSilent); }
