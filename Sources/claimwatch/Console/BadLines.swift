/// Lines of input that could not be used: all are counted, the first few are told with their place.
struct BadLines {
    private static let mostReports = 5
    private(set) var count = 0

    mutating func report(_ file: String, _ number: Int, _ reason: String) {
        count += 1
        if count <= Self.mostReports {
            let name = file == "-" ? said("标准输入", "stdin") : file
            StandardError.print("\(DisplayText.printable(name)):\(number): \(DisplayText.printable(reason))")
        } else if count == Self.mostReports + 1 {
            StandardError.print(said("其余有问题的行只计数", "further bad lines are only counted"))
        }
    }
}
