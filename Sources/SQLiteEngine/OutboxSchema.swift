import Storage

extension SQLiteDialect {
    /// Receivers of events, and the outbox.
    ///
    /// Rows of the outbox are written by triggers: in the transaction of the change whoever makes it, and not at all
    /// where nobody listens. Contributions of an import are no news and make none.
    static let outbox: [String] =
        [
            """
            CREATE TABLE webhook (
                tenant BIGINT NOT NULL, id BIGINT NOT NULL, url TEXT NOT NULL, secret BLOB NOT NULL,
                events TEXT NOT NULL, proceeding BIGINT, created BIGINT NOT NULL, PRIMARY KEY (tenant, id),
                FOREIGN KEY (tenant) REFERENCES tenant (tenant) ON DELETE CASCADE,
                FOREIGN KEY (tenant, proceeding) REFERENCES proceeding (tenant, proceeding) ON DELETE CASCADE)
            """,
            """
            CREATE TABLE webhook_delivery (
                id INTEGER PRIMARY KEY AUTOINCREMENT, tenant BIGINT NOT NULL, webhook BIGINT NOT NULL,
                event TEXT NOT NULL, proceeding BIGINT NOT NULL, item BIGINT, contribution BIGINT, state INTEGER,
                created BIGINT NOT NULL, attempts BIGINT NOT NULL DEFAULT 0, due BIGINT NOT NULL DEFAULT 0,
                outcome INTEGER NOT NULL DEFAULT 0, status BIGINT, fault TEXT, ended BIGINT,
                FOREIGN KEY (tenant, webhook) REFERENCES webhook (tenant, id) ON DELETE CASCADE,
                FOREIGN KEY (tenant, proceeding) REFERENCES proceeding (tenant, proceeding) ON DELETE CASCADE)
            """,
            "CREATE INDEX webhook_due ON webhook_delivery (due, id) WHERE outcome = 0",
            "CREATE INDEX webhook_log ON webhook_delivery (tenant, webhook, id)",
            "CREATE INDEX webhook_ended ON webhook_delivery (ended) WHERE ended IS NOT NULL",
            "CREATE INDEX webhook_delivery_proceeding ON webhook_delivery (tenant, proceeding)",
            """
            CREATE TRIGGER pds_erased AFTER UPDATE OF state ON contribution WHEN NEW.state = 5 BEGIN
                DELETE FROM pds_contribution
                WHERE tenant = NEW.tenant AND proceeding = NEW.proceeding AND id = NEW.id;
            END
            """,
        ] + [
            trigger(
                "contribution.created", "INSERT ON contribution", when: "NEW.channel <> 'import'",
                "NEW.id, NULL, NEW.state, NEW.changed"),
            trigger(
                "contribution.changed", "UPDATE OF title, text, category, type, wkb ON contribution",
                when: """
                    NEW.state <> 5 AND (OLD.title <> NEW.title OR OLD.text <> NEW.text
                        OR OLD.category IS NOT NEW.category OR OLD.type IS NOT NEW.type OR OLD.wkb IS NOT NEW.wkb)
                    """, "NEW.id, NULL, NEW.state, NEW.changed"),
            trigger(
                "contribution.state", "UPDATE OF state ON contribution", when: "OLD.state <> NEW.state",
                "NEW.id, NULL, NEW.state, NEW.changed"),
            trigger(
                "comment.created", "INSERT ON comment", when: "TRUE",
                "NEW.id, NEW.contribution, NEW.state, NEW.changed"),
            trigger(
                "comment.changed", "UPDATE OF subject, text ON comment",
                when: "NEW.state <> 5 AND (OLD.subject IS NOT NEW.subject OR OLD.text <> NEW.text)",
                "NEW.id, NEW.contribution, NEW.state, NEW.changed"),
            trigger(
                "comment.state", "UPDATE OF state ON comment", when: "OLD.state <> NEW.state",
                "NEW.id, NEW.contribution, NEW.state, NEW.changed"),
            trigger(
                "proceeding.created", "INSERT ON proceeding", when: "TRUE", "NULL, NULL, NULL, NEW.created"),
        ]

    /// Events that came later: official answers, and votes for those who ask for them by name.
    static let answersAndVotes: [String] = [
        trigger(
            "answer.created", "INSERT ON answer", when: "TRUE", "NEW.id, NEW.contribution, NULL, NEW.created"),
        trigger(
            "contribution.votes", "UPDATE OF votes_up, votes_down ON contribution", when: voted,
            "NEW.id, NULL, NEW.state, \(instant)", isByDefault: false),
        trigger(
            "comment.votes", "UPDATE OF votes_up, votes_down ON comment", when: voted,
            "NEW.id, NEW.contribution, NEW.state, \(instant)", isByDefault: false),
    ]

    private static let voted = """
        NEW.state <> 5 AND (OLD.votes_up <> NEW.votes_up OR OLD.votes_down <> NEW.votes_down)
        """

    /// Milliseconds since 1970 by the engine's clock: a vote leaves no time on the row it is for.
    static let instant = "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)"

    /// The triggers of comments anew, which their table has lost, and those of conceptions.
    static let outboxOfConceptions: [String] =
        [
            ("created", "INSERT ON comment", "TRUE"),
            (
                "changed", "UPDATE OF subject, text ON comment",
                "NEW.state <> 5 AND (OLD.subject IS NOT NEW.subject OR OLD.text <> NEW.text)"
            ), ("state", "UPDATE OF state ON comment", "OLD.state <> NEW.state"),
            ("votes", "UPDATE OF votes_up, votes_down ON comment", voted),
        ].map { event, change, when in
            trigger(
                "comment.\(event)", change, when: when, columns: "item, contribution, conception, state, created",
                "NEW.id, NEW.contribution, NEW.conception, NEW.state, \(event == "votes" ? instant : "NEW.changed")",
                isByDefault: event != "votes")
        }
        + [
            ("created", "INSERT ON conception", "NEW.source IS NULL"),
            (
                "changed", "UPDATE OF title, text, image, wkb, weight ON conception",
                """
                NEW.state <> 5 AND (OLD.title <> NEW.title OR OLD.text <> NEW.text OR OLD.image IS NOT NEW.image
                    OR OLD.wkb IS NOT NEW.wkb OR OLD.weight <> NEW.weight)
                """
            ), ("state", "UPDATE OF state ON conception", "OLD.state <> NEW.state"),
            ("votes", "UPDATE OF votes_up, votes_down ON conception", voted),
        ].map { event, change, when in
            trigger(
                "conception.\(event)", change, when: when, columns: "item, state, created",
                "NEW.id, NEW.state, \(event == "votes" ? instant : "NEW.changed")", isByDefault: event != "votes")
        }

    /// An image that comes or goes changes its contribution.
    static let attachmentOutbox: [String] = [
        trigger(
            "contribution.changed", "UPDATE OF attachments ON contribution",
            when: "NEW.state <> 5 AND OLD.attachments <> NEW.attachments", "NEW.id, NULL, NEW.state, NEW.changed",
            name: "contribution_attachments")
    ]

    /// So does what is said of an image, though their number stays: it is counted anew with each change of one.
    static let attachmentTextOutbox: [String] = [
        "DROP TRIGGER outbox_contribution_attachments",
        trigger(
            "contribution.changed", "UPDATE OF attachments ON contribution", when: "NEW.state <> 5",
            "NEW.id, NULL, NEW.state, NEW.changed", name: "contribution_attachments"),
    ]

    /// The same of conceptions.
    static let conceptionAttachmentOutbox: [String] = [
        trigger(
            "conception.changed", "UPDATE OF attachments ON conception", when: "NEW.state <> 5",
            columns: "item, state, created", "NEW.id, NEW.state, NEW.changed", name: "conception_attachments")
    ]

    /// A proceeding that takes several transactions to make is told of when it is whole.
    static let outboxOfFinishedProceedings: [String] = [
        "DROP TRIGGER outbox_proceeding_created",
        trigger(
            "proceeding.created", "INSERT ON proceeding", when: "NEW.making = 0", "NULL, NULL, NULL, NEW.created"),
        trigger(
            "proceeding.created", "UPDATE OF making ON proceeding", when: "OLD.making = 1 AND NEW.making = 0",
            "NULL, NULL, NULL, NEW.changed", name: "proceeding_finished"),
    ]

    /// How a contribution came in does not tell any more whether it is news: what an import brings has marks of its
    /// source, whatever its channel.
    static let outboxOfChannels: [String] = [
        "DROP TRIGGER outbox_contribution_created",
        trigger(
            "contribution.created", "INSERT ON contribution", when: "NEW.told IS NULL",
            "NEW.id, NULL, NEW.state, NEW.changed"),
    ]

    static func trigger(
        _ event: String, _ change: String, when: String, columns: String = "item, contribution, state, created",
        _ values: String, isByDefault: Bool = true, name: String? = nil, row: String = "NEW"
    ) -> String {
        """
        CREATE TRIGGER outbox_\(name ?? event.replacing(".", with: "_")) AFTER \(change) WHEN \(when) BEGIN
            INSERT INTO webhook_delivery (tenant, proceeding, webhook, event, \(columns))
            SELECT \(row).tenant, \(row).proceeding, w.id, '\(event)', \(values) FROM webhook w
            WHERE w.tenant = \(row).tenant AND (w.proceeding IS NULL OR w.proceeding = \(row).proceeding)
                AND \(asks(event, isByDefault: isByDefault));
        END
        """
    }

    /// Whether a receiver `w` asks for an event.
    static func asks(_ event: String, isByDefault: Bool = true) -> String {
        "(\(isByDefault ? "w.events = ''" : "FALSE") OR instr(w.events, ',\(event),') > 0)"
    }
}
