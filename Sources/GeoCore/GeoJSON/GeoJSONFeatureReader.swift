/// Reads one whole feature, or bare geometry, from bytes whose brackets are known to balance.
struct GeoJSONFeatureReader: Sendable {
    private var geometryReader: GeoJSONGeometryReader
    private static let emptyObject: [UInt8] = [0x7B, 0x7D]

    private let emptyGeometryIsNone: Bool

    init(limits: JSONLimits, maximumPositions: Int, emptyGeometryIsNone: Bool = false) {
        self.emptyGeometryIsNone = emptyGeometryIsNone
        geometryReader = GeoJSONGeometryReader(limits: limits, maximumPositions: maximumPositions)
    }

    /// Checks a value that is not kept.
    mutating func skip(_ b: [UInt8], _ i: inout Int, _ end: Int, level: Int) throws(Fault) {
        try geometryReader.scanner.skipValue(b, &i, end, level: level)
    }

    /// Appends the element `b[start..<end]` to the batch as row `row`, or as a rejection of that row.
    ///
    /// - Throws: a fault of the JSON grammar.
    mutating func read(
        _ b: [UInt8], _ start: Int, _ end: Int, row: Int, into batch: inout FeatureBatch
    ) throws(Fault) {
        do {
            try feature(b, start, end, row: row, into: &batch)
        } catch {
            switch error {
            case .json(let code, _) where code.isSyntax: throw error
            case .json(.notFinite, let offset):
                batch.rejections.append(
                    RowRejection(
                        row: row, field: JSONScanner.member(b, before: offset),
                        code: JSONError.Code.notFinite.rawValue,
                        reason: "a number must be finite, from -1.7e308 to 1.7e308, for example 12"))
            case .json(let code, _):
                batch.rejections.append(RowRejection(row: row, code: code.rawValue, reason: code.message))
            case .geo(let code, _):
                // The rest of the element was not looked at yet: broken JSON ends the whole reading.
                var i = start
                do {
                    try geometryReader.scanner.skipValue(b, &i, end)
                } catch {
                    if case .json(let code, _) = error, code.isSyntax { throw error }
                }
                batch.rejections.append(
                    RowRejection(row: row, field: code.field, code: code.rawValue, reason: code.message))
            }
        }
    }

    private mutating func feature(
        _ b: [UInt8], _ start: Int, _ end: Int, row: Int, into batch: inout FeatureBatch
    ) throws(Fault) {
        guard b[start] == 0x7B else { throw .geo(.notAnObject, start) }
        var i = start
        var isFeature = false
        var hasType = false
        var hasGeometry = false
        var geometry: Geometry?
        var identifier: String?
        var hasIdentifier = false
        var properties: Range<Int>?
        var hasProperties = false
        var more = try GeoJSONGeometryReader.open(b, &i, end)
        while more {
            switch try GeoJSONGeometryReader.name(b, &i, end) {
            case .type:
                guard !hasType else { throw .json(.duplicateName, i) }
                hasType = true
                isFeature = try Self.isFeature(b, &i, end)
                if !isFeature {
                    i = start
                    geometry = try geometryReader.read(b, &i, end)
                    batch.append(row: row, identifier: nil, geometry: geometry, properties: Self.emptyObject)
                    return
                }
            case .geometry:
                guard !hasGeometry else { throw .json(.duplicateName, i) }
                hasGeometry = true
                let c = try JSONScanner.peek(b, &i, end)
                if emptyGeometryIsNone, Self.isEmpty(b, i, end) {
                    try geometryReader.scanner.skipValue(b, &i, end, level: 1)
                } else if c == 0x7B {
                    geometry = try geometryReader.read(b, &i, end)
                } else if c == 0x6E {
                    try JSONScanner.skipLiteral("null", b, &i, end)
                } else {
                    throw .geo(.badGeometry, i)
                }
            case .properties:
                guard !hasProperties else { throw .json(.duplicateName, i) }
                hasProperties = true
                let c = try JSONScanner.peek(b, &i, end)
                guard c == 0x7B || c == 0x6E else { throw .geo(.badProperties, i) }
                let first = i
                try geometryReader.scanner.skipValue(b, &i, end, level: 1)
                if c == 0x7B { properties = first..<i }
            case .id:
                guard !hasIdentifier else { throw .json(.duplicateName, i) }
                hasIdentifier = true
                identifier = try Self.identifier(b, &i, end)
            default: try geometryReader.scanner.skipValue(b, &i, end, level: 1)
            }
            more = try GeoJSONGeometryReader.next(b, &i, end)
        }
        guard isFeature else { throw .geo(.missingType, start) }
        if let properties {
            batch.append(row: row, identifier: identifier, geometry: geometry, properties: b[properties])
        } else {
            batch.append(row: row, identifier: identifier, geometry: geometry, properties: Self.emptyObject)
        }
    }

    /// Whether an object or array without anything in it stands here.
    private static func isEmpty(_ b: [UInt8], _ i: Int, _ end: Int) -> Bool {
        guard b[i] == 0x7B || b[i] == 0x5B else { return false }
        var next = i + 1
        JSONScanner.skipWhitespace(b, &next, end)
        return next < end && b[next] == b[i] + 2
    }

    @inline(__always)
    private static func isFeature(_ b: [UInt8], _ i: inout Int, _ end: Int) throws(Fault) -> Bool {
        guard try JSONScanner.peek(b, &i, end) == 0x22 else { throw .geo(.unknownType, i) }
        // The ASCII of `Feature"`.
        if i + 9 <= end, GeoJSONGeometryReader.word(b, i + 1, 8) == 0x4665617475726522 {
            i += 9
            return true
        }
        return try GeoJSONGeometryReader.typeName(b, &i, end) == "Feature"
    }

    private static func identifier(_ b: [UInt8], _ i: inout Int, _ end: Int) throws(Fault) -> String? {
        switch try JSONScanner.peek(b, &i, end) {
        case 0x22:
            i += 1
            let start = i
            let escaped = try JSONText.skip(b, &i, end)
            return JSONText.decode(b, start, i - 1, escaped: escaped)
        case 0x2D, 0x30...0x39:
            let start = i
            _ = try JSONNumber.scan(b, &i, end)
            return String(decoding: b[start..<i], as: UTF8.self)
        case 0x6E:
            try JSONScanner.skipLiteral("null", b, &i, end)
            return nil
        default: throw .geo(.badIdentifier, i)
        }
    }
}
