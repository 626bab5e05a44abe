/// Reads features from GeoJSON that arrives in chunks of any cut; memory is bounded by one feature and one chunk.
///
/// Takes a FeatureCollection (members in any order, foreign ones checked and skipped), a single Feature, a bare
/// geometry, and sequences of features or geometries: newline-delimited or with record separators (RFC 8142).
/// Malformed JSON ends the reading with a ``JSONError``; well-formed elements that are no features become
/// rejections of their row.
///
/// Feed with ``append(_:)``, take with ``next(into:)``, and call ``finish()`` after the last chunk.
public struct GeoJSONFeatureParser: Sendable {
    /// What ``next(into:)`` came to.
    public enum Progress: Sendable, Hashable {
        /// More bytes are needed.
        case needsBytes
        /// The batch holds ``FeatureBatch/preferredCount`` rows.
        case full
        /// The source is read to its end.
        case finished
    }

    private enum Place: Sendable {
        case root, member, features, afterFeatures, betweenTexts, behindCollection
    }

    private let limits: JSONLimits
    private let maximumElementBytes: Int
    private var reader: GeoJSONFeatureReader
    private var buffer: [UInt8] = []
    /// First byte of the buffer not dealt with, and the byte the frame search goes on at.
    private var position = 0
    private var framing = JSONFraming()
    /// Bytes and lines of the source before the buffer.
    private var baseOffset = 0
    private var baseLine = 1
    private var baseColumn = 0
    private var isComplete = false
    private var place = Place.root
    private var rootStart = 0
    private var rootType: String?
    private var rootMembers = 0
    private var expectsElement = false
    private var row = 0

    /// The `crs` member, named as in the source (`urn:ogc:def:crs:EPSG::25832`, `EPSG:31467`); `nil` without one.
    public private(set) var crs: String?
    /// The `name` member of the collection.
    public private(set) var name: String?
    /// Whether a whole FeatureCollection, or at least one text of a sequence, has been read.
    public var isSequence: Bool { place == .betweenTexts }

    /// Makes a parser; `emptyGeometryIsNone` takes `{}` and `[]` in place of a geometry for none.
    public init(
        limits: JSONLimits = .importing, maximumPositions: Int = 1_000_000, maximumElementBytes: Int = 256 << 20,
        emptyGeometryIsNone: Bool = false
    ) {
        self.limits = limits
        self.maximumElementBytes = maximumElementBytes
        reader = GeoJSONFeatureReader(
            limits: limits, maximumPositions: maximumPositions, emptyGeometryIsNone: emptyGeometryIsNone)
    }

    /// Adds the next bytes of the source.
    public mutating func append(_ chunk: some Collection<UInt8>) {
        dropRead()
        buffer.append(contentsOf: chunk)
    }

    /// Says that the source has no more bytes.
    public mutating func finish() {
        isComplete = true
    }

    /// Reads on until the batch is full, the bytes are used up, or the source ends.
    ///
    /// - Throws: ``JSONError`` with offset and line in the whole source.
    public mutating func next(into batch: inout FeatureBatch) throws(JSONError) -> Progress {
        do {
            while batch.count + batch.rejections.count < FeatureBatch.preferredCount {
                if let progress = try step(into: &batch) { return progress }
            }
            return .full
        } catch {
            throw located(error)
        }
    }

    /// Moves on by one element or token; `nil` when there is more to do.
    private mutating func step(into batch: inout FeatureBatch) throws(Fault) -> Progress? {
        switch place {
        case .features: return try element(into: &batch)
        case .root: return try root()
        case .member, .afterFeatures: return try member(into: &batch)
        case .betweenTexts: return try nextText(into: &batch)
        case .behindCollection:
            JSONScanner.skipWhitespace(buffer, &position, buffer.count)
            guard position == buffer.count else { throw .json(.trailingData, position) }
            return isComplete ? .finished : .needsBytes
        }
    }

    private func outOfBytes() throws(Fault) -> Progress {
        if isComplete { throw .json(.unexpectedEnd, buffer.count) }
        return .needsBytes
    }

    /// The bytes kept, from the brace of the root on while it may be a feature itself, have a limit.
    private func outOfMember() throws(Fault) -> Progress {
        try checkLength(from: keepsRoot ? rootStart : position)
        return try outOfBytes()
    }

    private mutating func root() throws(Fault) -> Progress? {
        if baseOffset == 0, position == 0, buffer.first == 0xEF {
            guard buffer.count >= 3 else { return try outOfBytes() }
            if buffer[1] == 0xBB, buffer[2] == 0xBF { position = 3 }
        }
        skipSeparators()
        guard position < buffer.count else { return try outOfBytes() }
        guard buffer[position] == 0x7B else { throw .json(.unexpectedCharacter, position) }
        rootStart = position
        position += 1
        place = .member
        framing.reset(at: position)
        return nil
    }

    /// Deals with one member of the root object, or its end.
    private mutating func member(into batch: inout FeatureBatch) throws(Fault) -> Progress? {
        var i = position
        JSONScanner.skipWhitespace(buffer, &i, buffer.count)
        guard i < buffer.count else { return try outOfMember() }
        if buffer[i] == 0x7D {
            position = i + 1
            return try endOfRoot(into: &batch)
        }
        if rootMembers > 0 {
            guard buffer[i] == 0x2C else { throw .json(.unexpectedCharacter, i) }
            i += 1
            JSONScanner.skipWhitespace(buffer, &i, buffer.count)
            guard i < buffer.count else { return try outOfMember() }
        }
        guard buffer[i] == 0x22 else { throw .json(.unexpectedCharacter, i) }
        guard let value = framing.startOfValue(buffer, i) else { return try outOfMember() }
        let name = try GeoJSONGeometryReader.name(buffer, &i, value)
        if name == .features, buffer[value] == 0x5B, rootType == nil || rootType == "FeatureCollection" {
            guard place == .member else { throw .json(.duplicateName, i) }
            position = value + 1
            place = .features
            expectsElement = false
            rootMembers += 1
            framing.reset(at: position)
            return nil
        }
        guard let end = try framing.endOfValue(buffer, value, depth: limits.depth - 1, isComplete: isComplete) else {
            return try outOfMember()
        }
        try note(name, value, end)
        rootMembers += 1
        position = end
        framing.reset(at: position)
        return nil
    }

    private mutating func note(_ name: GeoJSONGeometryReader.Name, _ value: Int, _ end: Int) throws(Fault) {
        var i = value
        // A member that belongs to a feature is checked with the whole feature, at the end of the root.
        if rootType == "FeatureCollection" || place == .afterFeatures || name == .type || name == .crs {
            try reader.skip(buffer, &i, end, level: 1)
            guard i == end else { throw .json(.unexpectedCharacter, i) }
        }
        i = value
        switch name {
        case .type where buffer[value] == 0x22:
            guard rootType == nil else { throw .json(.duplicateName, value) }
            rootType = try GeoJSONGeometryReader.typeName(buffer, &i, end)
        case .name where buffer[value] == 0x22: self.name = try GeoJSONGeometryReader.typeName(buffer, &i, end)
        case .crs:
            if let member = try? JSONValue.parse(Array(buffer[value..<end])) {
                crs = (member["properties"]?["name"] ?? member["properties"]?["code"])?.string ?? member.string
            }
        default: break
        }
    }

    private mutating func endOfRoot(into batch: inout FeatureBatch) throws(Fault) -> Progress? {
        if place == .afterFeatures || rootType == "FeatureCollection" {
            // A collection without features is one member short, an empty one is not.
            guard place == .afterFeatures, rootType == "FeatureCollection" else {
                throw .geo(rootType == nil ? .missingType : .unknownType, position - 1)
            }
            place = .behindCollection
            return nil
        }
        row += 1
        try reader.read(buffer, rootStart, position, row: row, into: &batch)
        place = .betweenTexts
        framing.reset(at: position)
        return nil
    }

    /// Deals with one element of `features`, or the end of the array.
    private mutating func element(into batch: inout FeatureBatch) throws(Fault) -> Progress? {
        JSONScanner.skipWhitespace(buffer, &position, buffer.count)
        guard position < buffer.count else { return try outOfBytes() }
        let c = buffer[position]
        if !expectsElement {
            if c == 0x5D {
                position += 1
                place = .afterFeatures
                framing.reset(at: position)
                return nil
            }
            if c == 0x2C, row > 0 {
                position += 1
                expectsElement = true
                return nil
            }
            guard row == 0 else { throw .json(.unexpectedCharacter, position) }
        }
        guard let end = try framing.endOfValue(buffer, position, depth: limits.depth - 2, isComplete: isComplete) else {
            try checkLength(from: position)
            return try outOfBytes()
        }
        row += 1
        if c == 0x7B {
            try reader.read(buffer, position, end, row: row, into: &batch)
        } else {
            var i = position
            try reader.skip(buffer, &i, end, level: 2)
            guard i == end else { throw .json(.unexpectedCharacter, i) }
            try reader.read(buffer, position, end, row: row, into: &batch)
        }
        position = end
        expectsElement = false
        framing.reset(at: position)
        return nil
    }

    /// Deals with one text of a sequence.
    private mutating func nextText(into batch: inout FeatureBatch) throws(Fault) -> Progress? {
        let before = position
        skipSeparators()
        guard position < buffer.count else { return isComplete ? .finished : .needsBytes }
        if position != before { framing.reset(at: position) }
        guard buffer[position] == 0x7B else { throw .json(.unexpectedCharacter, position) }
        guard let end = try framing.endOfValue(buffer, position, depth: limits.depth, isComplete: isComplete) else {
            try checkLength(from: position)
            return try outOfBytes()
        }
        row += 1
        try reader.read(buffer, position, end, row: row, into: &batch)
        position = end
        framing.reset(at: position)
        return nil
    }

    private var keepsRoot: Bool { place == .member && rootType != "FeatureCollection" }

    private mutating func skipSeparators() {
        while position < buffer.count {
            switch buffer[position] {
            case 0x20, 0x0A, 0x0D, 0x09, 0x1E: position += 1
            default: return
            }
        }
    }

    private func checkLength(from start: Int) throws(Fault) {
        if buffer.count - start > maximumElementBytes { throw .json(.tooLong, start) }
    }

    /// Lets go of the bytes that no later step needs.
    private mutating func dropRead() {
        let count = keepsRoot ? rootStart : position
        guard count > 0, count >= buffer.count / 2 else { return }
        var lines = 0
        for byte in buffer[..<count] { lines &+= byte == 0x0A ? 1 : 0 }
        baseLine += lines
        let last = lines > 0 ? buffer[..<count].lastIndex(of: 0x0A) : nil
        baseColumn = last.map { count - 1 - $0 } ?? baseColumn + count
        baseOffset += count
        position -= count
        rootStart = max(rootStart - count, 0)
        framing.move(by: -count)
        buffer.removeFirst(count)
    }

    private func located(_ fault: Fault) -> JSONError {
        let code: JSONError.Code =
            switch fault {
            case .json(let code, _): code
            case .geo: .incompleteCollection
            }
        var error = JSONError(code: code, offset: fault.offset, in: buffer)
        if error.line == 1 { error.column += baseColumn }
        error.line += baseLine - 1
        error.offset += baseOffset
        return error
    }
}
