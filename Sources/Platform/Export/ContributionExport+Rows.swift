import Formats
import GeoCore
import Participation
import Storage

/// One contribution as a feature of GeoJSON, and as a line of a table.
extension ContributionExport {
    /// An instant as the viewer may know it: to the minute for the public, since exact times tell people apart.
    private func visible(_ milliseconds: Int64) -> Int64 {
        scope.viewer.may(.readUnpublishedAggregates, in: proceeding.key) ? milliseconds : Timestamp.minute(milliseconds)
    }

    /// Appends one feature.
    func feature(
        _ row: any SQLRow, _ attachments: [Attachment]?, _ comments: [Comment], _ scratch: inout [UInt8],
        to bytes: inout [UInt8]
    ) throws {
        JSONWriter.append(literal: "{\"type\":\"Feature\",\"id\":\"", to: &bytes)
        JSONWriter.append(row.integer(0), to: &bytes)
        JSONWriter.append(literal: "\",\"geometry\":", to: &bytes)
        scratch.removeAll(keepingCapacity: true)
        if places.areAsStored {
            if !row.isNull(5) { row.appendBytes(of: 5, to: &scratch) }
        } else if let place = try places.shown(row) {
            WKB.append(place, to: &scratch)
        }
        if scratch.isEmpty {
            JSONWriter.append(literal: "null", to: &bytes)
        } else {
            try WKB.appendGeoJSON(scratch[...], to: &bytes)
        }
        text("{\"title\":", row, 1, opening: ",\"properties\":", &scratch, &bytes)
        text(",\"text\":", row, 2, &scratch, &bytes)
        text(",\"category\":", row, 3, &scratch, &bytes)
        text(",\"type\":", row, 4, &scratch, &bytes)
        JSONWriter.append(literal: ",\"locationQuality\":\"", to: &bytes)
        bytes += (Contribution.LocationQuality(rawValue: row.integer(6)) ?? .suspect).name.utf8
        JSONWriter.append(literal: "\",\"state\":\"", to: &bytes)
        bytes += (Contribution.State(rawValue: row.integer(7)) ?? .hidden).name.utf8
        JSONWriter.append(literal: "\",\"created\":\"", to: &bytes)
        Timestamp.append(visible(row.integer(8)), to: &bytes)
        JSONWriter.append(literal: "\",\"changed\":\"", to: &bytes)
        Timestamp.append(visible(row.integer(9)), to: &bytes)
        JSONWriter.append(literal: "\",\"votesUp\":", to: &bytes)
        JSONWriter.append(row.integer(10), to: &bytes)
        JSONWriter.append(literal: ",\"votesDown\":", to: &bytes)
        JSONWriter.append(row.integer(11), to: &bytes)
        JSONWriter.append(literal: shape.comments == .count ? ",\"comments\":" : ",\"commentCount\":", to: &bytes)
        JSONWriter.append(row.integer(12), to: &bytes)
        if shape.comments != .count {
            JSONWriter.append(literal: ",\"comments\":", to: &bytes)
            CommentForest.value(comments, isFlat: shape.comments == .flat, instant: visible).append(to: &bytes)
        }
        text(",\"source\":", row, 13, &scratch, &bytes)
        text(",\"externalId\":", row, 14, &scratch, &bytes)
        JSONWriter.append(literal: ",\"status\":\"", to: &bytes)
        bytes += (OfficialStatus(rawValue: row.integer(15)) ?? .received).name.utf8
        JSONWriter.append(literal: "\"", to: &bytes)
        let labels = ExportedLabels(row)
        for (name, values) in labels.lists where !values.isEmpty {
            JSONWriter.append(literal: ",\"", to: &bytes)
            bytes += name.utf8
            JSONWriter.append(literal: "\":", to: &bytes)
            JSONValue.array(values.map { .string($0) }).append(to: &bytes)
        }
        if row.integer(16) != 0 { JSONWriter.append(literal: ",\"redacted\":true", to: &bytes) }
        if let attachments {
            JSONWriter.append(literal: ",\"attachments\":", to: &bytes)
            JSONValue.array(attachments.map { $0.value(in: proceeding) }).append(to: &bytes)
        }
        JSONWriter.append(literal: ",\"channel\":\"", to: &bytes)
        bytes += labels.channel.rawValue.utf8
        JSONWriter.append(literal: "\"}}", to: &bytes)
    }

    private func text(
        _ name: String, _ row: any SQLRow, _ column: Int, opening: String = "", _ scratch: inout [UInt8],
        _ bytes: inout [UInt8]
    ) {
        JSONWriter.append(literal: opening, to: &bytes)
        JSONWriter.append(literal: name, to: &bytes)
        guard !row.isNull(column) else { return JSONWriter.append(literal: "null", to: &bytes) }
        scratch.removeAll(keepingCapacity: true)
        row.appendBytes(of: column, to: &scratch)
        JSONWriter.append(utf8: scratch, to: &bytes)
    }

    /// Names of the columns of ``line(_:to:)``.
    var columns: String {
        """
        id,title,text,category,type,\(shape.crs == nil ? "longitude,latitude" : "x,y"),wkt,locationQuality,state,created,\
        changed,votesUp,votesDown,comments,source,externalId,status,redacted,tags,keywordPicked,keywordSuggested,\
        channel\r\n
        """
    }

    /// Appends one line of a table.
    func line(_ row: any SQLRow, to bytes: inout [UInt8]) throws {
        let geometry = try places.shown(row)
        var cells = ["\(row.integer(0))"] + (1...4).map { row.text($0) }
        let point: Position? =
            if case .point(let position)? = geometry { position } else { geometry?.boundingBox?.center }
        cells += [point?.x, point?.y].map { $0.map { "\($0.rounded(toPlaces: 7))" } ?? "" }
        cells.append(geometry.map { WKT.format($0) } ?? "")
        cells.append((Contribution.LocationQuality(rawValue: row.integer(6)) ?? .suspect).name)
        cells.append((Contribution.State(rawValue: row.integer(7)) ?? .hidden).name)
        cells += [8, 9].map { Timestamp.rfc3339(visible(row.integer($0))) }
        cells += (10...12).map { "\(row.integer($0))" }
        cells += [row.text(13), row.text(14), (OfficialStatus(rawValue: row.integer(15)) ?? .received).name]
        cells.append(row.integer(16) == 0 ? "false" : "true")
        let labels = ExportedLabels(row)
        cells += labels.lists.map { $0.values.joined(separator: "; ") } + [labels.channel.rawValue]
        bytes += Array(CSVText.record(cells).utf8)
    }
}
