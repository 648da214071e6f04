/// What an operator should know about a lane that was taken over.
public enum LaneNotice: Hashable, Sendable {
    /// The commit it begins at was made under other rules.
    case rulesChanged(partition: Int32, from: String, to: String)
    /// The commit it begins at does not say how its state stood: it was not made by this program, or not by this version.
    case foreignCommit(partition: Int32, committed: Int64)
    /// Retention deleted records before this group read them. `first` is the first that is left.
    case recordsLost(topic: String, partition: Int32, committed: Int64, first: Int64)
}

extension LaneNotice: CustomStringConvertible {
    public var description: String {
        switch self {
        case .rulesChanged(let partition, let from, let to):
            "the rules changed since the last commit of partition \(partition): it was judged by \(from), from here on "
                + "by \(to)"
        case .foreignCommit(let partition, let committed):
            "the group's commit of partition \(partition) at offset \(committed) was not made by this version of ClaimWatch: "
                + "claims that were cut in two there are missed, and alert windows are those of the state topic's end. If "
                + "offsets were reset on purpose, start with a new group."
        case .recordsLost(let topic, let partition, let committed, let first):
            "\(topic)[\(partition)]: the group is to go on at offset \(committed), but retention has deleted all before "
                + "\(first): up to \(first - committed) records were lost unread. Give the topic a longer retention, or the "
                + "group more workers."
        }
    }
}
