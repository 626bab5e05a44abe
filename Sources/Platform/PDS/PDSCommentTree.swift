import GeoCore
import Participation
import Storage

/// The comments on one contribution or conception as PDS nests them.
struct PDSCommentTree {
    /// Answers nested deeper stand beside the comment they answer, whose id they name: readers of JSON must not meet
    /// unbounded depth, and nothing is lost.
    private static let deepest = 50

    private let comments: [PDSComment]
    private var answers: [[Int]]
    private var tops: [Int] = []
    private let root: String
    private var index: [Int64: Int] = [:]

    /// Makes a tree of comments in order of their numbers.
    ///
    /// - Parameter root: the name for readers of PDS of what they stand on.
    init(_ comments: [PDSComment], on root: String) {
        self.comments = comments
        self.root = root
        answers = Array(repeating: [], count: comments.count)
        var depths: [Int] = []
        var holders: [Int] = []
        for (place, comment) in comments.enumerated() {
            index[comment.id] = place
            guard let parent = comment.parent.flatMap({ index[$0] }) else {
                tops.append(place)
                depths.append(0)
                holders.append(place)
                continue
            }
            let holder = depths[parent] >= Self.deepest ? holders[parent] : parent
            depths.append(depths[holder] + 1)
            holders.append(holder)
            answers[holder].append(place)
        }
    }

    /// Number of comments, answers included.
    var count: Int { comments.count }

    /// Appends the array of comments at the top, each with its answers.
    func append(to out: inout [UInt8]) { append(tops, to: &out) }

    private func append(_ places: [Int], to out: inout [UInt8]) {
        out.append(UInt8(ascii: "["))
        for (position, place) in places.enumerated() {
            if position > 0 { out.append(UInt8(ascii: ",")) }
            let comment = comments[place]
            JSONWriter.append(literal: #"{"id":"#, to: &out)
            JSONWriter.append(name(comment), to: &out)
            JSONWriter.append(literal: #","dateCreated":""#, to: &out)
            let created = comment.name == nil ? Timestamp.minute(comment.created) : comment.created
            out += PDSText.instant(created).utf8
            JSONWriter.append(literal: #"","title":"#, to: &out)
            JSONWriter.append(comment.subject ?? "", to: &out)
            JSONWriter.append(literal: #","commentContent":"#, to: &out)
            JSONWriter.append(comment.text, to: &out)
            JSONWriter.append(literal: #","commentedBy":"#, to: &out)
            append(answers[place], to: &out)
            JSONWriter.append(literal: #","commentOnContribution":"#, to: &out)
            JSONWriter.append(root, to: &out)
            if let parent = comment.parent {
                JSONWriter.append(literal: #","commentOnComment":"#, to: &out)
                JSONWriter.append(index[parent].map { name(comments[$0]) } ?? String(parent), to: &out)
            }
            out.append(UInt8(ascii: "}"))
        }
        out.append(UInt8(ascii: "]"))
    }

    private func name(_ comment: PDSComment) -> String { comment.name ?? String(comment.id) }
}
