import TermMatching

/// One file of a rule pack folder, already read.
public struct PackFile: Sendable {
    /// As problems name it, e.g. "deploy/rules/food.yaml".
    public var path: String
    public var bytes: [UInt8]
    public init(path: String, bytes: [UInt8]) { (self.path, self.bytes) = (path, bytes) }
}

/// Something wrong in a rule file: what, where, and what to do.
public struct PackProblem: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Kind: Hashable, Sendable { case error, warning }
    public var kind: Kind
    /// nil for a problem whose kind has no name yet.
    public var code: ProblemCode?
    public var location: SourceLocation
    /// What is wrong and what to do, in one or two sentences.
    public var wording: Wording

    public init(kind: Kind, code: ProblemCode? = nil, location: SourceLocation, wording: Wording) {
        (self.kind, self.code, self.location, self.wording) = (kind, code, location, wording)
    }

    /// The problem in English.
    public var message: String { wording.english }
    public var description: String { description(in: .english) }

    public func description(in language: Language) -> String {
        let kind = kind == .error ? Wording("错误", "error") : Wording("警告", "warning")
        let code = code.map { " \($0.rawValue)" } ?? ""
        return "\(location): \(kind.text(in: language))\(code): \(wording.text(in: language))"
    }
}

/// What loading packs gives: the rule set unless there is an error, and every problem found.
public struct LoadedPacks: Sendable {
    /// nil if any problem is an error.
    public var ruleSet: RuleSet?
    /// Every rule that could be read, those that are off too; for `test` and listings.
    public var rules: [Rule]
    /// In order of file, line and column.
    public var problems: [PackProblem]
    public init(ruleSet: RuleSet?, rules: [Rule], problems: [PackProblem]) {
        (self.ruleSet, self.rules, self.problems) = (ruleSet, rules, problems)
    }
}

/// Turns pack files into a rule set, or into a list of everything that is wrong with them.
public enum RulePackLoader {
    /// Reads, validates and compiles pack files. Pure: the caller reads the folder.
    ///
    /// Lexicons are read first, then packs, then overlays and campaigns are laid over them; of each kind files are taken in order of
    /// their paths, rules in the order written, whatever the order given. Every problem of every file is reported, up to
    /// 1,000 errors and 1,000 warnings a file; one error anywhere and there is no rule set. Never traps, and the cost is linear in the bytes and in the terms the rules use, of which there may be a million.
    ///
    /// - Parameter screens: The models that rules may ask. One that is not there is no problem of a pack.
    public static func load(_ files: [PackFile], screens: Screens = Screens()) -> LoadedPacks {
        let session = LoadSession()
        let documents = files.sorted { $0.path < $1.path }.compactMap {
            (file: PackFile) -> (file: PackFile, document: PackDocument)? in
            let document = PackDocument(file, log: &session.log)
            if document == nil { session.noteUnread(file) }
            return document.map { (file: file, document: $0) }
        }
        warnIfNoRules(documents, session)
        for (file, document) in documents where document.kind == .lexicon {
            LexiconReader(file, session: session).read(document)
        }
        let overlays = documents.filter { $0.document.kind == .overlay }.compactMap {
            OverlayReader($0.file, $0.document, session: session)
        }
        for overlay in overlays { overlay.changeClasses() }
        session.lexicons.resolveAll()
        session.lexicons.check()
        var rules: [Rule] = []
        for (file, document) in documents where document.kind == .pack {
            var reader = PackReader(file, session: session)
            rules += reader.read(document)
        }
        for overlay in overlays { overlay.change(&rules) }
        OverlayReader.holdStrictness(of: &rules, session: session)
        for (file, document) in documents where document.kind == .campaign {
            CampaignReader(file, document, session: session)?.note(in: &rules)
        }
        let ruleSet = session.log.hasErrors ? nil : compile(rules, ContentHash.of(files), screens, session: session)
        return LoadedPacks(ruleSet: ruleSet, rules: rules, problems: session.log.sorted())
    }

    /// A folder of lexicons alone loads, and finds nothing.
    private static func warnIfNoRules(_ documents: [(file: PackFile, document: PackDocument)], _ session: LoadSession) {
        guard let first = documents.first, documents.allSatisfy({ $0.document.kind == .lexicon }),
            !session.log.hasErrors
        else { return }
        session.log.warning(
            SourceLocation(file: first.file.path, line: 1, column: 1),
            "这里只有词库，没有规则包，什么也查不出。和引用它的规则包放在同一个文件夹里，再查这个文件夹。",
            "there are only lexicons here and no packs, so nothing is found. Put the packs that cite them into the same folder, and name that folder."
        )
    }

    private static func compile(
        _ rules: [Rule], _ hash: String, _ screens: Screens, session: LoadSession
    ) -> RuleSet? {
        do {
            return try RuleSet(rules: rules, contentHash: hash, screens: screens)
        } catch {
            report(error, rules.map(screens.standing), session: session)
            return nil
        }
    }

    private static func report(_ error: TermError, _ rules: [Rule], session: LoadSession) {
        let built = ProgramBuilder(rules.filter(\.isEverAwake))
        let terms = built.terms + built.contextTerms
        let term = terms.indices.contains(error.term) ? terms[error.term].text : ""
        let place = session.termLocations[term] ?? rules.first?.location ?? SourceLocation(file: "", line: 1, column: 1)
        switch error.reason {
        case .emptyAfterFolding:
            session.log.error(
                place,
                "词 \(quoted(term)) 去掉全半角、大小写和符号的差别后什么也不剩。写上字，或删掉它。",
                "nothing is left of the term \(quoted(term)) once width, case and signs are folded. Write words, or delete it."
            )
        case .tooLong(let maxBytes):
            session.log.error(
                place,
                "词 \(quoted(term)) 折叠后超过 \(maxBytes) 字节。只留要紧的字。",
                "the term \(quoted(term)) is longer than \(maxBytes) bytes once folded. Keep the words that matter.")
        }
    }
}
