import GeoCore
import Platform
import Storage
import TestSupport
import Testing

struct CQL2Tests {
    private static let box = Geometry.polygon([
        [Position(9, 53), Position(10, 53), Position(10, 54), Position(9, 54), Position(9, 53)]
    ])

    @Test(
        arguments: [
            ("category = 'wege'", FilterExpression.compare(.category, .equal, .text("wege"))),
            ("title<>'It''s'", .compare(.title, .different, .text("It's"))),
            ("10 < votesUp", .compare(.votesUp, .greater, .number(10))),
            ("\"votesDown\" >= -1.5e1", .compare(.votesDown, .greaterOrEqual, .number(-15))),
            ("votesUp BETWEEN 1 AND 3 AND TRUE", .all([.between(.votesUp, .number(1), .number(3)), .constant(true)])),
            ("comments NOT IN (1, 2)", .not(.isOneOf(.comments, [.number(1), .number(2)]))),
            ("text like '%Rad\\_weg%'", .like(.text, "%Rad\\_weg%")),
            ("type IS NOT NULL", .not(.isNull(.type))), ("geometry IS NULL", .isUnlocated),
            ("status IN ('accepted','done')", .isOneOf(.status, [.integer(2), .integer(6)])),
            (
                "created >= TIMESTAMP('2026-05-01T02:00:00+02:00')",
                .compare(.created, .greaterOrEqual, .integer(1_777_593_600_000))
            ),
            (
                "TIMESTAMP('2026-05-01T00:00:00Z') > created", .compare(.created, .less, .integer(1_777_593_600_000))
            ),
            // AND binds closer than OR, NOT closest (OGC 21-065r2, annex B).
            (
                "id=1 OR id=2 AND NOT id=3",
                .any([
                    .compare(.id, .equal, .number(1)),
                    .all([.compare(.id, .equal, .number(2)), .not(.compare(.id, .equal, .number(3)))]),
                ])
            ),
            (
                "(id=1 OR id=2) AND id=3",
                .all([
                    .any([.compare(.id, .equal, .number(1)), .compare(.id, .equal, .number(2))]),
                    .compare(.id, .equal, .number(3)),
                ])
            ),
            ("A_CONTAINS(keywords, ('Ufer', 'Bank'))", .hasKeywords(["Ufer", "Bank"])),
            ("NOT a_overlaps(keywords,('Ufer'))", .not(.hasOneKeyword(["Ufer"]))),
            ("S_INTERSECTS(geometry, BBOX(9,53,10,54))", .intersects(box)),
            ("s_intersects(POLYGON((9 53, 10 53, 10 54, 9 54, 9 53)), geometry)", .intersects(box)),
        ] as [(String, FilterExpression)])
    func readsWhatTheStandardWrites(_ text: String, _ expected: FilterExpression) throws {
        #expect(try CQL2.parse(text) == expected)
    }

    @Test(arguments: [
        ("", "property"), ("category", "wanted"), ("category =", "text"), ("category = 3", "text"),
        ("votesUp = 'x'", "number"), ("author = 'x'", "property"), ("tenant = 1", "property"),
        ("c.author = 'x'", "property"), ("status = 'fertig'", "'accepted'"), ("status < 'done'", "order"),
        ("status LIKE 'd%'", "texts"), ("votesUp LIKE '1%'", "texts"), ("title = 'offen", "closed"),
        ("title LIKE '%a%b%c%d%e%f%g%h%i%j%'", "ten"), ("created > '2026-05-01'", "instant"),
        ("created > TIMESTAMP('bald')", "instant"), ("created > TIMESTAMP('2026-05-01')", "instant"),
        ("id = 1 id = 2", "AND"), ("(id = 1", ")"), ("id = 1)", "AND"), ("id IN ()", "number"),
        ("id = 1; DROP TABLE contribution", "sign"), ("id = 1 -- x", "number"), ("id = 1e999", "number"),
        ("S_INTERSECTS(geometry, POINT(500000 5900000))", "degrees"),
        ("S_INTERSECTS(geometry, POLYGON((0 0, 1 1, 0 1, 1 0, 0 0)))", "valid"),
        ("S_INTERSECTS(geometry, BBOX(9,54,10,53))", "BBOX"), ("S_INTERSECTS(title, POINT(9 53))", "geometry"),
        ("S_INTERSECTS(geometry, POINT EMPTY)", "closed"), ("S_WITHIN(geometry, POINT(9 53))", "property"),
        (String(repeating: "(", count: 21) + "id=1" + String(repeating: ")", count: 21), "deeply"),
        (String(repeating: "NOT ", count: 21) + "id=1", "deeply"),
        ("id IN (1" + String(repeating: ",1", count: 300) + ")", "parts"),
        ("id=1" + String(repeating: " OR id=1", count: 300), "parts"),
        ("text LIKE 'a'" + String(repeating: " OR text LIKE 'a'", count: 10), "patterns"),
        ("A_CONTAINS(title, ('Ufer'))", "keywords"), ("A_CONTAINS(keywords, 'Ufer')", "("),
        ("A_CONTAINS(keywords, ())", "keyword such as"), ("A_OVERLAPS(keywords, ('a,b'))", "without commas"),
        ("A_OVERLAPS(keywords, ('a'" + String(repeating: ",'a'", count: 10) + "))", "keywords"),
        ("keywords = 'Ufer'", "property"),
        (String(repeating: " ", count: 4001), "bytes"),
        (
            [String](repeating: "S_INTERSECTS(geometry, POINT(9 53))", count: 4).joined(separator: " OR "),
            "geometries"
        ),
    ])
    func refusesTheRestAndSaysWhatIsWanted(_ text: String, _ word: String) throws {
        let fault = #expect(throws: CQL2Fault.self) { try CQL2.parse(text) }
        #expect(fault?.description.contains(word) == true, "\(fault?.description ?? "none")")
    }

    /// Texts cut, joined and changed at random are read or refused, and what is read has kept to the limits.
    @Test func survivesWhateverIsTyped() {
        let samples = [
            "category = 'wege' AND (votesUp > 3 OR NOT text LIKE '%Rad%')",
            "created BETWEEN TIMESTAMP('2026-05-01T00:00:00Z')",
            "S_INTERSECTS(geometry, BBOX(9,53,10,54))", "S_INTERSECTS(geometry, MULTIPOINT((9 53),(10 54)))",
            "status IN ('done')", "\"id\" <> 1e3", "type IS NOT NULL", "'ä' = title", "NOT NOT TRUE",
        ]
        var random = SeededGenerator(seed: 23)
        let signs = Array("()',\"=<>%_\\ eE+-.0aANDOR\u{0}ü".unicodeScalars)
        for _ in 0..<4000 {
            var scalars: [Unicode.Scalar] = []
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let sample = Array((samples.randomElement(using: &random) ?? "").unicodeScalars)
                let from = Int.random(in: 0..<sample.count, using: &random)
                scalars += sample[from..<Int.random(in: from...sample.count, using: &random)]
                if Bool.random(using: &random), let sign = signs.randomElement(using: &random) { scalars.append(sign) }
            }
            for _ in 0..<Int.random(in: 0...4, using: &random) where !scalars.isEmpty {
                let place = Int.random(in: 0..<scalars.count, using: &random)
                scalars[place] = signs.randomElement(using: &random) ?? " "
            }
            var text = String.UnicodeScalarView()
            text.append(contentsOf: scalars)
            if let found = try? CQL2.parse(String(text)) { #expect(found.geometries.count <= CQL2.mostGeometries) }
        }
    }
}
