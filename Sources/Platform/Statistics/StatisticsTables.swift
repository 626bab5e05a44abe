import GeoCore

extension ProceedingStatistics {
    /// The counts as one CSV table: group, name, label, count.
    public var csv: [UInt8] {
        var text = "group,name,label,count\r\n"
        for (group, counts) in [("category", categories), ("locationQuality", quality), ("day", days)] {
            for count in counts {
                text += "\(group),\(CSVCell.quoted(count.name)),\(CSVCell.quoted(count.label)),\(count.count)\r\n"
            }
        }
        return Array(text.utf8)
    }
}

extension AreaStatistics {
    /// The units as a CSV table.
    public var csv: [UInt8] {
        var text = (units.first?.members.map(\.name) ?? ["name", "count"]).joined(separator: ",") + "\r\n"
        for unit in units {
            text += unit.members.map { HotspotAnswer.cell($0.value) }.joined(separator: ",") + "\r\n"
        }
        return Array(text.utf8)
    }
}
