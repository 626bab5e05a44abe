internal import CGEOS
import GeoCore

/// A re-entrant GEOS context with the last message; used by one operation on one thread.
final class GEOSContext {
    let handle: GEOSContextHandle_t
    private var message = ""

    init() throws(GEOSError) {
        guard let handle = GEOS_init_r() else { throw GEOSError(.failed, "GEOS cannot be started") }
        self.handle = handle
        GEOSContext_setErrorMessageHandler_r(
            handle,
            { message, user in
                guard let message, let user else { return }
                Unmanaged<GEOSContext>.fromOpaque(user).takeUnretainedValue().message = String(cString: message)
            }, Unmanaged.passUnretained(self).toOpaque())
        GEOSContext_setNoticeMessageHandler_r(handle, { _, _ in }, nil)
    }

    deinit { GEOS_finish_r(handle) }

    var failure: GEOSError { GEOSError(.failed, message.isEmpty ? "the operation failed" : message) }

    /// Takes over a geometry that GEOS made, or throws its message.
    func own(_ pointer: OpaquePointer?) throws(GEOSError) -> GEOSHandle {
        guard let pointer else { throw failure }
        return GEOSHandle(context: self, pointer: pointer)
    }
}

/// One GEOS geometry, destroyed with the value.
struct GEOSHandle: ~Copyable {
    let context: GEOSContext
    let pointer: OpaquePointer

    deinit { GEOSGeom_destroy_r(context.handle, pointer) }
}
