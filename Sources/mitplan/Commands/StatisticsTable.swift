import Analysis
import GeoCore
import Platform
import Storage

/// The figures of a proceeding as rows.
struct StatisticsTable {
    /// What is shown.
    let statistics: ProceedingStatistics

    /// Totals in two lines, then the counts.
    var text: String {
        var lines = [
            "\(NumberText.grouped(statistics.contributions)) contributions, "
                + "\(NumberText.grouped(Int(statistics.comments))) comments, "
                + "\(NumberText.grouped(Int(statistics.votesUp))) votes for, "
                + "\(NumberText.grouped(Int(statistics.votesDown))) against"
        ]
        lines += AnalysisHead.lines(statistics.filters).map(DisplayText.plain)
        if let conceptions = statistics.conceptions.line { lines.append(conceptions) }
        if let votes = statistics.votes {
            lines.append(
                "votes for a contribution: mean \(NumberText.decimal(votes.mean, decimals: 2)), "
                    + "median \(NumberText.decimal(votes.median, decimals: 1)), "
                    + "most \(NumberText.decimal(votes.maximum, decimals: 0))")
        }
        if let spread = statistics.concentration {
            lines.append(
                "\(NumberText.grouped(spread.participants)) known participants; the most active hundredth made "
                    + "\(NumberText.decimal(spread.shareOfMostActive * 100, decimals: 1)) %, "
                    + "Gini \(NumberText.decimal(spread.gini, decimals: 2))")
        }
        if let rate = statistics.response.rate, let median = statistics.response.median {
            lines.append(
                "\(NumberText.grouped(statistics.response.answered)) answered officially "
                    + "(\(NumberText.decimal(rate * 100, decimals: 1)) %), half of them within "
                    + "\(NumberText.decimal(median, decimals: 1)) hours")
        }
        return lines.joined(separator: "\n") + "\n\n" + listing.table + top.table
    }

    /// The contributions best received, most commented and most disputed.
    private var top: Listing {
        var listing = Listing([
            .init("list"), .init("id"), .init("title"), .init("votesUp", title: "for"),
            .init("votesDown", title: "against"), .init("comments"),
        ])
        for (name, items) in [
            ("supported", statistics.mostSupported), ("commented", statistics.mostCommented),
            ("disputed", statistics.mostControversial),
        ] {
            for item in items.prefix(5) {
                listing.append([
                    .text(name), .text(String(item.id)), .text(item.title), .count(Int(clamping: item.votesUp)),
                    .count(Int(clamping: item.votesDown)), .count(Int(clamping: item.comments)),
                ])
            }
        }
        return listing
    }

    /// One row for each count.
    var listing: Listing {
        var listing = Listing([
            .init("subject"), .init("name"), .init("label"), .init("count"), .init("share"),
        ])
        func add(_ subject: String, _ name: String, _ label: String, _ count: Int) {
            let share = statistics.contributions > 0 ? Double(count) / Double(statistics.contributions) : 0
            listing.append([.text(subject), .text(name), .text(label), .count(count), .number(share)])
        }
        for (subject, counts) in [
            ("category", statistics.categories), ("type", statistics.types), ("channel", statistics.channels),
            ("state", statistics.states), ("official", statistics.officialStatus), ("place", statistics.quality),
            ("month", statistics.months),
            ("day", statistics.days),
        ] {
            for count in counts { add(subject, count.name, count.label, count.count) }
        }
        for (hour, count) in statistics.hours.enumerated() { add("hour", "\(hour)", "\(hour):00", count) }
        return listing
    }
}

/// Counts and rates of the units of a layer as rows.
struct AreaStatisticsTable {
    /// What is shown.
    let statistics: AreaStatistics

    /// The units, then what lies in none.
    var text: String {
        var text = listing.table
        text += "\(statistics.isOutsideSuppressed ? "–" : NumberText.grouped(statistics.outside)) in no unit, "
        text += "\(statistics.isUnlocatedSuppressed ? "–" : NumberText.grouped(statistics.unlocated)) "
        text += "without a place, \(statistics.isSuspectSuppressed ? "–" : NumberText.grouped(statistics.suspect)) "
        text += "with one that cannot be right"
        if let rate = statistics.overallRate { text += ", overall \(NumberText.decimal(rate, decimals: 2)) per 1,000" }
        if statistics.units.contains(where: \.isUnreliable) { text += "\nfew: the rate rests on fewer than 20" }
        text += statistics.warnings.map { "\nnote: \(DisplayText.plain($0))" }.joined()
        return ([text] + AnalysisHead.lines(statistics.filters).map(DisplayText.plain)).joined(separator: "\n") + "\n"
    }

    /// One row for each unit.
    var listing: Listing {
        var listing = Listing(
            [
                .init("name"), .init("count"), .init("areaKm2", title: "km²"), .init("densityPerKm2", title: "per km²"),
                .init("population"), .init("ratePer1000", title: "per 1,000"),
                .init("smoothedRatePer1000", title: "smoothed"), .init("rateLower95", title: "from"),
                .init("rateUpper95", title: "to"), .init("isUnreliable", title: "few"),
                .init("isSilent", title: "silent"),
            ] + (statistics.units.first?.further ?? []).map { .init($0.name) })
        for unit in statistics.units {
            listing.append(
                [
                    .text(unit.name), .count(unit.isSuppressed ? nil : unit.count), .number(unit.area, decimals: 2),
                    .number(unit.density, decimals: 1), .number(unit.population, decimals: 0),
                    .number(unit.rate, decimals: 2), .number(unit.smoothedRate, decimals: 2),
                    .number(unit.interval?.lower, decimals: 2), .number(unit.interval?.upper, decimals: 2),
                    .flag(unit.isUnreliable), .flag(unit.isSilent),
                ] + unit.further.map { HotspotTable.value($0.value) })
        }
        return listing
    }
}
