#pragma once
#include <png.h>
#include <string.h>

// Decodes a file into `width` × `height` pixels of blue, green, red and opacity, a byte each; 0 where it cannot. The
// constants are macros, which Swift does not import. This way of libpng keeps its messages to itself, while the one that
// gd goes writes warnings to standard error.
static inline int mitplan_pngDecode(
    const void *data, size_t size, unsigned int width, unsigned int height, void *pixels) {
    png_image image;
    memset(&image, 0, sizeof image);
    image.version = PNG_IMAGE_VERSION;
    if (!png_image_begin_read_from_memory(&image, data, size)) return 0;
    int done = 0;
    if (image.width == width && image.height == height) {
        image.format = PNG_FORMAT_BGRA;
        // Deep files without a word on it are meant as all others are.
        image.flags |= PNG_IMAGE_FLAG_16BIT_sRGB;
        done = png_image_finish_read(&image, NULL, pixels, 0, NULL) != 0;
    }
    png_image_free(&image);
    return done;
}
