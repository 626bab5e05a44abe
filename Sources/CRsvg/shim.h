#pragma once
// The few functions of librsvg 2.52 and cairo 1.10 that draw a picture, declared as their headers declare them. Those
// headers bring all of GLib into the module, and its flags (-pthread) are refused by the package manager.
#include <stddef.h>
#include <stdint.h>

typedef struct _RsvgHandle RsvgHandle;
typedef struct { double x, y, width, height; } RsvgRectangle;
typedef struct _GError GError;

RsvgHandle *rsvg_handle_new_from_data(const uint8_t *data, size_t length, GError **error);
int rsvg_handle_get_intrinsic_size_in_pixels(RsvgHandle *handle, double *width, double *height);

typedef struct _cairo cairo_t;
typedef struct _cairo_surface cairo_surface_t;
typedef int (*cairo_write_func_t)(void *closure, const unsigned char *data, unsigned int length);

int rsvg_handle_render_document(RsvgHandle *handle, cairo_t *context, const RsvgRectangle *viewport, GError **error);
void g_object_unref(void *object);

static const int MITPLAN_CAIRO_FORMAT_RGB24 = 1;
static const int MITPLAN_CAIRO_STATUS_SUCCESS = 0;
static const int MITPLAN_CAIRO_STATUS_WRITE_ERROR = 11;

cairo_surface_t *cairo_image_surface_create(int format, int width, int height);
int cairo_surface_status(cairo_surface_t *surface);
void cairo_surface_destroy(cairo_surface_t *surface);
int cairo_surface_write_to_png_stream(cairo_surface_t *surface, cairo_write_func_t write, void *closure);
cairo_t *cairo_create(cairo_surface_t *surface);
void cairo_destroy(cairo_t *context);
void cairo_set_source_rgb(cairo_t *context, double red, double green, double blue);
void cairo_paint(cairo_t *context);
