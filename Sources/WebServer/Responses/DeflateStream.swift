import CZlib
import NIOCore

/// A gzip stream (RFC 1952) over zlib, fed buffer by buffer by one task.
final class DeflateStream {
    private let stream: UnsafeMutablePointer<z_stream>

    /// Opens a stream; `nil` when zlib has no memory.
    init?() {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // 15 bits of window, plus 16 for a gzip header instead of a zlib header.
        guard mitplan_deflateInit2(stream, 6, 15 + 16) == Z_OK else {
            stream.deinitialize(count: 1)
            stream.deallocate()
            return nil
        }
    }

    /// All bytes in one stream; `nil` when zlib has no memory.
    static func compress(_ bytes: [UInt8]) -> [UInt8]? {
        DeflateStream().map { Array(buffer: $0.push(ByteBuffer(bytes: bytes), finish: true)) }
    }

    deinit {
        deflateEnd(stream)
        stream.deinitialize(count: 1)
        stream.deallocate()
    }

    /// Compresses `input`; with `finish` writes the end of the stream too.
    func push(_ input: ByteBuffer, finish: Bool) -> ByteBuffer {
        var input = input
        var output = ByteBufferAllocator().buffer(capacity: max(512, input.readableBytes / 3))
        input.readWithUnsafeMutableReadableBytes { bytes in
            stream.pointee.next_in = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
            stream.pointee.avail_in = UInt32(clamping: bytes.count)
            var isDone = false
            while !isDone {
                output.writeWithUnsafeMutableBytes(minimumWritableBytes: 4096) { room in
                    stream.pointee.next_out = room.baseAddress?.assumingMemoryBound(to: UInt8.self)
                    let capacity = UInt32(clamping: room.count)
                    stream.pointee.avail_out = capacity
                    let status = deflate(stream, finish ? Z_FINISH : Z_NO_FLUSH)
                    isDone = finish ? status != Z_OK : stream.pointee.avail_out > 0
                    return Int(capacity - stream.pointee.avail_out)
                }
            }
            return bytes.count
        }
        return output
    }
}
