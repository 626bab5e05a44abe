import Platform

/// The parameters of an analysis as a query gives them: those of its method, each in its range.
struct AnalysisQuery {
    private let query: QueryParameters
    private let known: [String: AnalysisParameter]

    /// Takes the parameters of a method.
    ///
    /// - Throws: ``Problem`` 400 for a parameter that only other methods have.
    init(_ query: QueryParameters, _ parameters: [AnalysisParameter], method: String) throws {
        self.query = query
        let own = parameters.of(method)
        known = Dictionary(uniqueKeysWithValues: own.map { ($0.name, $0) })
        for parameter in parameters where known[parameter.name] == nil {
            guard try query.text(parameter.name) != nil else { continue }
            let names = own.map(\.name).sorted().joined(separator: ", ")
            throw Problem.parameter(
                parameter.name,
                "\(method) has no \(parameter.name)"
                    + (own.isEmpty ? ", and no parameters of its own." : "; it has \(names)."))
        }
    }

    /// Takes all of some parameters.
    init(_ query: QueryParameters, _ parameters: [AnalysisParameter]) {
        self.query = query
        known = Dictionary(uniqueKeysWithValues: parameters.map { ($0.name, $0) })
    }

    /// A finite number in its range.
    func number(_ name: String) throws -> Double? {
        guard let parameter = known[name], let text = try query.text(name) else { return nil }
        guard case .number(let range, _, _) = parameter.shape, let value = QueryParameters.number(text[...]),
            range.contains(value)
        else { throw Problem.parameter(name, "\(parameter.rule).") }
        return value
    }

    /// A whole number in its range.
    func integer(_ name: String) throws -> Int? {
        guard let parameter = known[name], let text = try query.text(name) else { return nil }
        guard case .integer(let range, _, _) = parameter.shape, text.utf8.count < 12, let value = Int(text),
            range.contains(value)
        else { throw Problem.parameter(name, "\(parameter.rule).") }
        return value
    }

    /// Finite numbers separated by commas.
    func numbers(_ name: String) throws -> [Double]? {
        guard let parameter = known[name], let text = try query.text(name, maximumLength: 200) else { return nil }
        let numbers = text.split(separator: ",", omittingEmptySubsequences: false).map { QueryParameters.number($0) }
        guard numbers.allSatisfy({ $0 != nil }) else {
            throw Problem.parameter(name, "\(parameter.name) must be numbers separated by commas.")
        }
        return numbers.compactMap { $0 }
    }

    /// A word of a fixed list.
    func choice<Value: RawRepresentable<String> & CaseIterable>(_ name: String, as type: Value.Type) throws -> Value? {
        known[name] == nil ? nil : try query.choice(name, as: type)
    }

    /// `true` or `false`.
    func flag(_ name: String) throws -> Bool? { known[name] == nil ? nil : try query.flag(name) }

    /// A word.
    func text(_ name: String) throws -> String? { known[name] == nil ? nil : try query.text(name, maximumLength: 64) }

    /// Which cells are neighbours.
    func neighbourhood() throws -> Neighbourhood {
        var neighbourhood = Neighbourhood()
        neighbourhood.rule = try choice("weights", as: Neighbourhood.Rule.self) ?? .rings
        neighbourhood.rings = try integer("neighbours")
        neighbourhood.distance = try number("distance")
        neighbourhood.nearest = try integer("nearest")
        return neighbourhood
    }

    /// The cells that are counted in.
    func cells() throws -> CellLayout {
        var cells = CellLayout()
        cells.shape = try choice("grid", as: HotspotQuestion.CellShape.self) ?? .hex
        cells.orientation = try choice("orientation", as: CellLayout.Orientation.self)
        try cells.setSize(width: number("cell"), edge: number("cellEdge"), area: number("cellArea"))
        return cells
    }

    /// How values are divided into classes.
    func breaks() throws -> ClassBreaks? {
        try ClassBreaks(
            rule: try choice("breaks", as: ClassBreaks.Rule.self), classes: try integer("classes"))
    }

    /// The length of a step in time.
    func step(_ name: String) throws -> TimeStep? {
        guard let text = try text(name) else { return nil }
        guard let step = TimeStep(text) else { throw Problem.parameter(name, "\(name) \(TimeStep.rule).") }
        return step
    }
}

extension QueryParameters {
    /// The method of an analysis, which must be given.
    func method<Method: RawRepresentable<String> & CaseIterable>(_: Method.Type) throws -> Method {
        guard let method = try choice("method", as: Method.self) else {
            throw Problem.parameter(
                "method",
                "method is required: " + Method.allCases.map(\.rawValue).joined(separator: ", ") + ".",
                code: "required")
        }
        return method
    }
}

extension ParameterDescription {
    /// The parameter of an analysis, with the methods that have it.
    init(_ parameter: AnalysisParameter, namesMethods: Bool = true) {
        let methods =
            parameter.methods.isEmpty || !namesMethods ? "" : " (\(parameter.methods.joined(separator: ", ")))"
        let unit: String
        let shape: Shape
        switch parameter.shape {
        case .text: (shape, unit) = (.text, "")
        case .flag: (shape, unit) = (.flag, "")
        case .choice(let words): (shape, unit) = (.choice(words), "")
        case .number(let range, let name, _): (shape, unit) = (.number(range), name)
        case .integer(let range, let name, _): (shape, unit) = (.integer(range), name)
        }
        let bare = parameter.summary.hasSuffix(".") ? String(parameter.summary.dropLast()) : parameter.summary
        self.init(
            name: parameter.name, summary: bare + (unit.isEmpty ? "" : ", in \(unit)") + methods + ".", shape: shape)
    }
}
