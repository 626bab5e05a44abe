import Formats
import GeoCore

extension ProceedingStatistics {
    /// The counts as one CSV table: group, name, label, count.
    public var csv: [UInt8] {
        var text = CSVText.record(["group", "name", "label", "count"])
        for (group, counts) in [
            ("category", categories), ("type", types), ("channel", channels), ("state", states),
            ("officialStatus", officialStatus),
            ("locationQuality", quality), ("month", months), ("day", days),
        ] {
            for count in counts {
                text += CSVText.record([group, count.name, count.label, "\(count.count)"])
            }
        }
        return Array(text.utf8)
    }
}

extension AreaStatistics {
    /// The units as a CSV table.
    public var csv: [UInt8] {
        var text = CSVText.record(units.first?.members.map(\.name) ?? ["name", "count"])
        for unit in units {
            text += CSVText.record(unit.members.map { HotspotAnswer.cell($0.value) })
        }
        return Array(text.utf8)
    }
}
