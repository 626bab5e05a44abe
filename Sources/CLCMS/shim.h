#pragma once
#include <lcms2.h>

// How a pixel of gd lies in memory: seven bits of transparency, which the transformation leaves as they are, red, green and
// blue in the bytes of a number. The formats are macros, which Swift does not import.
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
static const cmsUInt32Number MITPLAN_LCMS_PIXEL = TYPE_ARGB_8;
#else
static const cmsUInt32Number MITPLAN_LCMS_PIXEL = TYPE_BGRA_8;
#endif
static const cmsUInt32Number MITPLAN_LCMS_PERCEPTUAL = INTENT_PERCEPTUAL;
