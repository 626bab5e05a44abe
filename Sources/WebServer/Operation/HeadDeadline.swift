import NIOCore

/// Closes a connection whose client does not get to the end of a head in time.
///
/// An idle timeout does not: every byte restarts it, and a byte a second keeps a connection for hours. Here the decoded
/// parts of messages count; the first part of a request is its complete head.
final class HeadDeadline: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = NIOAny
    typealias InboundOut = NIOAny
    typealias OutboundIn = NIOAny
    typealias OutboundOut = NIOAny

    private let first: TimeAmount
    private let next: TimeAmount
    private var timer: Scheduled<Void>?

    /// Makes a handler.
    ///
    /// - Parameters:
    ///   - first: seconds from the opening of the connection to the first complete head.
    ///   - next: seconds from the last part of an answer to the next complete head.
    init(first: Int, next: Int) {
        self.first = .seconds(Int64(clamping: first))
        self.next = .seconds(Int64(clamping: next))
    }

    func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { start(first, context) }
    }

    func handlerRemoved(context: ChannelHandlerContext) { stop() }

    func channelActive(context: ChannelHandlerContext) {
        start(first, context)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        stop()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        stop()
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        start(next, context)
        context.write(data, promise: promise)
    }

    private func start(_ time: TimeAmount, _ context: ChannelHandlerContext) {
        stop()
        let channel = context.channel
        timer = context.eventLoop.scheduleTask(in: time) { channel.close(mode: .all, promise: nil) }
    }

    private func stop() {
        timer?.cancel()
        timer = nil
    }
}
