import GeoCore
import Participation
import Storage

extension ReportDocument {
    /// Most contributions told of one place: those with the most votes for them.
    private static let told = 100

    mutating func summary(
        _ words: ReportWords, _ statistics: ProceedingStatistics, _ hotspots: HotspotAnswer?, _ places: [HotspotPlace],
        _ filter: ContributionFilter = ContributionFilter()
    ) {
        heading(2, words.summary)
        var sentences = filter.isEmpty ? [] : [words.sentence(selected: statistics.contributions)]
        if hotspots?.analysis.isUsedSuppressed != true {
            sentences.append(words.sentence(used: hotspots?.analysis.used ?? 0, all: statistics.contributions))
        }
        // Of categories that were asked for, that they are there is no finding.
        if let top = statistics.categories.first, statistics.contributions > 0, !filter.choosesCategories {
            sentences.append(
                words.sentence(top: top.label, share: Double(top.count) / Double(statistics.contributions)))
        }
        if hotspots?.question.method == .gi {
            let counts = places.compactMap(\.contributions)
            // A sum over places of which some are withheld would be too small.
            let told = counts.count == places.count ? counts.reduce(0, +) : nil
            sentences.append(
                places.isEmpty
                    ? words.none(isWithheld: hotspots?.features.isEmpty ?? true)
                    : words.sentence(places: places.count, contributions: told, used: hotspots?.analysis.used ?? 0))
        } else {
            sentences.append(words.tooFew)
        }
        list(sentences)
        table(
            words.figures, [words.figures, words.count], numeric: [1],
            [
                [words.contributions, "\(statistics.contributions)"], [words.comments, "\(statistics.comments)"],
                [words.votesUp, "\(statistics.votesUp)"], [words.votesDown, "\(statistics.votesDown)"],
            ])
    }

    mutating func hotspots(
        _ words: ReportWords, _ answer: HotspotAnswer?,
        _ places: [(place: HotspotPlace, contributions: [Contribution])], categories: [String: String]
    ) {
        guard let answer else { return }
        guard answer.question.method == .gi else {
            guard !answer.listed.isEmpty else { return }
            heading(2, words.contributions)
            return contributions(answer.listed, categories, words)
        }
        heading(2, words.hotspots)
        picture(answer.svg(language: words.language))
        if places.isEmpty { paragraph(words.none(isWithheld: answer.features.isEmpty)) }
        for (number, entry) in places.enumerated() {
            heading(3, "\(words.place) \(number + 1)")
            var facts = [
                entry.place.contributions.map { "\($0) \(words.contributions)" } ?? words.withheld
            ]
            if let peak = entry.place.peak { facts.append("z = \(words.number(peak))") }
            if let stability = entry.place.stability { facts.append(words.stability(stability)) }
            paragraph(facts.joined(separator: ", "))
            contributions(entry.contributions, categories, words)
        }
    }

    /// Contributions in their order, at most ``told``.
    private mutating func contributions(
        _ all: [Contribution], _ categories: [String: String], _ words: ReportWords
    ) {
        table(
            words.told(min(Self.told, all.count), of: all.count),
            [words.title, words.category, words.votes, words.comments], numeric: [2, 3],
            all.prefix(Self.told).map {
                [
                    $0.title, $0.category.map { categories[$0] ?? $0 } ?? "–", "+\($0.votesUp) −\($0.votesDown)",
                    "\($0.commentCount)",
                ]
            })
    }

    mutating func figures(_ words: ReportWords, _ statistics: ProceedingStatistics, _ proceeding: Proceeding) {
        heading(2, words.categories)
        picture(statistics.svg(title: proceeding.name, language: words.language))
        func share(_ count: Int) -> String { words.share(count, of: statistics.contributions) }
        table(
            words.categories, [words.category, words.count, words.share], numeric: [1, 2],
            statistics.categories.map { [$0.label, "\($0.count)", share($0.count)] })
        heading(2, words.timeLine)
        let busiest = statistics.days.sorted { ($1.count, $0.name) < ($0.count, $1.name) }.prefix(10)
        table(
            words.busiestDays, [words.day, words.contributions], numeric: [1],
            busiest.map { [words.date($0.label), "\($0.count)"] })
        heading(2, words.quality)
        table(
            words.quality, [words.quality, words.count, words.share], numeric: [1, 2],
            statistics.quality.map { [words.quality($0.name), "\($0.count)", share($0.count)] })
    }

    mutating func areas(_ words: ReportWords, _ statistics: AreaStatistics, _ name: String) {
        heading(2, "\(words.areas): \(name)")
        picture(statistics.svg(title: name, language: words.language))
        func text(_ value: Double?) -> String { value.map(words.number) ?? "–" }
        table(
            name,
            [words.area, words.count, words.perKm2, words.inhabitants, words.rate, words.interval],
            numeric: [1, 2, 3, 4, 5],
            statistics.units.map { unit in
                [
                    unit.name, unit.isSuppressed ? "–" : "\(unit.count)", text(unit.density), text(unit.population),
                    text(unit.smoothedRate),
                    unit.interval.map { "\(text($0.lower)) – \(text($0.upper))" } ?? "–",
                ]
            })
    }

    mutating func method(_ words: ReportWords, _ answers: [HotspotAnswer]) {
        heading(2, words.method)
        list(words.limits)
        for answer in answers {
            heading(3, words.method(answer))
            paragraph(words.analysis.reference(answer.analysis.reference), style: "small")
            if let explanation = answer.analysis.explanation { paragraph(explanation.text(words.language)) }
            list(answer.analysis.weaknesses(words.language).map(words.analysis.sentence))
            table(
                words.method(answer), [words.parameter, words.value, words.origin],
                answer.analysis.parameters.map { parameter in
                    [words.parameter(parameter.name), words.analysis.value(parameter), words.origin(parameter)]
                })
            paragraph(
                "\(answer.analysis.crs), n = \(answer.analysis.toldUsed)"
                    + answer.analysis.leftOut.map {
                        ", \(words.quality($0.reason)) \($0.isSuppressed ? "–" : "\($0.count)")"
                    }.joined(),
                style: "small")
        }
    }
}
