import ArgumentParser
import Foundation
import Participation
import Platform
import Storage

/// `mitplan webhook`.
struct WebhookCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "webhook",
        abstract: "Tell other systems of changes.",
        discussion: """
            While the server runs it posts a small signed JSON object for each change, at least once. The field \
            Mitplan-Signature is t=SECONDS,v1=HMAC-SHA-256 of "SECONDS.BODY" under the secret; receivers refuse what is \
            older than five minutes. The server asks only origins it was allowed to: mitplan serve --allow-origin.
            """,
        subcommands: [WebhookAdd.self, WebhookList.self, WebhookRemove.self, WebhookLog.self])
}

/// `mitplan webhook add`.
struct WebhookAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Add an address; the answer is the secret of its signatures, once.",
        discussion: """
            Events: \(FeedEvent.allCases.map(\.rawValue).joined(separator: ", ")).

            EXAMPLES
              mitplan webhook add https://example.org/hook --proceeding hafen --event contribution.created
            """)

    @Argument(help: "Where events are posted.")
    var url: String

    @Option(help: "What is told; may be repeated, everything but votes when none is given.")
    var event: [String] = []

    @Option(name: .shortAndLong, help: ArgumentHelp("Only of this proceeding.", valueName: "id"))
    var proceeding: String?

    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions

    func validate() throws {
        for name in event where FeedEvent(rawValue: name) == nil {
            throw ValidationError("there is no event \(name); there are \(FeedEvent.allCases.map(\.rawValue))")
        }
    }

    func run() async throws {
        let (webhook, secret) = try await Session.with(data) { session in
            var (target, scope): (Proceeding?, _) = (nil, try await session.scope(tenant))
            if let proceeding { (target, scope) = try await session.target(proceeding, tenant) }
            return try await session.installation.addWebhook(
                url: url, events: Set(event.compactMap(FeedEvent.init)), proceeding: target, scope: scope)
        }
        if !data.quiet { Console.error("webhook \(webhook.id) is ready; its secret is shown this once") }
        if let secret { Console.out(secret) }
    }
}

/// `mitplan webhook list`.
struct WebhookList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the webhooks.")

    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        _ = try output.resolved([.table, .json, .csv])
        let webhooks = try await Session.with(data) { session in
            try await session.installation.webhooks(scope: session.scope(tenant))
        }
        var listing = Listing([.init("id"), .init("url", maximumWidth: 80), .init("events"), .init("created")])
        for webhook in webhooks {
            let events = webhook.events.map(\.rawValue).sorted().joined(separator: ",")
            listing.append([
                .text(String(webhook.id)), .text(webhook.url), .text(events.isEmpty ? "all" : events),
                .text(NumberText.instant(webhook.created)),
            ])
        }
        try output.write(listing)
    }
}

/// `mitplan webhook remove`.
struct WebhookRemove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Remove a webhook, its log and what waits for it.")

    @Argument(help: ArgumentHelp("Number of the webhook.", valueName: "id"))
    var id: Int64

    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions

    func run() async throws {
        try await Session.with(data) { session in
            try await session.installation.removeWebhook(id, scope: session.scope(tenant))
            if !data.quiet { Console.out("webhook \(id) is gone") }
        }
    }
}

/// `mitplan webhook log`.
struct WebhookLog: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log", abstract: "Show what was sent to a webhook and what waits, newest first.")

    @Argument(help: ArgumentHelp("Number of the webhook.", valueName: "id"))
    var id: Int64

    @Option(parsing: .unconditional, help: "Most rows.")
    var limit = 50

    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...1000).contains(limit) else { throw ValidationError("--limit must lie between 1 and 1000") }
    }

    func run() async throws {
        _ = try output.resolved([.table, .json, .csv])
        let page = try await Session.with(data) { session in
            try await session.installation.deliveries(
                of: id, limit: limit, after: nil, scope: session.scope(tenant))
        }
        var listing = Listing([
            .init("id"), .init("event"), .init("proceeding"), .init("item"), .init("outcome"), .init("attempts"),
            .init("status"), .init("fault", maximumWidth: 80),
        ])
        for delivery in page.items {
            listing.append([
                .text(String(delivery.id)), .text(delivery.event), .text(delivery.proceeding),
                .text(delivery.item.map { String($0) }), .text(delivery.outcome.name),
                .count(Int(clamping: delivery.attempts)), .count(delivery.status.map { Int(clamping: $0) }),
                .text(delivery.fault),
            ])
        }
        try output.write(listing)
    }
}
