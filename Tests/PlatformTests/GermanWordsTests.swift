import GeoCore
import Participation
import Storage
import Testing

@testable import Platform

/// Whatever an analysis can tell has a German form: what is new in English is noticed here.
struct GermanWordsTests {
    private static let parameters =
        HotspotQuestion.parameters + PatternQuestion.parameters + AreaOptions.parameters + FeatureRanking.parameters

    /// Parameters whose texts are names of somebody's own, or numbers.
    private static let free: Set<String> = ["against", "crs", "focus", "layer", "levels", "timeZone"]

    /// The words of choices that are said otherwise in German.
    private static var englishWords: Set<String> {
        var words: Set<String> = ["true", "false"]
        for parameter in parameters {
            guard case .choice(let choices) = parameter.shape else { continue }
            words.formUnion(choices.filter { GermanParameters.word($0, of: parameter.name) != $0 })
        }
        return words.union(GermanParameters.units.filter { $0.key != $0.value.many }.keys)
    }

    /// What a record tells that has no German form.
    private func untold(_ record: AnalysisRecord) -> [String] {
        var missing: [String] = []
        let isMethodKnown =
            GermanMethods.names[record.method] != nil || record.method.hasPrefix("Kernel density, ")
            || GermanParameters.word(record.method, of: "method") != nil
        if !isMethodKnown { missing.append(record.method) }
        for parameter in record.parameters {
            if GermanParameters.names[parameter.name] == nil { missing.append(parameter.name) }
            if let unit = parameter.unit, GermanParameters.units[unit] == nil { missing.append(unit) }
            if case .text(let word) = parameter.value, !Self.free.contains(parameter.name), Double(word) == nil,
                GermanParameters.word(word, of: parameter.name) == nil
            {
                missing.append("\(parameter.name)=\(word)")
            }
            // A source is named in any language as it is.
            if let rule = parameter.rule, rule.wholeMatch(of: #/[A-Z][a-z]+ [0-9]{4}/#) == nil,
                GermanSentences.translation(of: rule) == nil
            {
                missing.append(rule)
            }
        }
        return missing + record.warnings.filter { GermanSentences.translation(of: $0) == nil }
    }

    @Test func everyParameterHasANameAndAUnit() {
        for parameter in Self.parameters {
            #expect(GermanParameters.names[parameter.name] != nil, "\(parameter.name)")
            switch parameter.shape {
            case .number(_, let unit, _), .integer(_, let unit, _):
                #expect(unit.isEmpty || GermanParameters.units[unit] != nil, "\(unit)")
            default: break
            }
        }
    }

    @Test func everyWordOfAChoiceHasAForm() {
        for parameter in Self.parameters {
            guard case .choice(let words) = parameter.shape else { continue }
            for word in words {
                #expect(GermanParameters.word(word, of: parameter.name) != nil, "\(parameter.name)=\(word)")
            }
        }
        for word in AreaOptions.Smoothing.allCases.map(\.rawValue) {
            #expect(GermanParameters.word(word, of: "smoothing") != nil, "\(word)")
        }
        for word in AreaOptions.Overlap.allCases.map(\.rawValue) {
            #expect(GermanParameters.word(word, of: "overlap") != nil, "\(word)")
        }
        for word in RankingMeasure.allCases.map(\.rawValue) {
            #expect(GermanParameters.word(word, of: "by") != nil, "\(word)")
        }
        let methods = HotspotQuestion.Method.allCases.map(\.rawValue) + PatternQuestion.Method.allCases.map(\.rawValue)
        for word in methods { #expect(GermanParameters.word(word, of: "method") != nil, "\(word)") }
    }

    @Test func everyConditionHasANameAndItsWordsAForm() throws {
        var filter = ContributionFilter()
        filter.boxes = [BoundingBox(minX: 9, minY: 53, maxX: 10, maxY: 54)]
        (filter.from, filter.until, filter.minimumVotes) = (0, 1, 1)
        (filter.categories, filter.keywords, filter.tags, filter.types) = (["a"], ["b"], ["c"], ["d"])
        (filter.statuses, filter.states, filter.geometryKinds) = ([.done], [.published], [.point])
        (filter.words, filter.located, filter.insideArea) = ("e", true, true)
        filter.places = [
            PlaceCondition(.near(metres: 200), .position(Position(9.9, 53.5))),
            PlaceCondition(.within, .layer("plan", ordinal: 3)), PlaceCondition(.crossing, .layer("plan", ordinal: 3)),
        ]
        filter.expression = try CQL2.parse("comments > 1")
        let (members, none) = (Mirror(reflecting: filter).children, Mirror(reflecting: ContributionFilter()).children)
        for (member, none) in zip(members, none) where member.label != "selection" {
            #expect("\(member.value)" != "\(none.value)", "\(member.label ?? "") must be asked for here")
        }
        for name in filter.terms.map(\.name) {
            #expect(ParameterWords.filters[name] != nil, "\(name)")
        }
        let words = ParameterWords(language: "de")
        #expect(words.filter(FilterTerm(name: "located", value: "true")) == "verortet ja")
        for status in OfficialStatus.allCases {
            #expect(ParameterWords.germanValues["status"]?[status.name] != nil, "\(status.name)")
        }
        for state in Contribution.State.allCases {
            #expect(ParameterWords.germanValues["state"]?[state.name] != nil, "\(state.name)")
        }
        for kind in Geometry.Kind.allCases {
            #expect(ParameterWords.germanValues["geometryType"]?[kind.rawValue] != nil, "\(kind.rawValue)")
        }
    }

    @Test func oneOfSomethingIsInTheSingular() {
        func value(_ number: Double, _ language: String) -> String {
            ParameterWords(language: language).value(
                AnalysisRecord.Parameter(name: "neighbours", value: .number(number), unit: "rings", origin: .given))
        }
        #expect(value(1, "de") == "1 Ring" && value(2, "de") == "2 Ringe")
        #expect(value(1, "en") == "1 ring" && value(2, "en") == "2 rings")
    }

    @Test func aSmallNumberIsNotToldAsNothing() {
        #expect(ParameterWords(language: "de").number(0.000_25) == "0,00025")
        #expect(ParameterWords(language: "en").number(0.05) == "0.05")
    }

    @Test(arguments: HotspotQuestion.Method.allCases)
    func allThatAHotspotMethodTellsHasAForm(_ method: HotspotQuestion.Method) async throws {
        let city = try await TestCity.withContributions.value
        var question = HotspotQuestion(method: method)
        if [.scan, .geary].contains(method) { question.permutations = 99 }
        let answer = try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.anonymous)
        #expect(untold(answer.analysis).isEmpty, "\(untold(answer.analysis))")
    }

    @Test func allThatParametersLetAMethodTellHasAForm() async throws {
        var planted = PlantedContributions(seed: 9)
        for index in 0..<120 {
            planted.add(
                9.88 + planted.unit() * 0.05, 53.37 + planted.unit() * 0.03,
                at: 1_767_567_600_000 + Int64(index) * PlantedContributions.day,
                category: index % 3 == 0 ? "Radverkehr" : "Sonstiges", votes: index % 7)
        }
        let city = try await planted.city()
        var questions: [HotspotQuestion] = []
        func ask(_ method: HotspotQuestion.Method, _ change: (inout HotspotQuestion) -> Void) {
            var question = HotspotQuestion(method: method)
            if method == .kde { (question.cell, question.sensitivity) = (300, false) }
            change(&question)
            questions.append(question)
        }
        ask(.kde) {
            $0.kernel = .gaussian
            $0.bandwidth = 700
            $0.edge = .jonesDiggle
        }
        ask(.kde) {
            $0.deviation = 400
            $0.isAdaptive = true
        }
        ask(.kde) {
            $0.kernel = .triweight
            $0.rule = .scottRobust
        }
        ask(.kde) {
            $0.surface = .isolines
            $0.apportion = .share
        }
        ask(.grid) {
            $0.weight = .approval
            $0.breaks = ClassBreaks(.quantile)
        }
        ask(.grid) {
            $0.apportion = .touch
            $0.division = .category
            $0.hasMeasures = true
        }
        ask(.gi) {
            $0.neighbourhood.rule = .band
            $0.tails = .directed
            $0.correction = .none
        }
        ask(.gi) {
            $0.weight = .votes
            $0.inference = .exact
            $0.permutations = 99
        }
        ask(.moran) {
            $0.neighbourhood.rule = .nearest
            $0.inference = .permutation
            $0.permutations = 99
        }
        ask(.scan) {
            $0.window = .ellipse
            $0.penalty = .strong
            $0.permutations = 99
        }
        ask(.scan) {
            $0.model = .spaceTime
            $0.isGumbel = true
            $0.permutations = 99
        }
        ask(.emerging) {
            $0.step = .week
            $0.baseline = .slice
            $0.locations = .occupied
        }
        ask(.hdbscan) {
            $0.minPoints = 5
            $0.mayBeOne = true
            $0.namesMembers = true
        }
        for question in questions {
            let answer = try await city.installation.findHotspots(
                question, of: city.proceeding(), scope: city.anonymous)
            #expect(untold(answer.analysis).isEmpty, "\(question.method): \(untold(answer.analysis))")
        }
    }

    @Test(arguments: PatternQuestion.Method.allCases)
    func allThatAPatternTellsHasAForm(_ method: PatternQuestion.Method) async throws {
        let city = try await PatternTests.grouped().city()
        var question = PatternQuestion(method: method)
        (question.simulations, question.steps, question.permutations) = (19, 5, 99)
        if method == .ripley { question.correction = .border }
        if method == .crossK { question.correction = PatternQuestion.Correction.none }
        if [.moran, .geary, .generalG, .joinCounts].contains(method) { question.cell = 1000 }
        let answer = try await city.installation.findPattern(question, of: city.proceeding(), scope: city.anonymous)
        #expect(untold(answer.analysis).isEmpty, "\(untold(answer.analysis))")
    }

    @Test func noRowOfAReportIsInEnglish() async throws {
        let city = try await TestCity.withContributions.value
        let report = String(
            decoding: try await city.installation.report(
                of: city.proceeding(), language: "de", scope: city.anonymous), as: UTF8.self)
        let start = try #require(report.firstRange(of: "Methode und Grenzen</h2>"))
        let method = report[start.upperBound...]
        let rows = method.matches(
            of: #/<tr><th scope="row">([^<]*)</th><td>([^<]*)</td><td>([^<]*)</td></tr>/#)
        #expect(rows.count > 15)
        let functionWords: Set<String> = [
            "the", "of", "to", "and", "are", "which", "since", "with", "by", "where", "at",
        ]
        for row in rows {
            let (name, value, origin) = (String(row.1), String(row.2), String(row.3))
            #expect(name.contains(" ("), "\(name)")
            let parts = value.split(separator: " ").map(String.init)
            #expect(!Self.englishWords.contains(value), "\(name): \(value)")
            if let last = parts.last, parts.count == 2 {
                #expect(!Self.englishWords.contains(last), "\(name): \(value)")
            }
            #expect(
                ["angegeben", "Vorgabe", "gewählt"].contains { origin == $0 || origin.hasPrefix("\($0): ") },
                "\(origin)")
            #expect(functionWords.isDisjoint(with: origin.split(separator: " ").map(String.init)), "\(origin)")
        }
        for item in method.matches(of: #/<li>([^<]*)</li>/#) {
            #expect(functionWords.isDisjoint(with: item.1.split(separator: " ").map(String.init)), "\(item.1)")
        }
        #expect(!report.contains("<metadata>"))
    }
}
