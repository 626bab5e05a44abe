/// Reads GeoJSON geometries (RFC 7946, section 3.1) straight from bytes.
struct GeoJSONGeometryReader: Sendable {
    private static let collectionDepth = 8

    var scanner: JSONScanner
    var maximumPositions: Int
    private var positions = 0

    init(limits: JSONLimits, maximumPositions: Int) {
        scanner = JSONScanner(limits: limits)
        self.maximumPositions = maximumPositions
    }

    /// Reads the geometry object at `i`, an opening brace, and moves behind it.
    mutating func read(_ b: [UInt8], _ i: inout Int, _ end: Int) throws(Fault) -> Geometry {
        positions = 0
        return try read(b, &i, end, depth: 0)
    }

    private mutating func read(_ b: [UInt8], _ i: inout Int, _ end: Int, depth: Int) throws(Fault) -> Geometry {
        guard depth <= Self.collectionDepth else { throw .geo(.tooDeep, i) }
        let start = i
        var kind: Geometry.Kind?
        var result: Geometry?
        var deferred: Int?
        var hasGeometries = false
        var more = try Self.open(b, &i, end)
        while more {
            let name = try Self.name(b, &i, end)
            switch name {
            case .type:
                guard kind == nil else { throw .json(.duplicateName, i) }
                kind = try Self.kind(b, &i, end)
            case .coordinates:
                guard result == nil, deferred == nil else { throw .json(.duplicateName, i) }
                if let kind, kind != .geometryCollection {
                    result = try coordinates(of: kind, b, &i, end)
                } else {
                    deferred = i
                    try scanner.skipValue(b, &i, end, level: depth + 1, isCoordinates: true)
                }
            case .geometries:
                guard !hasGeometries else { throw .json(.duplicateName, i) }
                hasGeometries = true
                if kind == nil || kind == .geometryCollection, try JSONScanner.peek(b, &i, end) == 0x5B {
                    result = .geometryCollection(try members(b, &i, end, depth: depth))
                } else {
                    try scanner.skipValue(b, &i, end, level: depth + 1)
                }
            default: try scanner.skipValue(b, &i, end, level: depth + 1)
            }
            more = try Self.next(b, &i, end)
        }
        guard let kind else { throw .geo(.missingType, start) }
        if kind != .geometryCollection, var place = deferred {
            return try coordinates(of: kind, b, &place, end)
        }
        guard let result, (kind == .geometryCollection) == hasGeometries || kind != .geometryCollection else {
            throw .geo(kind == .geometryCollection ? .badGeometry : .missingCoordinates, start)
        }
        if result.kind != kind, !(kind == .point && !hasGeometries) { throw .geo(.missingCoordinates, start) }
        return result
    }

    private mutating func members(
        _ b: [UInt8], _ i: inout Int, _ end: Int, depth: Int
    ) throws(Fault) -> [Geometry] {
        var members: [Geometry] = []
        i += 1
        if try JSONScanner.peek(b, &i, end) == 0x5D {
            i += 1
            return members
        }
        while true {
            guard try JSONScanner.peek(b, &i, end) == 0x7B else { throw .geo(.badGeometry, i) }
            members.append(try read(b, &i, end, depth: depth + 1))
            if try Self.endOfArray(b, &i, end) { return members }
        }
    }

    private mutating func coordinates(
        of kind: Geometry.Kind, _ b: [UInt8], _ i: inout Int, _ end: Int
    ) throws(Fault) -> Geometry {
        switch kind {
        case .point:
            guard try JSONScanner.peek(b, &i, end) == 0x5B else { throw .geo(.badCoordinates, i) }
            var look = i + 1
            if try JSONScanner.peek(b, &look, end) == 0x5D {
                i = look + 1
                return .geometryCollection([])
            }
            return .point(try position(b, &i, end))
        case .lineString: return .lineString(try line(b, &i, end))
        case .multiPoint: return .multiPoint(try line(b, &i, end))
        case .polygon: return .polygon(try lines(b, &i, end))
        case .multiLineString: return .multiLineString(try lines(b, &i, end))
        case .multiPolygon:
            var polygons: [[[Position]]] = []
            if try Self.openArray(b, &i, end) { return .multiPolygon([]) }
            repeat { polygons.append(try lines(b, &i, end)) } while try !Self.endOfArray(b, &i, end)
            return .multiPolygon(polygons)
        case .geometryCollection: throw .geo(.badCoordinates, i)
        }
    }

    private mutating func lines(_ b: [UInt8], _ i: inout Int, _ end: Int) throws(Fault) -> [[Position]] {
        var lines: [[Position]] = []
        if try Self.openArray(b, &i, end) { return [] }
        repeat { lines.append(try line(b, &i, end)) } while try !Self.endOfArray(b, &i, end)
        return lines
    }

    private mutating func line(_ b: [UInt8], _ i: inout Int, _ end: Int) throws(Fault) -> [Position] {
        var line: [Position] = []
        if try Self.openArray(b, &i, end) { return [] }
        repeat { line.append(try position(b, &i, end)) } while try !Self.endOfArray(b, &i, end)
        return line
    }

    @inline(__always)
    private mutating func position(_ b: [UInt8], _ i: inout Int, _ end: Int) throws(Fault) -> Position {
        guard try JSONScanner.peek(b, &i, end) == 0x5B else { throw .geo(.badCoordinates, i) }
        positions += 1
        if positions > maximumPositions { throw .geo(.tooManyPositions, i) }
        i += 1
        let x = try ordinate(b, &i, end)
        guard try JSONScanner.peek(b, &i, end) == 0x2C else { throw .geo(.badPosition, i) }
        i += 1
        let y = try ordinate(b, &i, end)
        var z: Double?
        if try JSONScanner.peek(b, &i, end) == 0x2C {
            i += 1
            z = try ordinate(b, &i, end)
        }
        let c = try JSONScanner.peek(b, &i, end)
        guard c == 0x5D else { throw .geo(c == 0x2C ? .tooManyOrdinates : .badPosition, i) }
        i += 1
        return Position(x, y, z)
    }

    @inline(__always)
    private func ordinate(_ b: [UInt8], _ i: inout Int, _ end: Int) throws(Fault) -> Double {
        let c = try JSONScanner.peek(b, &i, end)
        if c == 0x22 || c == 0x5B || c == 0x5D || c == 0x7B || c == 0x6E || c == 0x74 || c == 0x66 {
            throw .geo(.badPosition, i)
        }
        return try JSONNumber.scan(b, &i, end)
    }
}

/// Tokens shared by the readers of geometries and features.
extension GeoJSONGeometryReader {
    /// Member names that mean something in RFC 7946.
    enum Name {
        case type, coordinates, geometries, geometry, properties, id, features, crs, name, other
    }

    /// Moves into the object at `i`; false when it is empty, and `i` is behind it then.
    @inline(__always)
    static func open(_ b: [UInt8], _ i: inout Int, _ end: Int) throws(Fault) -> Bool {
        i += 1
        if try JSONScanner.peek(b, &i, end) == 0x7D {
            i += 1
            return false
        }
        return true
    }

    /// Moves over the comma or the closing brace behind a member; false at the end of the object.
    @inline(__always)
    static func next(_ b: [UInt8], _ i: inout Int, _ end: Int) throws(Fault) -> Bool {
        let c = try JSONScanner.peek(b, &i, end)
        i += 1
        if c == 0x2C { return true }
        guard c == 0x7D else { throw .json(.unexpectedCharacter, i - 1) }
        return false
    }

    @inline(__always)
    static func openArray(_ b: [UInt8], _ i: inout Int, _ end: Int) throws(Fault) -> Bool {
        guard try JSONScanner.peek(b, &i, end) == 0x5B else { throw .geo(.badCoordinates, i) }
        i += 1
        guard try JSONScanner.peek(b, &i, end) == 0x5D else { return false }
        i += 1
        return true
    }

    /// Moves over the comma or the closing bracket behind an element; true at the end of the array.
    @inline(__always)
    static func endOfArray(_ b: [UInt8], _ i: inout Int, _ end: Int) throws(Fault) -> Bool {
        let c = try JSONScanner.peek(b, &i, end)
        i += 1
        if c == 0x2C { return false }
        guard c == 0x5D else { throw .json(.unexpectedCharacter, i - 1) }
        return true
    }

    /// Reads a member's name and colon.
    @inline(__always)
    static func name(_ b: [UInt8], _ i: inout Int, _ end: Int) throws(Fault) -> Name {
        guard try JSONScanner.peek(b, &i, end) == 0x22 else { throw .json(.unexpectedCharacter, i) }
        i += 1
        let start = i
        let escaped = try JSONText.skip(b, &i, end)
        let stop = i - 1
        guard try JSONScanner.peek(b, &i, end) == 0x3A else { throw .json(.unexpectedCharacter, i) }
        i += 1
        if escaped {
            var decoded: [UInt8] = []
            JSONText.appendDecoded(b, start, stop, to: &decoded)
            return known(decoded, 0, decoded.count)
        }
        return known(b, start, stop)
    }

    /// The name between two places; each constant is the ASCII of the word it stands for.
    @inline(__always)
    static func known(_ b: [UInt8], _ start: Int, _ end: Int) -> Name {
        switch end - start {
        case 2: word(b, start, 2) == 0x6964 ? .id : .other
        case 3: word(b, start, 3) == 0x637273 ? .crs : .other
        case 4:
            switch word(b, start, 4) {
            case 0x74797065: .type
            case 0x6E616D65: .name
            default: .other
            }
        case 8:
            switch word(b, start, 8) {
            case 0x67656F6D65747279: .geometry
            case 0x6665617475726573: .features
            default: .other
            }
        case 10:
            switch (word(b, start, 8), word(b, start + 8, 2)) {
            case (0x70726F7065727469, 0x6573): .properties
            case (0x67656F6D65747269, 0x6573): .geometries
            default: .other
            }
        case 11:
            word(b, start, 8) == 0x636F6F7264696E61 && word(b, start + 8, 3) == 0x746573 ? .coordinates : .other
        default: .other
        }
    }

    /// Up to eight bytes as one number, the first byte highest.
    @inline(__always)
    static func word(_ b: [UInt8], _ start: Int, _ count: Int) -> UInt64 {
        var word: UInt64 = 0
        for k in start..<start + count { word = word << 8 | UInt64(b[k]) }
        return word
    }

    /// Reads the value of a `type` member as text.
    static func typeName(_ b: [UInt8], _ i: inout Int, _ end: Int) throws(Fault) -> String {
        guard try JSONScanner.peek(b, &i, end) == 0x22 else { throw .geo(.unknownType, i) }
        i += 1
        let start = i
        let escaped = try JSONText.skip(b, &i, end)
        return JSONText.decode(b, start, i - 1, escaped: escaped)
    }

    private static func kind(_ b: [UInt8], _ i: inout Int, _ end: Int) throws(Fault) -> Geometry.Kind {
        let start = i
        guard let kind = Geometry.Kind(rawValue: try typeName(b, &i, end)) else { throw .geo(.unknownType, start) }
        return kind
    }
}
