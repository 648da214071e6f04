extension RuleLanguage {
    /// The table as JSON Schema 2020-12, with which editors complete and check packs: the text of
    /// `schemas/rulepack.v1.json`.
    ///
    /// It says what one value can say of itself and what the keys of one object say of one another. What needs the whole
    /// pack (names of lists, repeated ids), the calendar, folding or the matcher is for the reader alone.
    package static var schema: String {
        let head: [(String, JSONTree)] = [
            ("$schema", .text("https://json-schema.org/draft/2020-12/schema")),
            ("$id", .text("urn:claimwatch:rulepack.v1")),
        ]
        // The key that only files of the kind have tells it; what has none of them is read as a pack.
        var kinds = [("$ref", JSONTree.text("#/$defs/\(pack.name.rawValue)"))]
        for (key, object) in [(Key.campaign, campaign), (.overlay, overlay), (.lexicon, lexicon)] {
            kinds = [
                ("if", .object([("required", .texts([key.rawValue]))])), ("then", reference(object.name.rawValue)),
                ("else", .object(kinds)),
            ]
        }
        var definitions: [(String, JSONTree)] = objects.map { ($0.name.rawValue, .object(schema(of: $0))) }
        definitions.append((expressionName, anyExpression))
        definitions.append((termName, term))
        definitions.append((wordName, word))
        return JSONTree.object(head + kinds + [("$defs", .object(definitions))]).printed() + "\n"
    }

    private static func schema(of object: LanguageObject) -> [(String, JSONTree)] {
        var fields: [(String, JSONTree)] = [
            ("title", .text("\(object.title.chinese) / \(object.title.english)")),
            ("description", .text("\(object.summary.chinese) \(object.summary.english)")),
            ("type", .text("object")),
            ("properties", .object(object.entries.map { ($0.key.rawValue, .object(schema(of: $0))) })),
        ]
        let required = object.entries.filter(\.isRequired).map(\.key.rawValue)
        if !required.isEmpty { fields.append(("required", .texts(required))) }
        fields.append(("additionalProperties", .truth(false)))
        return fields + schema(of: object.relations)
    }

    private static func schema(of entry: Entry) -> [(String, JSONTree)] {
        let (chinese, english) = (entry.summary.chinese, entry.summary.english)
        let example = "```yaml\n\(entry.key.rawValue): \(entry.example)\n```"
        var fields = schema(of: entry.shape)
        fields.append(("description", .text("\(chinese) \(english)")))
        fields.append(("markdownDescription", .text("\(chinese)\n\n\(english)\n\n\(example)")))
        if let value = entry.defaultValue.flatMap(JSONTree.init(yaml:)) { fields.append(("default", value)) }
        if let value = JSONTree(yaml: entry.example) { fields.append(("examples", .array([value]))) }
        return fields
    }

    // MARK: Types

    private static let (termName, wordName, expressionName) = ("a_term_or_class", "a_word", "any_expression")

    private static func reference(_ name: String) -> JSONTree { .object([("$ref", .text("#/$defs/\(name)"))]) }

    private static let anyExpression = JSONTree.object([
        (
            "anyOf",
            .array([
                reference(termName),
                .object([
                    ("type", .text("array")), ("items", reference(expressionName)), ("minItems", .integer(1)),
                    ("maxItems", .integer(PackLimits.termsPerRule)),
                ]), reference(expression.name.rawValue),
            ])
        )
    ])

    private static func schema(of shape: Shape) -> [(String, JSONTree)] {
        switch shape {
        case .text(let limit, let numbers):
            return textType(numbers: numbers == .allowed) + [
                ("minLength", .integer(1)), ("maxLength", .integer(limit)), ("pattern", .text("\\S")),
            ]
        case .identifier:
            return textType(numbers: true) + [
                ("pattern", .text("^[a-z0-9.-]+$")), ("maxLength", .integer(PackLimits.textLength)),
            ]
        case .truth: return [("type", .text("boolean"))]
        case .integer(let range):
            return [
                ("type", .text("integer")), ("minimum", .integer(range.lowerBound)),
                ("maximum", .integer(range.upperBound)),
            ]
        case .fraction(let range):
            return [
                ("type", .text("number")), ("minimum", .number("\(Double(range.lowerBound) / 100)")),
                ("maximum", .number("\(Double(range.upperBound) / 100)")),
            ]
        case .decimal(let range):
            return [
                ("type", .text("number")), ("minimum", .number("\(Double(range.lowerBound) / 1_000)")),
                ("maximum", .number("\(Double(range.upperBound) / 1_000)")),
            ]
        case .duration(let range): return [("type", .text("string")), ("pattern", .text(pattern(ofDuration: range)))]
        case .day:
            return [
                ("type", .text("string")), ("format", .text("date")),
                ("pattern", .text("^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$")),
            ]
        case .choice(let choice):
            let meanings = choice.values.map { "\($0.meaning.chinese) / \($0.meaning.english)" }
            return [("enum", .texts(choice.names)), ("enumDescriptions", .texts(meanings))]
        case .term: return [("$ref", .text("#/$defs/\(termName)"))]
        case .word: return [("$ref", .text("#/$defs/\(wordName)"))]
        case .expression: return [("$ref", .text("#/$defs/\(expressionName)"))]
        case .measure: return textType(numbers: true)
        case .pattern:
            return [
                ("type", .text("string")), ("minLength", .integer(1)), ("maxLength", .integer(TextPattern.longest)),
            ]
        case .gap: return [("type", .texts(["string", "integer"])), ("pattern", .text("^[0-9]+(\\.\\.[0-9]+)?$"))]
        case .list(let element, let count):
            var list: [(String, JSONTree)] = [("type", .text("array")), ("items", .object(schema(of: element)))]
            if count.lowerBound > 0 { list.append(("minItems", .integer(count.lowerBound))) }
            return list + [("maxItems", .integer(count.upperBound))]
        case .map(let key, let value, let limit):
            return [
                ("type", .text("object")), ("propertyNames", .object(schema(of: key))),
                ("additionalProperties", .object(schema(of: value))), ("maxProperties", .integer(limit)),
            ]
        case .object(let name): return [("$ref", .text("#/$defs/\(name.rawValue)"))]
        case .either(let shapes): return [("anyOf", .array(shapes.map { .object(schema(of: $0)) }))]
        }
    }

    private static func schema(of key: Shape.MapKey) -> [(String, JSONTree)] {
        let pattern =
            switch key {
            case .listName: "^[^\\s\(listMark)]+$"
            case .word: "^[^\(listMark)]"
            case .citation: "^\(listMark)"
            case .label: "\\S"
            case .className: "^[^\\s\(listMark).|,\\[\\]]+$"
            }
        let limit = key == .citation || key == .label ? PackLimits.textLength : PackLimits.termLength
        return [("maxLength", .integer(limit)), ("pattern", .text(pattern))]
    }

    private static func textType(numbers: Bool) -> [(String, JSONTree)] {
        [("type", numbers ? .texts(["string", "number"]) : .text("string"))]
    }

    private static let term = JSONTree.object(
        textType(numbers: true) + [
            ("pattern", .text("\\S")), ("not", plannedSlot),
            ("if", .object([("pattern", .text("^\(listMark)"))])),
            ("then", .object([("maxLength", .integer(PackLimits.textLength))])),
            ("else", .object([("maxLength", .integer(PackLimits.termLength))])),
        ])

    private static let word = JSONTree.object(
        textType(numbers: true) + [
            ("pattern", .text("^(?!\(listMark)).*\\S")), ("not", plannedSlot),
            ("maxLength", .integer(PackLimits.termLength)),
        ])

    /// A number passes a bare `pattern`, so what is refused must be said to be text.
    private static let plannedSlot = JSONTree.object([
        ("type", .text("string")),
        ("pattern", .text(plannedNumberSlot.replacing("{", with: "\\{").replacing("}", with: "\\}"))),
    ])

    private static func pattern(ofDuration range: ClosedRange<Int64>) -> String {
        let units = DayAndSpan.units.compactMap { name, length -> String? in
            let least = (range.lowerBound + length - 1) / length
            let most = range.upperBound / length
            return least > most ? nil : "(?:\(RangePattern.of(least...most)))\(name)"
        }
        return "^0*(?:\(units.joined(separator: "|")))$"
    }

    // MARK: Relations

    private static func schema(of relations: [Relation]) -> [(String, JSONTree)] {
        func required(_ keys: [Key]) -> JSONTree { .object([("required", .texts(keys.map(\.rawValue)))]) }
        var fields: [(String, JSONTree)] = []
        var (dependent, choices): ([(String, JSONTree)], [(String, JSONTree)]) = ([], [])
        for relation in relations {
            switch relation {
            case .exactlyOne(let keys, _, _): fields.append(("oneOf", .array(keys.map { required([$0]) })))
            case .atLeastOne(let keys, _): fields.append(("anyOf", .array(keys.map { required([$0]) })))
            case .needs(let key, let needed, _): dependent.append((key.rawValue, .texts([needed.rawValue])))
            case .serves(let key, let served, _) where served.count == 1:
                dependent.append((key.rawValue, .texts([served[0].rawValue])))
            case .serves(let key, let served, _):
                choices.append((key.rawValue, .object([("anyOf", .array(served.map { required([$0]) }))])))
            case .holds(let key, let inner, let decider, let excusing):
                let filled = inner.map { ($0.rawValue, JSONTree.object([("minItems", .integer(1))])) }
                let nested = JSONTree.object([
                    ("required", .texts(inner.map(\.rawValue))), ("properties", .object(filled)),
                ])
                fields.append(
                    (
                        "if",
                        .object([
                            ("required", .texts([decider.rawValue])),
                            (
                                "properties",
                                .object([(decider.rawValue, .object([("enum", .texts(excusing))]))])
                            ),
                        ])
                    ))
                fields.append(
                    (
                        "else",
                        .object([
                            ("required", .texts([key.rawValue])), ("properties", .object([(key.rawValue, nested)])),
                        ])
                    ))
            }
        }
        if !dependent.isEmpty { fields.append(("dependentRequired", .object(dependent))) }
        if !choices.isEmpty { fields.append(("dependentSchemas", .object(choices))) }
        return fields
    }
}
