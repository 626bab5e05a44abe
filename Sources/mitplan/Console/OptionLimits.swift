import Platform

/// What the values of options may be, for those who gave others.
enum OptionLimits {
    /// What the argument parser says of a value that it cannot read, with what the option takes and a value that works.
    ///
    /// - Parameter command: the command line that shows help, such as `mitplan hotspots --help`.
    static func completed(_ message: String, command: String?) -> String {
        // Of choices the parser names the words itself.
        guard !message.contains("Please provide"),
            let found = message.firstMatch(of: #/ is invalid for '--([a-z-]+)/#),
            let rule = rule(parameter(String(found.1)), of: command ?? "")
        else { return message }
        return "\(message): \(rule)"
    }

    /// What the value of an option must be; `nil` for those that take any.
    private static func rule(_ parameter: String, of command: String) -> String? {
        let words = command.split(separator: " ").map(String.init)
        let name = words.count > 1 ? words[1] : ""
        if parameter == "limit", parameters[name] == nil {
            return "it must be a whole number from 1 to \(mostListed[name] ?? 1000), for example 20"
        }
        if parameter == "at", name == "appointment" {
            return "it must be longitude,latitude in degrees, for example 9.99,53.55"
        }
        if let rule = fixed[parameter] { return "it \(rule)" }
        return parameters[name]?.first { $0.name == parameter }?.rule
    }

    private static let parameters = [
        "hotspots": HotspotQuestion.parameters, "pattern": PatternQuestion.parameters,
        "statistics": AreaOptions.parameters, "rank": FeatureRanking.parameters,
        "compare": ContributionComparison.parameters,
    ]

    /// Most items that a command lists, where that is not 1,000.
    private static let mostListed = ["contributions": 1_000_000, "attachment": 100_000]

    private static let instant =
        "must be a day such as 2026-05-01 or an instant such as 2026-05-01T12:00:00Z, from 1900 to 2200"

    /// Options that mean the same wherever they are, or but for few commands.
    private static let fixed: [String: String] = [
        "step": TimeStep.rule, "since": instant, "until": instant, "versusSince": instant, "versusUntil": instant,
        "at": instant, "start": instant, "end": instant, "from": instant, "to": instant,
        "levels": "must be 1 to 10 numbers from 0.1 to 99.9 with commas, for example 25,50,75,90",
        "classes":
            "must be a whole number from \(ClassBreaks.range.lowerBound) to \(ClassBreaks.range.upperBound), for example 5",
        "bbox": "must be west,south,east,north in degrees, for example 9.9,53.3,10.1,53.5",
        "limit": "must be a whole number from 1, for example 20",
        "minVotes": "must be a whole number from 0, for example 10",
        "width":
            "must be a whole number from \(PictureForm.widths.lowerBound) to \(PictureForm.widths.upperBound), for example "
            + "\(PictureForm.standardWidth)",
    ]

    /// The parameter of an option: `minPoints` for `min-points`.
    private static func parameter(_ option: String) -> String {
        let parts = option.split(separator: "-")
        return parts.dropFirst().reduce(String(parts.first ?? "")) { $0 + $1.prefix(1).uppercased() + $1.dropFirst() }
    }
}
