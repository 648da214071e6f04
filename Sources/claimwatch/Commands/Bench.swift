import ArgumentParser
import ChineseText
import Foundation
import TermMatching

struct Bench: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: said("拿自己的数据量各部分的快慢。", "Measure parts of ClaimWatch on your own data."),
        discussion: "EXIT STATUS: 0 done; each subcommand names the others.",
        subcommands: [BenchMatch.self, BenchFold.self])
}

struct BenchMatch: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "match",
        abstract: said("量在一段文本里找词有多快。", "Measure how fast terms are found in a text."),
        discussion: discussion)

    static let discussion = """
        Builds the index that `run` uses from any terms, finds every occurrence of each of them in any text, \
        overlapping ones too, with folding on, and prints one JSON object:

          terms          how many terms, blank lines skipped, duplicates counted; those of --sounds too
          sound_terms    how many of them are matched by sound; only with --sounds
          text_bytes     bytes of the text, line breaks included
          lines          lines of the text
          per_line       true with --per-line
          runs           how often the text was scanned
          kernel         the code that read the text
          matches        what one scan of the text found; each scan must find the same
          build_ms       time to build the index, best of up to three
          memory_bytes   what the index keeps of malloc's memory (malloc_info before and after the build; not the \
        folding table that all indexes share); left out where the C library does not tell
          mb_per_s       text_bytes / 10^6 / seconds, best of the runs
          ns_per_line    nanoseconds for a line, on average, of the best run

        Only the scan is inside the clock: files are read and lines split before it. The clock is the CPU time of \
        the process, which other programs on the machine disturb little. They still share its caches and its \
        clock rate, so compare figures of one machine, taken at one time.

        Terms of --sounds are found in a second view of the text, which is read behind the first; --gaps lets them have \
        signs between their characters there.

        Events come one by one, so --per-line tells what a stream costs.

        Kernels give the same matches at different speeds; `run` takes the fastest that the machine has, and so does \
        this command unless --kernel names another:

          portable       any machine, code point by code point
          avx512         x86-64 with AVX-512 VBMI2 (Ice Lake, Zen 4 and later), 16 code points a step
          general        any machine, each code point folded by itself: what the others leave to it, slower

        Bytes of the text that are not UTF-8 match nothing; how many lines have some is said on standard error.

        EXIT STATUS: 0 measured; 64 --runs or --gaps is out of range, or the machine has no such kernel; 65 a term or the text cannot be used; 78 a file cannot be read.

        EXAMPLE:
          claimwatch bench match --terms terms.txt --text reviews.txt --per-line
        """

    @Option(help: "The terms, one a line.", completion: .file())
    var terms: String

    @Option(
        help: "More terms, one a line, matched by sound and with fillers (止疗, 治那个疗 for 治疗).",
        completion: .file())
    var sounds: String?

    @Option(
        parsing: .unconditional,
        help: "Signs tolerated between two characters of the terms of --sounds, 0 to \(Tolerance.maxGaps).")
    var gaps = 0

    @Option(help: "The text to search.", completion: .file())
    var text: String

    @Flag(help: "One scan for each line, as events come; otherwise one for the whole file.")
    var perLine = false

    // What follows is the value, whatever it looks like: so -1 is refused as a number and not taken for an option.
    @Option(parsing: .unconditional, help: "How often to scan the text, 1 to 1000000; the best run counts.")
    var runs = 5

    @Option(help: "The code that reads the text: portable, avx512 or general.")
    var kernel = ScanKernel.best

    func validate() throws {
        guard (1...1_000_000).contains(runs) else { throw ValidationError("--runs must be 1 to 1000000, not \(runs)") }
        guard (0...Tolerance.maxGaps).contains(gaps) else {
            throw ValidationError("--gaps must be 0 to \(Tolerance.maxGaps), not \(gaps)")
        }
        guard gaps == 0 || sounds != nil else {
            throw ValidationError("--gaps is for the terms of --sounds: give some")
        }
        guard ScanKernel.available.contains(kernel) else {
            let others = ScanKernel.available.map { "'\($0.rawValue)'" }.joined(separator: " or ")
            throw ValidationError("this machine cannot run the kernel '\(kernel.rawValue)': take \(others)")
        }
    }

    func run() throws {
        let terms = try termList(terms)
        let sounds = try sounds.map(termList)
        let text = try contents(of: text)
        guard !text.isEmpty else { throw failure(.badData, "\(self.text) is empty: give a text to search") }
        guard perLine || text.count <= Int(Int32.max) else {
            throw failure(.badData, "\(self.text) is larger than 2 GiB, the limit of one scan: add --per-line")
        }
        warnOfInvalid(text)
        do {
            print(
                try MatchMeasurement(
                    terms: terms.terms, sounds: sounds?.terms ?? [], gaps: gaps, text: text, perLine: perLine,
                    runs: runs, kernel: kernel
                ).json)
        } catch {
            for problem in terms.problems() { StandardError.print("\(self.terms):\(problem)") }
            for problem in sounds?.problems() ?? [] { StandardError.print("\(self.sounds ?? ""):\(problem)") }
            throw failure(.badData, "not every term can be used; put these lines right and measure again")
        }
    }

    /// Such bytes are read like any others, but nobody means to measure them.
    private func warnOfInvalid(_ text: [UInt8]) {
        let invalid = MatchMeasurement.invalidLines(of: text)
        guard let first = invalid.first else { return }
        StandardError.print(
            """
            warning: \(self.text): \(invalid.count) \(invalid.count == 1 ? "line is" : "lines are") not valid UTF-8, first \
            line \(first); invalid bytes match nothing. Convert the file with iconv to measure all of it.
            """)
    }

    private func termList(_ path: String) throws -> TermList {
        let list: TermList
        do {
            list = try TermList(bytes: contents(of: path))
        } catch let problem as TermList.Problem {
            throw failure(.badData, "\(path):\(problem)")
        }
        guard !list.terms.isEmpty else { throw failure(.badData, "\(path) has no term: write one on each line") }
        return list
    }
}

extension ScanKernel: ExpressibleByArgument {}

struct BenchFold: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fold",
        abstract: said("写出比词时看到的文本（折叠后）。", "Write a text as terms are compared with it."),
        discussion: """
            Folds width, case, compatibility and traditional forms and drops ignorable code points, line by line; \
            U+FFFD stands for invalid UTF-8. Matchers that do not fold can be compared with ours on its output.

            EXIT STATUS: 0 written; 65 a line is longer than 16 MiB; 78 the file cannot be read.

            EXAMPLE:
              claimwatch bench fold reviews.txt > reviews.folded.txt
            """)

    static let maxLineBytes = 16 << 20

    @Argument(help: "The text; - is standard input.", completion: .file())
    var file: String

    func run() throws {
        do {
            try fold(LineReader(path: file, maxLineBytes: Self.maxLineBytes))
        } catch let error as PosixError {
            throw failure(.badConfiguration, "cannot read \(file): \(error)")
        }
    }

    private func fold(_ reader: LineReader) throws {
        var output = StandardOutput()
        while let line = try reader.next() {
            switch line {
            case .bytes(let bytes): output.print(FoldedText(utf8: bytes).text)
            case .tooLong:
                output.flush()
                throw failure(
                    .badData, "\(file):\(reader.number): longer than \(Self.maxLineBytes) bytes. Split the line.")
            }
        }
        output.flush()
    }
}

/// The whole file, which may be a pipe.
private func contents(of path: String) throws -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(.badConfiguration, "cannot read \(path): \(PosixError(code: errno))") }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 20)
    while true {
        let count = read(descriptor, &chunk, chunk.count)
        if count == 0 { return bytes }
        if count > 0 {
            bytes.append(contentsOf: chunk[..<count])
        } else if errno != EINTR {
            throw failure(.badConfiguration, "cannot read \(path): \(PosixError(code: errno))")
        }
    }
}
