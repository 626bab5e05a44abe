import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import TestSupport
import Testing

@testable import WebServer

/// What somebody is and may do who signs in elsewhere.
struct AccountTests {
    @Test func knowsWhoSignsInByEveryKindOfKey() async throws {
        let city = try await SignedInCity()
        for key in city.keys {
            let account = try await city.account(try city.token(by: key))
            #expect(account.account?.wholeMatch(of: /city:[0-9a-f]{32}/) != nil)
            #expect(account.participant?.wholeMatch(of: /[0-9a-f]{32}/) != nil)
            #expect(account.roles.isEmpty)
        }
        #expect(city.provider.keyRequests == 1 && city.provider.descriptionRequests == 1)
    }

    /// A token for both tenants of the installation.
    private static let both: [String: String?] = ["tenant": #"["bonn","hamburg"]"#]

    @Test func namesPeopleByPseudonymsThatDifferFromTenantToTenant() async throws {
        let city = try await SignedInCity(issuer: #", "tenantClaim": "tenant""#)
        #expect(try await city.put("/t/bonn" + SignedInCity.mapping, #"{"roles": []}"#).status == .ok)
        func token(_ changes: [String: String?] = [:]) throws -> String {
            try city.token(changes.merging(Self.both) { $1 })
        }
        let first = try await city.account(try token())
        let again = try await city.account(try token(["email": #""a@example.org""#, "name": #""Xqname""#]))
        let other = try await city.account(try token(["sub": #""4712""#]))
        let elsewhere = try await city.account(try token(), "/t/bonn/api/v1/account")
        #expect(first.account == again.account && first.participant == again.participant)
        let names = [first, other, elsewhere].flatMap { [$0.account, $0.participant] }.compactMap { $0 }
        #expect(Set(names.map { $0.suffix(32) }).count == 6)
    }

    @Test func storesNothingOfTheToken() async throws {
        let city = try await SignedInCity()
        let token = try city.token(
            [
                "sub": #""Xqsubject""#, "email": #""xqmail@example.org""#, "preferred_username": #""Xqname""#,
                "realm_access": #"{"roles":["mitplan-admin"]}"#,
            ])
        let key = #"{"name": "k", "roles": [{"role": "analyst"}]}"#
        #expect(try await city.ask(token, "/api/v1/keys", method: .post, body: key).status == .created)
        let made = try await city.ask(token, CityServer.contributions, method: .post, body: CityServer.feature())
        #expect(made.status == .created)
        var files: [(name: String, bytes: Data)] = []
        for name in try FileManager.default.subpathsOfDirectory(atPath: city.city.folder.path("")) {
            if let bytes = FileManager.default.contents(atPath: city.city.folder.path(name)) {
                files.append((name, bytes))
            }
        }
        for word in ["Xqsubject", "xqmail", "Xqname"] {
            for file in files where file.bytes.firstRange(of: Data(word.utf8)) != nil {
                Issue.record("\(word) in \(file.name)")
            }
        }
        // What is stored would be found: the contribution, and the pseudonym that made the key.
        let account = try #require(try await city.account(token).account)
        for word in ["Radweg fehlt", account] {
            #expect(files.contains { $0.bytes.firstRange(of: Data(word.utf8)) != nil }, "\(word)")
        }
    }

    @Test func givesRolesForClaimsInTheirProceedingAlone() async throws {
        let city = try await SignedInCity()
        let token = try city.token(SignedInCity.roles("offline_access", "mod-hafen"))
        #expect(try await city.account(token).roles == [.init(role: "moderator", proceeding: "hafen")])
        #expect(try await city.ask(token, "/api/v1/proceedings/hafen/moderation").status == .ok)
        #expect(try await city.ask(token, "/api/v1/proceedings/radverkehr/moderation").status == .forbidden)
        #expect(try await city.ask(token, "/api/v1/keys").status == .forbidden)
        let both = try city.token(SignedInCity.roles("mod-hafen", "mod-radverkehr"))
        #expect(
            try await city.account(both).roles == [
                .init(role: "moderator", proceeding: "hafen"), .init(role: "moderator", proceeding: "radverkehr"),
            ])
        let admin = try city.token(SignedInCity.roles("mitplan-admin"))
        #expect(try await city.ask(admin, "/api/v1/keys").status == .ok)
        #expect(try await city.ask(admin, SignedInCity.issuer, method: .delete).status == .forbidden)
    }

    @Test(
        arguments: [
            ["realm_access": #"{"roles":"mod-hafen-2"}"#], ["realm_access": #"{"roles":{"mod-hafen":true}}"#],
            ["realm_access": #"["mod-hafen"]"#], ["roles": #"["mod-hafen"]"#],
            ["realm_access.roles": #"["mod-hafen"]"#],
            ["realm_access": #"{"roles":["MOD-HAFEN"," mod-hafen",7,null,["mod-hafen"]]}"#], [:],
        ] as [[String: String?]])
    func givesNoRoleForOtherClaims(_ changes: [String: String?]) async throws {
        let city = try await SignedInCity()
        #expect(try await city.account(try city.token(changes)).roles.isEmpty)
    }

    /// What looks like the name of a group, and is written otherwise, is another group.
    @Test func givesNoRoleForALookAlike() async throws {
        let city = try await SignedInCity()
        var headers = CityServer.staff
        headers[.ifMatch] = "*"
        let roles = "{\"roles\": [{\"value\": \"pr\u{FC}fer\", \"role\": \"moderator\", \"proceeding\": \"hafen\"}]}"
        #expect(try await city.put(SignedInCity.mapping, roles, headers: headers).status == .ok)
        let good = try await city.account(try city.token(SignedInCity.roles("pr\u{FC}fer")))
        #expect(good.roles == [.init(role: "moderator", proceeding: "hafen")])
        #expect(try await city.account(try city.token(SignedInCity.roles("pru\u{308}fer"))).roles.isEmpty)
    }

    /// What a claim is worth is each tenant's own affair, also where they share an issuer.
    @Test func givesRolesInTheTenantThatGivesThemAlone() async throws {
        let city = try await SignedInCity(issuer: #", "tenantClaim": "tenant""#)
        let (here, there) = ("/t/hamburg/api/v1/account", "/t/bonn/api/v1/account")
        let roles = #"{"roles": [{"value": "chief", "role": "tenantAdmin"}]}"#
        #expect(try await city.put("/t/bonn" + SignedInCity.mapping, roles).status == .ok)
        let chief = try city.token(SignedInCity.roles("chief").merging(Self.both) { $1 })
        let admin = try city.token(SignedInCity.roles("mitplan-admin").merging(Self.both) { $1 })
        #expect(try await city.account(chief, there).roles == [.init(role: "tenantAdmin")])
        #expect(try await city.account(chief, here).roles.isEmpty)
        #expect(try await city.account(admin, there).roles.isEmpty)
        #expect(try await city.account(admin, here).roles == [.init(role: "tenantAdmin")])
        #expect(try await city.ask(admin, "/t/bonn/api/v1/keys").status == .forbidden)
        var headers = CityServer.staff
        headers[.ifMatch] = "*"
        let end = try await city.city.send("/t/bonn" + SignedInCity.mapping, method: .delete, headers: headers)
        #expect(end.status == .noContent)
        #expect(try await city.ask(chief, there).status == .notFound)
        #expect(try await city.account(admin, here).roles == [.init(role: "tenantAdmin")])
    }

    @Test func readsRolesAlsoFromAPointerAndASingleText() async throws {
        let city = try await SignedInCity()
        let body = """
            {"url": "\(city.provider.url)", "audiences": ["mitplan"], "rolesClaim": "/https:~1~1example.org~1groups"}
            """
        var headers = CityServer.staff
        headers[.ifMatch] = "*"
        #expect(try await city.put(SignedInCity.issuer, body, headers: headers).status == .ok)
        let token = try city.token(["https://example.org/groups": #""mod-hafen""#])
        #expect(try await city.account(token).roles == [.init(role: "moderator", proceeding: "hafen")])
    }

    @Test func joinsRolesOfClaimsWithThoseGivenToTheAccount() async throws {
        let city = try await SignedInCity()
        let account = try #require(try await city.account(try city.token()).account)
        let grant = #"{"subject": "\#(account)", "role": "analyst"}"#
        let given = try await city.city.post("/api/v1/roles", grant, headers: CityServer.staff)
        #expect(given.status == .created)
        let token = try city.token(SignedInCity.roles("mod-hafen"))
        #expect(
            try await city.account(token).roles == [
                .init(role: "analyst"), .init(role: "moderator", proceeding: "hafen"),
            ])
        let path = try #require(given.headers[.location])
        #expect(try await city.city.send(path, method: .delete, headers: CityServer.staff).status == .noContent)
        #expect(try await city.account(token).roles == [.init(role: "moderator", proceeding: "hafen")])
    }

    @Test func takesPartAsAParticipantAndVotesOnceFromHoweverManyTokens() async throws {
        let city = try await SignedInCity()
        let made = try await city.ask(
            try city.token(), CityServer.contributions, method: .post, body: CityServer.feature())
        let path = try #require(made.headers[.location])
        for key in city.keys {
            city.clock.advance(seconds: 60)
            let vote = try await city.ask(
                try city.token(by: key), path + "/vote", method: .put, body: #"{"value": 1}"#)
            #expect(vote.text.contains(#""up":1,"down":0"#), "\(vote.text)")
        }
        let own = try await city.ask(try city.token(), "/api/v1/participants/me/contributions")
        #expect(own.text.contains("Radweg fehlt") && own.text.contains(#""numberReturned":1"#))
        let others = try await city.ask(try city.token(["sub": #""4712""#]), "/api/v1/participants/me/contributions")
        #expect(others.text.contains(#""numberReturned":0"#))
        #expect(!made.text.contains("city:"))
    }

    /// The log names staff; a citizen who signs in stays a citizen there.
    @Test func namesTheAccountOfStaffAloneInTheAuditLog() async throws {
        let city = try await SignedInCity()
        let citizen = try city.token()
        let staff = try city.token(
            ["sub": #""chief""#, "realm_access": #"{"roles":["mod-radverkehr","mitplan-admin"]}"#])
        let names = try await (city.account(citizen), city.account(staff))
        let made = try await city.ask(citizen, CityServer.contributions, method: .post, body: CityServer.feature())
        let path = try #require(made.headers[.location])
        let hide = #"{"action": "hide", "reason": "offTopic"}"#
        let hidden = try await city.city.send(
            path + "/moderation", method: .post,
            headers: [.authorization: "Bearer \(staff)", .contentType: "application/json", .ifMatch: "*"], body: hide)
        #expect(hidden.status == .ok, "\(hidden.text)")
        #expect(try await city.ask(citizen, path + "/erasure", method: .post).status == .noContent)
        let log = try await city.city.send("/api/v1/audit", headers: CityServer.staff).text
        let account = try #require(names.1.account)
        #expect(log.contains(#""actor":"\#(account)","action":"contribution.hide""#))
        #expect(log.contains(#""actor":"participant","action":"contribution.erase""#))
        for name in [names.0.account, names.0.participant, names.1.participant] {
            let name = try #require(name)
            #expect(!log.contains(name))
        }
    }

    /// Staff who erase what they wrote themselves are authors: the log must not tell who wrote it.
    @Test func namesNoAccountWhereStaffErasesItsOwn() async throws {
        let city = try await SignedInCity()
        let staff = try city.token(SignedInCity.roles("mitplan-admin"))
        let made = try await city.ask(staff, CityServer.contributions, method: .post, body: CityServer.feature())
        let path = try #require(made.headers[.location])
        #expect(try await city.ask(staff, path + "/erasure", method: .post).status == .noContent)
        let log = try await city.city.send("/api/v1/audit?limit=1", headers: CityServer.staff).text
        #expect(log.contains(#""actor":"participant","action":"contribution.erase""#), "\(log)")
    }

    @Test func leavesTheOtherCredentialsAsTheyAre() async throws {
        let city = try await SignedInCity()
        let participant = try await city.city.participant()
        #expect(try await city.city.send("/api/v1/participants/me/votes", headers: participant).status == .ok)
        let key = try await city.city.post(
            "/api/v1/keys", #"{"name": "k", "roles": [{"role": "analyst"}]}"#, headers: CityServer.staff)
        let text = try #require(key.text.firstMatch(of: /mp_\d+_[0-9a-f]{64}/)?.output)
        let holder = try await city.account(String(text))
        #expect(holder.account?.hasPrefix("key:") == true && holder.participant == nil)
        #expect(holder.roles == [.init(role: "analyst")])
        #expect(try await city.account(CityServer.token).account == "operator")
        let nobody = try await city.city.send("/api/v1/account")
        #expect(nobody.text == #"{"account":null,"participant":null,"roles":[]}"#)
    }
}
