/// The permission table as a document: made of the code, so that it cannot say anything else.
public enum PermissionTable {
    /// The table as Markdown.
    public static var markdown: String {
        var text = """
            # Who may do what

            This page is made of `Permission.roles`; a test compares the two. Reading what is published needs nothing.
            Taking part while the phase is open needs a participant token where the proceeding asks for one, and always
            for votes. `analyst`, `moderator` and `planner` are given in the whole tenant or in single proceedings, where
            they then hold; `tenantAdmin` in the whole tenant. `platformAdmin` is the operator, who holds the data
            directory or the administrator token, and is not given. The operator is `tenantAdmin` as well, but in tenants
            that let it in on emergency access only: there while that is open.

            | permission | allows
            """
        for role in Role.allCases { text += " | \(role.rawValue)" }
        text += " |\n|---|---|" + String(repeating: "---|", count: Role.allCases.count) + "\n"
        for permission in Permission.allCases {
            text += "| `\(permission.rawValue)` | \(permission.meaning)"
            for role in Role.allCases {
                let mark = permission.roles.contains(role) ? role.isPerProceeding ? "assigned" : "yes" : "–"
                text += " | \(mark)"
            }
            text += " |\n"
        }
        return text
    }
}
