extension Canvas {
    /// The picture with its longer side no longer than `side`; each pixel the mean of those it covers.
    ///
    /// Colours are weighed by how much of them is seen, so that what is transparent leaves no fringe.
    ///
    /// - Complexity: linear in the pixels of the larger picture.
    consuming func scaled(to side: Int) throws(ImageError) -> Canvas {
        let longer = max(width, height)
        guard longer > side else { return self }
        func scaled(_ length: Int) -> Int { max(1, (length * side + longer / 2) / longer) }
        let result = try Canvas(width: scaled(width), height: scaled(height))
        let columns = (0..<result.width).map { Cover($0, of: result.width, over: width) }
        var sums = [Float](repeating: 0, count: columns.count * 4)
        for y in 0..<result.height {
            let rows = Cover(y, of: result.height, over: height)
            for place in rows.first...rows.last {
                Self.add(row(place), columns, weight: rows.weight(of: place), to: &sums)
            }
            Self.take(&sums, into: result.row(y))
        }
        return result
    }

    /// Adds a row of pixels to four sums for each column: red, green and blue as far as they are seen, and how much that
    /// is.
    private static func add(
        _ row: UnsafeMutableBufferPointer<Int32>, _ columns: [Cover], weight: Float, to sums: inout [Float]
    ) {
        sums.withUnsafeMutableBufferPointer { sums in
            var target = 0
            for column in columns {
                var (red, green, blue, seen): (Float, Float, Float, Float) = (0, 0, 0, 0)
                var place = column.first
                var part = column.weights.first
                while place <= column.last {
                    let pixel = row[place]
                    let opacity = Float(127 - pixel >> 24 & 0x7F) * part
                    red += Float(pixel >> 16 & 0xFF) * opacity
                    green += Float(pixel >> 8 & 0xFF) * opacity
                    blue += Float(pixel & 0xFF) * opacity
                    seen += opacity
                    place += 1
                    part = place == column.last ? column.weights.last : column.weights.inner
                }
                sums[target] += red * weight
                sums[target + 1] += green * weight
                sums[target + 2] += blue * weight
                sums[target + 3] += seen * weight
                target += 4
            }
        }
    }

    /// Makes pixels of the sums, which begin anew.
    private static func take(_ sums: inout [Float], into row: UnsafeMutableBufferPointer<Int32>) {
        for x in row.indices {
            let seen = sums[x * 4 + 3]
            let opacity = Int32(min(max(seen, 0), 127).rounded())
            func part(_ index: Int) -> Int32 { Int32(min(max(sums[x * 4 + index] / seen, 0), 255).rounded()) }
            row[x] = opacity == 0 ? 0x7F00_0000 : (127 - opacity) << 24 | part(0) << 16 | part(1) << 8 | part(2)
        }
        for index in sums.indices { sums[index] = 0 }
    }
}

/// The pixels of a row or column that one pixel of a smaller one covers, the outer ones in part; the weights sum to 1.
private struct Cover {
    let first: Int
    let last: Int
    let weights: (first: Float, inner: Float, last: Float)

    /// - Parameters:
    ///   - index: the pixel of the smaller row.
    ///   - count: pixels of the smaller row.
    ///   - length: pixels of the larger row.
    init(_ index: Int, of count: Int, over length: Int) {
        // In units of one part in `count` of a large pixel all edges are whole numbers.
        let (start, end) = (index * length, (index + 1) * length)
        first = start / count
        last = (end - 1) / count
        func weight(_ part: Int) -> Float { Float(part) / Float(length) }
        weights = (
            weight(min((first + 1) * count, end) - start), weight(count), weight(end - max(last * count, start))
        )
    }

    func weight(of place: Int) -> Float {
        place == first ? weights.first : place == last ? weights.last : weights.inner
    }
}
