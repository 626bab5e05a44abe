internal import CPROJ

/// A PROJ context of its own: silent, and without the network.
final class PROJContext {
    let handle: OpaquePointer

    init() throws(PROJError) {
        guard let handle = proj_context_create() else { throw PROJError(.unknownCRS, "PROJ cannot be started") }
        self.handle = handle
        proj_log_func(handle, nil, { _, _, _ in })
        proj_context_set_enable_network(handle, 0)
    }

    deinit { proj_context_destroy(handle) }
}
