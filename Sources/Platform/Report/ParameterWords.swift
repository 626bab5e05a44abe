/// How an analysis came about, for people: its method, parameters, units, rules and filters in German and English.
struct ParameterWords {
    let isGerman: Bool

    init(language: String) { isGerman = language.hasPrefix("de") }

    /// The method, such as `Getis-Ord Gi*`.
    func method(_ english: String) -> String { isGerman ? GermanMethods.name(english) : english }

    /// Where a method is defined: names and years, which are the same in any language, and the words between them.
    func reference(_ english: String) -> String { isGerman ? GermanMethods.reference(english) : english }

    /// The name of a parameter.
    func name(_ name: String) -> String { isGerman ? GermanParameters.names[name] ?? name : name }

    /// A parameter with its value and unit; German names and values of several words are held apart by a colon.
    func named(_ parameter: AnalysisRecord.Parameter) -> String {
        "\(name(parameter.name))\(isGerman ? ":" : "") \(value(parameter))"
    }

    /// The value of a parameter with its unit.
    func value(_ parameter: AnalysisRecord.Parameter) -> String {
        switch parameter.value {
        case .number(let number):
            let text = self.number(number)
            return parameter.unit.map { "\(text) \(unit($0, of: number))" } ?? text
        case .text(let text):
            let word = isGerman ? GermanParameters.word(text, of: parameter.name) ?? text : text
            return parameter.unit.map { "\(word) \(unit($0, of: Double(text)))" } ?? word
        }
    }

    /// A unit, in the singular where there is one of it.
    private func unit(_ unit: String, of number: Double?) -> String {
        let isOne = number == 1
        if isGerman, let words = GermanParameters.units[unit] { return isOne ? words.one : words.many }
        return isOne ? Self.singulars[unit] ?? unit : unit
    }

    private static let singulars = [
        "cells": "cell", "contributions": "contribution", "days": "day", "people": "person", "rings": "ring",
        "steps": "step", "votes": "vote",
    ]

    /// Who decided a parameter.
    func origin(_ origin: AnalysisRecord.Origin) -> String {
        guard isGerman else { return origin.rawValue }
        return switch origin {
        case .given: "angegeben"
        case .standard: "Vorgabe"
        case .chosen: "gewählt"
        }
    }

    /// A rule or a warning.
    func sentence(_ english: String) -> String { isGerman ? GermanSentences.text(english) : english }

    /// A number with a comma in German; what is small keeps three digits that say something.
    func number(_ value: Double) -> String {
        let text = Self.text(value)
        return isGerman ? text.replacing(".", with: ",") : text
    }

    private static func text(_ value: Double) -> String {
        guard value.isFinite, value != 0, abs(value) < 0.1 else { return PictureClasses.text(value) }
        var (size, places) = (abs(value), 2)
        while size < 1, places < 12 { (size, places) = (size * 10, places + 1) }
        return "\(value.rounded(toPlaces: places))"
    }

    /// The versions of data and program that an answer comes from.
    func versions(data: [Int64], engine: String) -> String {
        let numbers = data.map { "\($0)" }.joined(separator: isGerman ? " und " : " and ")
        return isGerman ? "Datenstand \(numbers), Mitplan \(engine)" : "Data version \(numbers), Mitplan \(engine)"
    }
}
