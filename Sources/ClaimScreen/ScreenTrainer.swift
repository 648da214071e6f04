/// Learns a `ScreenModel` from labelled texts: logistic regression with a penalty on large weights, by L-BFGS.
///
/// Nothing is drawn by chance, and sums are taken in the order of the texts, so equal texts in equal order give an equal
/// model on every machine. 5,000 lines of 300 characters take some seconds.
enum ScreenTrainer {
    /// What a wrong text costs beside large weights. Of 0.3, 1, 2 and 4 none was better than another by more than a hundredth
    /// of F1, in cross-validation on transcripts of health rooms.
    static let cost = 1.0
    /// Steps at most; two or three dozen are the rule.
    private static let steps = 100
    /// Steps back that are remembered to guess the curvature.
    private static let memory = 8
    /// The slope at which it is done, as a share of the first.
    private static let flat = 1e-3

    /// Weights and, last, the bias. O(features × steps).
    static func learn(from texts: borrowing LabelledTexts, leavingOut fold: Int?) -> [Double] {
        let size = 1 << texts.bits + 1
        let rarity = rarities(texts, leavingOut: fold)
        var point = [Double](repeating: 0, count: size)
        var slope = point
        var value = measure(point, rarity, texts, fold, &slope)
        let enough = length(slope) * flat
        var moves: [(move: [Double], turn: [Double], product: Double)] = []
        for _ in 0..<steps where length(slope) > enough {
            let direction = descent(slope, moves)
            let downhill = product(direction, slope)
            // The first step has no curvature to go by.
            var stride = moves.isEmpty ? 1 / max(length(slope), 1) : 1.0
            var next = point, nextSlope = slope
            var found = false
            for _ in 0..<30 {
                for place in 0..<size { next[place] = point[place] + stride * direction[place] }
                let nextValue = measure(next, rarity, texts, fold, &nextSlope)
                if nextValue <= value + 1e-4 * stride * downhill {
                    (value, found) = (nextValue, true)
                    break
                }
                stride /= 2
            }
            guard found else { break }
            var move = next, turn = nextSlope
            for place in 0..<size {
                move[place] -= point[place]
                turn[place] -= slope[place]
            }
            let curvature = product(move, turn)
            if curvature > 1e-12 { moves.append((move, turn, curvature)) }
            if moves.count > memory { moves.removeFirst() }
            (point, slope) = (next, nextSlope)
        }
        return weights(point, rarity)
    }

    /// What the model keeps of a point in units of rarity; the bias, last, has none.
    private static func weights(_ point: [Double], _ rarity: [Double]) -> [Double] {
        var weights = point
        for place in rarity.indices { weights[place] *= rarity[place] }
        return weights
    }

    /// How much each bucket counts while learning: the rarer in the texts, the more, as the logarithm of its share. With all
    /// alike, what a text is about drowns in how people talk: 的 and 这个 are in most texts and cost as little weight as 结节.
    private static func rarities(_ texts: borrowing LabelledTexts, leavingOut fold: Int?) -> [Double] {
        var holding = [Double](repeating: 1, count: 1 << texts.bits)
        var all = 1.0
        for text in 0..<texts.count where learnsFrom(text, texts, fold) {
            all += 1
            for place in texts.range(text) { holding[Int(texts.buckets[place])] += 1 }
        }
        return holding.map { 1 + Logistic.logarithm(all / $0) }
    }

    private static func learnsFrom(_ text: Int, _ texts: borrowing LabelledTexts, _ leftOut: Int?) -> Bool {
        leftOut.map { Int(texts.fold[text]) != $0 } ?? true
    }

    /// The score of a text, before it is squeezed between 0 and 1.
    static func margin(_ weights: [Double], _ texts: borrowing LabelledTexts, _ text: Int) -> Double {
        let range = texts.range(text)
        var sum = 0.0
        for place in range { sum += weights[Int(texts.buckets[place])] }
        return weights[weights.count - 1] + (range.isEmpty ? 0 : sum / Double(range.count).squareRoot())
    }

    /// What the weights cost, each in units of its bucket's rarity; `slope` becomes where that rises.
    private static func measure(
        _ point: [Double], _ rarity: [Double], _ texts: borrowing LabelledTexts, _ fold: Int?, _ slope: inout [Double]
    ) -> Double {
        var value = 0.0
        for place in 0..<point.count {
            slope[place] = point[place]
            value += point[place] * point[place]
        }
        value /= 2
        let weights = weights(point, rarity)
        for text in 0..<texts.count where learnsFrom(text, texts, fold) {
            let sign = texts.labels[text] ? 1.0 : -1.0
            let right = sign * margin(weights, texts, text)
            value += cost * Logistic.loss(right)
            let pull = -cost * sign * Logistic.sigmoid(-right)
            slope[slope.count - 1] += pull
            let range = texts.range(text)
            guard !range.isEmpty else { continue }
            let share = pull / Double(range.count).squareRoot()
            for place in range {
                let bucket = Int(texts.buckets[place])
                slope[bucket] += share * rarity[bucket]
            }
        }
        return value
    }

    /// Where to go from here: downhill, bent by the curvature of the last moves.
    private static func descent(
        _ slope: [Double], _ moves: [(move: [Double], turn: [Double], product: Double)]
    ) -> [Double] {
        var direction = slope
        var shares: [Double] = []
        for past in moves.reversed() {
            let share = product(past.move, direction) / past.product
            shares.append(share)
            for place in 0..<direction.count { direction[place] -= share * past.turn[place] }
        }
        if let last = moves.last {
            let scale = last.product / product(last.turn, last.turn)
            for place in 0..<direction.count { direction[place] *= scale }
        }
        for (past, share) in zip(moves, shares.reversed()) {
            let back = product(past.turn, direction) / past.product
            for place in 0..<direction.count { direction[place] += (share - back) * past.move[place] }
        }
        for place in 0..<direction.count { direction[place] = -direction[place] }
        return direction
    }

    private static func product(_ a: [Double], _ b: [Double]) -> Double {
        var sum = 0.0
        for place in 0..<a.count { sum += a[place] * b[place] }
        return sum
    }

    private static func length(_ a: [Double]) -> Double { product(a, a).squareRoot() }
}
