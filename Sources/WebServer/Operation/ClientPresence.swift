import NIOCore

/// Notices in the pipeline of a connection that the client has closed its side.
final class ClientPresence: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = NIOAny
    typealias InboundOut = NIOAny

    private var left: EventLoopPromise<Void>?
    private var hasLeft = false

    func handlerAdded(context: ChannelHandlerContext) { left = context.eventLoop.makePromise() }

    func handlerRemoved(context: ChannelHandlerContext) { leave() }

    func channelInactive(context: ChannelHandlerContext) {
        leave()
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? ChannelEvent, event == .inputClosed { leave() }
        context.fireUserInboundEventTriggered(event)
    }

    private func leave() {
        guard !hasLeft else { return }
        hasLeft = true
        left?.succeed(())
    }

    /// Succeeds when the client of `channel` leaves; `nil` where the connection is not watched.
    static func departure(of channel: any Channel) async -> EventLoopFuture<Void>? {
        try? await channel.pipeline.handler(type: ClientPresence.self).map { $0.left?.futureResult }.get()
    }
}
