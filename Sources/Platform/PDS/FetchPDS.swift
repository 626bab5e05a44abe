import Formats
import Foundation
import GeoCore
public import OutboundHTTP

/// Brings the collections of a PDS server into files.
public struct PDSFetch: Sendable {
    /// Most projects that are fetched at once.
    public static let projectLimit = 1000

    /// What stands bare in a path (RFC 3986, 2.3): servers compare names without decoding them.
    private static let unreserved = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")

    private let client: OutboundClient
    private let folder: String

    /// Makes a fetch that writes into an existing folder.
    public init(client: OutboundClient, folder: String) {
        self.client = client
        self.folder = folder
    }

    /// Fetches what an address names, and returns the files in the order in which they are to be read.
    ///
    /// The address of a list of projects brings all of them with their commented contributions, that of one project
    /// this one, any other the collection itself. Servers that do not nest comments are asked for contributions alone;
    /// those that tell no comments on conceptions are not asked again.
    ///
    /// - Parameter projects: ids that are wanted; empty means all.
    /// - Throws: ``PlatformError`` `invalidInput` when the server answers anything but a collection, `OutboundError`,
    ///   `FormatError`, `CancellationError`.
    public func files(of address: String, projects: Set<String> = []) async throws -> [PDSFile] {
        var bare = Substring(address.prefix { $0 != "?" && $0 != "#" })
        while bare.last == "/" { bare.removeLast() }
        let parts = bare.components(separatedBy: "/projects")
        let tail = parts.count > 1 ? parts[parts.count - 1].split(separator: "/") : []
        if tail.count > 1 {
            guard let file = try await fetch(String(bare), as: "contributions.json") else { throw Self.nothing(bare) }
            let isOfConceptions = tail.count == 2 && tail[1] == "conception_comments"
            return [PDSFile(file, project: String(tail[0]), holdsConceptions: isOfConceptions)]
        }
        let base = parts.count > 1 ? parts.dropLast().joined(separator: "/projects") : String(bare)
        guard let list = try await fetch(parts.count > 1 ? String(bare) : "\(base)/projects", as: "projects.json")
        else {
            throw Self.nothing(bare)
        }
        var files = [PDSFile(list)]
        let wanted = try Self.projects(in: list).filter { projects.isEmpty || projects.contains($0) }
        guard wanted.count <= Self.projectLimit else {
            throw PlatformError(
                .invalidInput,
                "the server has \(wanted.count) projects, at most \(Self.projectLimit) are fetched at once",
                hint: "name those that are wanted")
        }
        for (index, project) in wanted.enumerated() {
            let name = project.addingPercentEncoding(withAllowedCharacters: Self.unreserved) ?? project
            for form in ["commentedcontributions", "contributions"] {
                let address = "\(base)/projects/\(name)/\(form)"
                guard let file = try await fetch(address, as: "contributions-\(index).json") else { continue }
                files.append(PDSFile(file, project: project))
                break
            }
            // Not every server knows them: what it answers instead is no reason to take in nothing.
            let address = "\(base)/projects/\(name)/conception_comments"
            do {
                if let file = try await fetch(address, as: "conceptions-\(index).json") {
                    files.append(PDSFile(file, project: project, holdsConceptions: true))
                }
            } catch is PlatformError {}
        }
        return files
    }

    /// The file of an address; `nil` when the server has nothing there.
    private func fetch(_ address: String, as name: String) async throws -> String? {
        let path = "\(folder)/\(name)"
        let answer = try await client.download(
            OutboundRequest(address, fields: [.init("Accept", "application/json")]), to: path)
        if answer.status == 404 { return nil }
        guard answer.isGood else {
            let hint = (300...399).contains(answer.status) ? "give the address it leads to" : nil
            throw PlatformError(.invalidInput, "the server answers with status \(answer.status)", hint: hint)
        }
        return path
    }

    private static func nothing(_ address: Substring) -> PlatformError {
        PlatformError(
            .invalidInput, "the server has no projects there",
            hint: "the address ends in /dipas-pds/projects, or in /pds/projects")
    }

    private static func projects(in path: String) throws -> [String] {
        var options = FeatureSourceOptions()
        options.emptyGeometryIsNone = true
        var reader = try FeatureSource.open(path: path, options: options)
        var ids: [String] = []
        while let batch = try reader.next() {
            for index in 0..<batch.count {
                guard let properties = try? JSONValue.parse(Array(batch.properties[index]), limits: .importing),
                    let id = PDSValue.text(properties["id"]), !ids.contains(id)
                else { continue }
                ids.append(id)
            }
        }
        return ids
    }
}
