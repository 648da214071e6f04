import StreamEngine

extension DemoScreen.Figures {
    /// Takes over the pipeline's totals; the rate is that since the last call.
    mutating func note(_ totals: WorkerStatistics, played: Int, rooms: Int, since: Duration) {
        let seconds = Double(since.components.seconds) + Double(since.components.attoseconds) / 1e18
        eventsPerSecond = Int((Double(totals.events - events) / max(seconds, 0.001)).rounded())
        self.rooms = rooms
        events = totals.events
        alerts = totals.alerts
        lag = max(0, played - totals.events)
    }
}
