import Glibc
import StreamEngine
import StreamShell

/// Stops a service from another thread once its statistics say so, or after 15 s.
final class StopWhen: Sendable {
    private let service: StreamService
    private let isTime: @Sendable (WorkerStatistics) -> Bool

    init(_ service: StreamService, isTime: @escaping @Sendable (WorkerStatistics) -> Bool) {
        (self.service, self.isTime) = (service, isTime)
    }

    func start() {
        var thread = pthread_t()
        pthread_create(
            &thread, nil,
            { context in
                let watcher = Unmanaged<StopWhen>.fromOpaque(context!).takeRetainedValue()
                var steps = 0
                while steps < 1500, !watcher.isTime(watcher.service.statistics) {
                    usleep(10_000)
                    steps += 1
                }
                watcher.service.requestStop()
                return nil
            }, Unmanaged.passRetained(self).toOpaque())
        pthread_detach(thread)
    }
}
