/// The names of topics, each kept once and told by a number. There are as many as inputs.
struct SourceNames {
    private var names: [String] = []
    private var latest: Int32 = -1

    subscript(number: Int32) -> String { names[Int(number)] }

    /// The number of a name, given now if it is new.
    mutating func number(of name: String) -> Int32 {
        if latest >= 0, names[Int(latest)] == name { return latest }
        if let known = names.firstIndex(of: name) {
            latest = Int32(known)
        } else {
            latest = Int32(names.count)
            names.append(name)
        }
        return latest
    }
}
