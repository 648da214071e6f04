import Foundation

/// What this process has used of the machine.
enum ProcessUsage {
    /// CPU time of all threads. Wall-clock time on a busy machine measures the other programs too.
    static var cpuSeconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// The bytes that malloc has given out and not taken back, on all threads; nil where it is not glibc's.
    ///
    /// Exact where resident memory is not: that keeps what was freed, and counts in pages.
    static func allocatedBytes() -> Int? {
        #if canImport(Glibc)
            // Swift's Glibc module leaves malloc.h out.
            guard let symbol = dlsym(nil, "malloc_info") else { return nil }
            typealias MallocInfo = @convention(c) (Int32, UnsafeMutablePointer<FILE>) -> Int32
            let mallocInfo = unsafeBitCast(symbol, to: MallocInfo.self)
            var text: UnsafeMutablePointer<CChar>?
            var size = 0
            guard let file = open_memstream(&text, &size) else { return nil }
            let status = mallocInfo(0, file)
            fclose(file)
            defer { free(text) }
            guard status == 0, let text else { return nil }
            return allocatedBytes(inMallocInfo: String(cString: text))
        #else
            return nil
        #endif
    }

    /// What the XML of malloc_info(3) says of all heaps together: taken from the system, less what is free, and mapped.
    static func allocatedBytes(inMallocInfo xml: String) -> Int? {
        // The same elements stand in each heap before; only the last ones are totals.
        guard let heaps = xml.range(of: "</heap>", options: .backwards) else { return nil }
        let totals = xml[heaps.upperBound...]
        func size(_ element: String) -> Int? {
            guard let found = totals.range(of: "<\(element)") else { return nil }
            guard let size = totals[found.upperBound...].range(of: "size=\"") else { return nil }
            return Int(totals[size.upperBound...].prefix { $0.isNumber })
        }
        guard let system = size(#"system type="current""#), let fast = size(#"total type="fast""#),
            let rest = size(#"total type="rest""#), let mapped = size(#"total type="mmap""#)
        else { return nil }
        return system - fast - rest + mapped
    }
}
