import Participation
import Platform
import Storage

/// A tenant's proceedings as rows.
struct CockpitTable {
    /// What is shown.
    let cockpit: Cockpit

    /// Totals in a line, the proceedings, the months.
    var text: String {
        let total = cockpit.total
        let line =
            "\(NumberText.grouped(cockpit.proceedings.count)) proceedings, "
            + "\(NumberText.grouped(Int(clamping: total.contributions))) contributions, "
            + "\(NumberText.grouped(Int(clamping: total.comments))) comments, "
            + "\(NumberText.grouped(Int(clamping: total.votesUp))) votes for, "
            + "\(NumberText.grouped(Int(clamping: total.votesDown))) against\n"
            + (cockpit.conceptions.line.map { $0 + "\n" } ?? "") + "\n"
        var months = Listing([.init("month"), .init("contributions")])
        for month in cockpit.months { months.append([.text(month.name), .count(month.count)]) }
        return line + listing.table + (cockpit.months.isEmpty ? "" : "\n" + months.table)
    }

    /// One row for each proceeding.
    var listing: Listing {
        var listing = Listing([
            .init("proceeding"), .init("phase"), .init("contributions"), .init("comments"),
            .init("votesUp", title: "for"), .init("votesDown", title: "against"),
        ])
        for entry in cockpit.proceedings {
            listing.append([
                .text(entry.proceeding.id), .text(entry.phase.rawValue),
                .count(Int(clamping: entry.sums.contributions)), .count(Int(clamping: entry.sums.comments)),
                .count(Int(clamping: entry.sums.votesUp)), .count(Int(clamping: entry.sums.votesDown)),
            ])
        }
        return listing
    }
}
