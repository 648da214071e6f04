/* The floor: what librdkafka alone spends to deliver the records. bare-consumer BROKERS RECORDS TOPIC...
 *
 * Subscribes with the settings that claimwatch uses, takes batches and destroys them. Prints records, seconds and CPU
 * seconds (all threads of this process), counted from the first batch to the last record. */
#include <librdkafka/rdkafka.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec + now.tv_nsec / 1e9;
}

static double cpu_seconds(void) {
    struct rusage use;
    getrusage(RUSAGE_SELF, &use);
    return use.ru_utime.tv_sec + use.ru_stime.tv_sec + (use.ru_utime.tv_usec + use.ru_stime.tv_usec) / 1e6;
}

int main(int argc, char **argv) {
    if (argc < 4) {
        fprintf(stderr, "usage: bare-consumer BROKERS RECORDS TOPIC...\n");
        return 64;
    }
    long wanted = atol(argv[2]);
    const char *settings[][2] = {
        {"bootstrap.servers", argv[1]},      {"group.id", "bare"},
        {"auto.offset.reset", "earliest"},   {"enable.auto.commit", "false"},
        {"enable.auto.offset.store", "false"}, {"isolation.level", "read_committed"},
        {"fetch.wait.max.ms", "10"},         {"session.timeout.ms", "6000"},
        {"receive.message.max.bytes", "1000000000"},
    };
    char error[512];
    rd_kafka_conf_t *conf = rd_kafka_conf_new();
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
        if (rd_kafka_conf_set(conf, settings[i][0], settings[i][1], error, sizeof error)) {
            fprintf(stderr, "bare-consumer: %s\n", error);
            return 78;
        }
    rd_kafka_t *consumer = rd_kafka_new(RD_KAFKA_CONSUMER, conf, error, sizeof error);
    if (!consumer) {
        fprintf(stderr, "bare-consumer: %s\n", error);
        return 70;
    }
    rd_kafka_poll_set_consumer(consumer);
    rd_kafka_topic_partition_list_t *topics = rd_kafka_topic_partition_list_new(argc - 3);
    for (int i = 3; i < argc; i++) rd_kafka_topic_partition_list_add(topics, argv[i], RD_KAFKA_PARTITION_UA);
    rd_kafka_subscribe(consumer, topics);
    rd_kafka_topic_partition_list_destroy(topics);

    rd_kafka_queue_t *queue = rd_kafka_queue_get_consumer(consumer);
    enum { batch = 1000 };
    rd_kafka_message_t *messages[batch];
    long records = 0, first = 0;
    double begun = 0, begun_cpu = 0, last = seconds();
    while (records < wanted) {
        ssize_t n = rd_kafka_consume_batch_queue(queue, 100, messages, batch);
        for (ssize_t i = 0; i < n; i++) {
            if (!messages[i]->err) records++;
            rd_kafka_message_destroy(messages[i]);
        }
        if (n > 0) last = seconds();
        if (begun == 0 && records > 0) {
            begun = last;
            begun_cpu = cpu_seconds();
            first = records;
        }
        if (seconds() - last > 30) {
            fprintf(stderr, "bare-consumer: only %ld of %ld records came\n", records, wanted);
            return 69;
        }
    }
    printf("%ld %.3f %.3f\n", records - first, last - begun, cpu_seconds() - begun_cpu);
    fflush(stdout);
    _Exit(0); /* leaving the group would only take time */
}
