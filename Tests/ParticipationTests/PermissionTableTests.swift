import Foundation
import Testing

@testable import Participation

struct PermissionTableTests {
    /// The document beside the code; `MITPLAN_BLESS=1` writes it anew.
    @Test func isTheDocument() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let file = root.appendingPathComponent("docs/permissions.md")
        if ProcessInfo.processInfo.environment["MITPLAN_BLESS"] != nil {
            try PermissionTable.markdown.write(to: file, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOf: file, encoding: .utf8) == PermissionTable.markdown)
    }
}
