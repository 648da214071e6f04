import KafkaTransport
import StreamShell

extension Settings {
    /// Everything librdkafka is told by the operator, the brokers included.
    var properties: KafkaProperties {
        var pairs = kafkaProperties.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        pairs.append(("bootstrap.servers", bootstrapServers))
        return KafkaProperties(pairs)
    }

    /// These settings as the stream takes them.
    var streamConfiguration: StreamConfiguration {
        var stream = stream
        stream.properties = properties
        return stream
    }
}
