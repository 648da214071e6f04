/// How the terms of a class vary when they are said.
///
///     化掉     aspect 了 过        化掉 化掉了 化掉过
///              degree 慢慢         … 慢慢化掉 慢慢化掉了 慢慢化掉过
///     养~过来  insert 给           养过来 养给过来
///     调理     redup               调理 调理调理;      养: 养 养一养 养了养
struct TermForms {
    var aspect: [String] = []
    var degree: [String] = []
    var insert: [String] = []
    var redup = false

    /// Every way to say a term, itself first, each once. O(forms).
    func forms(of term: String) -> [String] {
        let pieces = term.split(separator: RuleLanguage.insertMark, omittingEmptySubsequences: false)
        var bases = [pieces.joined()]
        if pieces.count == 2 { bases += insert.map { pieces[0] + $0 + pieces[1] } }
        var forms = bases + bases.flatMap { base in aspect.map { base + $0 } }
        if redup, pieces.count == 1 {
            switch term.unicodeScalars.count {
            case 1: forms += ["\(term)一\(term)", "\(term)了\(term)"]
            case 2: forms.append(term + term)
            default: break
            }
        }
        forms += degree.flatMap { degree in forms.map { degree + $0 } }
        var seen: Set<String> = []
        return forms.filter { seen.insert($0).inserted }
    }
}
