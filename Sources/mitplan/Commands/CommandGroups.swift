import ArgumentParser

/// The subcommands as `mitplan --help` shows them.
let commandGroups: [CommandGroup] = [
    CommandGroup(
        name: "Installation",
        subcommands: [
            Initialise.self, Serve.self, TenantCommand.self, CheckCommand.self, BackupCommand.self,
        ]),
    CommandGroup(
        name: "Accounts",
        subcommands: [
            TokenCommand.self, KeyCommand.self, RoleCommand.self, IssuerCommand.self, AuditCommand.self,
            EmergencyCommand.self,
        ]),
    CommandGroup(
        name: "Proceedings",
        subcommands: [
            ProceedingCommand.self, CategoryCommand.self, ImportCommand.self, LayerCommand.self,
            ContributionsCommand.self,
            ConceptionCommand.self, AppointmentCommand.self, ExportCommand.self, DownloadCommand.self,
            WebhookCommand.self,
        ]),
    CommandGroup(
        name: "Moderation",
        subcommands: [
            ModerateCommand.self, AttachmentCommand.self, AnswerCommand.self, EraseCommand.self, RetentionCommand.self,
        ]),
    CommandGroup(
        name: "Analysis",
        subcommands: [
            HotspotsCommand.self, PatternCommand.self, StatisticsCommand.self, CompareCommand.self, RankCommand.self,
            ReportCommand.self,
            Benchmark.self,
        ]),
]
