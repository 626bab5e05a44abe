import Analysis
import GeoCore

extension OracleTests {
    static func densityClusters(_ file: OracleFile) async throws -> Answer {
        let made = try await parallelDBSCAN(
            file.input.points, radius: file.params["eps"].double, minimum: file.params["min_pts"].int,
            isWeighted: file.input["weights"].isThere)
        // Our labels are those of the case to the number, so no renaming is needed.
        let allowed = try file.expected["allowed"].items.map { try $0.ints }
        let strays = made.labels.indices.filter {
            made.labels[$0] >= 0 && !allowed[$0].contains(Int(made.labels[$0]))
        }
        return Answer(
            ["n_clusters": made.count, "core": made.isCore, "labels": made.labels],
            settled: ["allowed", "ambiguous_border_points"],
            problems: strays.map { "point \($0) is in cluster \(made.labels[$0]), which has no core near it" })
    }

    static func orderings(_ file: OracleFile) async throws -> Answer {
        let made = try await optics(
            file.input.points, minimum: file.params["min_pts"].int,
            maximumRadius: file.params["max_eps"].isThere ? file.params["max_eps"].double : .infinity)
        var members: [String: any OracleConvertible] = [
            "ordering": made.ordering, "predecessor": made.predecessors,
            "reachability": made.reachability.map { $0.isFinite ? $0 : nil },
            "core_distance": made.coreDistances.map { $0.isFinite ? $0 : nil },
        ]
        let extraction = file.expected["dbscan_extraction"]
        if extraction.isThere {
            let radius = try extraction["eps"].double
            members["dbscan_extraction"] = object(["eps": radius, "labels": try made.labels(radius: radius)])
        }
        return Answer(members)
    }

    static func hierarchicalClusters(_ file: OracleFile) async throws -> Answer {
        guard let selection = ClusterSelection(rawValue: try file.params["cluster_selection_method"].string),
            case .bool(let allowsSingle) = file.params["allow_single_cluster"]
        else { throw OracleValue.Unexpected(description: "the way of selection is unknown") }
        let made = try await hdbscan(
            file.input.points,
            HierarchicalClustering(
                minimumSize: file.params["min_cluster_size"].int, neighbors: file.params["min_samples"].int,
                selection: selection, epsilon: file.params["cluster_selection_epsilon"].double,
                allowsSingleCluster: allowsSingle))
        return HierarchyComparison(made, file.expected).answer
    }
}
