/* librdkafka's mock cluster as a process of its own: mock-cluster TOPIC=PARTITIONS...
 *
 * Prints BROKERS=host:port and serves until its standard input ends. The mock keeps at most 5 MiB a partition, shows
 * every record at once and stores no transactional offsets: good for speed, worthless as a proof of exactly-once. */
#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv) {
    char error[512];
    rd_kafka_conf_t *conf = rd_kafka_conf_new();
    rd_kafka_conf_set(conf, "client.id", "mock-cluster", error, sizeof error);
    rd_kafka_conf_set(conf, "log_level", "3", error, sizeof error); /* it has no bootstrap.servers and says so */
    rd_kafka_t *handle = rd_kafka_new(RD_KAFKA_PRODUCER, conf, error, sizeof error);
    if (!handle) {
        fprintf(stderr, "mock-cluster: %s\n", error);
        return 70;
    }
    rd_kafka_mock_cluster_t *cluster = rd_kafka_mock_cluster_new(handle, 1);
    for (int i = 1; i < argc; i++) {
        char *equals = strchr(argv[i], '=');
        int partitions = equals ? atoi(equals + 1) : 0;
        if (partitions < 1) {
            fprintf(stderr, "mock-cluster: write %s as TOPIC=PARTITIONS\n", argv[i]);
            return 64;
        }
        *equals = 0;
        if (rd_kafka_mock_topic_create(cluster, argv[i], partitions, 1)) {
            fprintf(stderr, "mock-cluster: topic %s could not be created\n", argv[i]);
            return 70;
        }
    }
    printf("BROKERS=%s\n", rd_kafka_mock_cluster_bootstraps(cluster));
    fflush(stdout);
    while (getchar() != EOF) continue;
    rd_kafka_mock_cluster_destroy(cluster);
    rd_kafka_destroy(handle);
    return 0;
}
