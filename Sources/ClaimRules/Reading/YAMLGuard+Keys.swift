/// Keys: those that stand twice in one mapping.
extension YAMLGuard {
    mutating func key(_ range: Range<Int>, column: Int) {
        if flowDepth == 0 {
            dropScopes(deeperThan: column)
            blockColumn = lineHasTab ? .max : column
            if case .block(column)? = scopes.last?.collection {
            } else {
                scopes.append(Scope(collection: .block(column: column)))
            }
        }
        guard !scopes.isEmpty else { return }
        var name = String.UnicodeScalarView()
        name.append(contentsOf: text.scalars[range])
        let here = SourceLocation(file: text.file, line: line, column: column)
        if let first = scopes[scopes.count - 1].keys[String(name)] {
            log.error(
                here, "键 '\(String(name))' 写了两次，第一次在第 \(first.line) 行。删掉一个。",
                "the key '\(String(name))' stands here twice, first in line \(first.line). Delete one of them.")
            mask(range)
        } else {
            scopes[scopes.count - 1].keys[String(name)] = here
        }
    }

    mutating func mask(_ range: Range<Int>) {
        let value = YAMLGuard.maskPlane.lowerBound + UInt32(masks)
        guard !range.isEmpty, YAMLGuard.maskPlane.contains(value), let stand = Unicode.Scalar(value) else {
            isParsable = false
            return
        }
        text.scalars[range.lowerBound] = stand
        masks += 1
    }

    mutating func dropScopes(deeperThan column: Int) {
        while case .block(let deeper)? = scopes.last?.collection, deeper > column { scopes.removeLast() }
    }
}
