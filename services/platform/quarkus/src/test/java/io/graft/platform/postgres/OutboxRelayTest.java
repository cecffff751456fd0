package io.graft.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.event.Event;
import io.graft.platform.event.EventPublisher;
import io.graft.v1.JobEvent;
import io.graft.v1.JobStateChanged;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class OutboxRelayTest {
    private static final Duration BOUND = Duration.ofSeconds(10);
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final DataSource dataSource = Postgres.freshSchema();
    private final Database database = new Database(dataSource);
    private final Broker broker = new Broker();
    private final OutboxRelay relay = relay(broker);

    @Test
    void publishesWhatWasCommittedAndNothingElse() {
        add("a", "1");
        assertThatThrownBy(() -> database.useTransaction(handle -> {
                    Outbox.add(handle, "/graft/test", "a", payload("2"), TRACE);
                    throw new IllegalStateException("planted");
                }))
                .hasMessage("planted");
        add("a", "3");

        assertThat(relay.relayBatch()).isEqualTo(2);

        assertThat(broker.texts()).containsExactly("1", "3");
        Event event = broker.stored.getLast();
        assertThat(event.type()).isEqualTo("graft.v1.JobStateChanged");
        assertThat(event.source()).isEqualTo("/graft/test");
        assertThat(event.subject()).isEqualTo("a");
        assertThat(event.sequence()).isEqualTo(2);
        assertThat(event.traceparent()).isEqualTo(TRACE);
        assertThat(relay.relayBatch()).isZero();
    }

    @Test
    void publishesUnderTheSameIdWhenItWasCutOffBeforeNotingIt() {
        add("a", "1");
        OutboxRelay doomed = new OutboxRelay(
                database,
                new EventPublisher() {
                    @Override
                    public void publish(List<Event> events) {
                        broker.stored.addAll(events);
                        new Database(dataSource)
                                .useTransaction(handle -> handle.execute(
                                        "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'"));
                    }

                    @Override
                    public void close() {}
                },
                OutboxSettings.DEFAULT);

        assertThatThrownBy(doomed::relayBatch).isInstanceOf(GraftException.class);
        int before = broker.stored.size();
        assertThat(relay.relayBatch()).isEqualTo(1);

        assertThat(before).isPositive();
        assertThat(broker.stored).hasSize(before + 1);
        assertThat(broker.stored.stream().map(Event::id).distinct()).hasSize(1);
    }

    @Test
    void keepsEachSubjectsOrderUnderConcurrentTransactions() throws Exception {
        relay.start();
        PostgresJobStoreTest.atOnce(IntStream.range(0, 8)
                .<Callable<Boolean>>mapToObj(thread -> () -> {
                    for (int i = 0; i < 25; i++) {
                        add("subject-" + i % 3, "x");
                    }
                    return true;
                })
                .toList());

        await().atMost(BOUND).until(() -> broker.stored.size() >= 200);
        relay.close();
        assertThat(broker.stored).hasSize(200);
        for (String subject : List.of("subject-0", "subject-1", "subject-2")) {
            List<Long> sequences = broker.stored.stream()
                    .filter(event -> event.subject().equals(subject))
                    .map(Event::sequence)
                    .toList();
            assertThat(sequences).isSorted().doesNotHaveDuplicates().hasSize(Math.toIntExact(sequences.getLast()));
        }
    }

    @Test
    void leavesTheWorkToOneOfTwo() throws Exception {
        add("a", "1");
        CountDownLatch publishing = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        broker.afterStoring = () -> {
            publishing.countDown();
            awaitLatch(go);
        };

        List<Integer> taken = PostgresJobStoreTest.atOnce(List.of(relay::relayBatch, () -> {
            publishing.await();
            int other = relay(broker).relayBatch();
            go.countDown();
            return other;
        }));

        assertThat(taken).containsExactly(1, 0);
        assertThat(broker.texts()).containsExactly("1");
    }

    @Test
    void waitsForABrokerThatIsAwayAndThenDrainsInOrder() {
        broker.away = true;
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        relay.bindTo(meters, "test");
        relay.start();
        for (int i = 0; i < 20; i++) {
            add("a", Integer.toString(i));
        }

        await().atMost(BOUND)
                .until(() -> relay.lag().pending() == 20 && relay.lag().age().isPositive());
        assertThat(meters.get("graft.outbox.pending")
                        .tag("service", "test")
                        .gauge()
                        .value())
                .isEqualTo(20);
        assertThat(relay.isAlive()).isTrue();
        broker.away = false;

        await().atMost(BOUND).until(() -> broker.stored.size() == 20);
        await().atMost(BOUND).until(() -> relay.lag().pending() == 0);
        relay.close();
        assertThat(broker.texts())
                .isEqualTo(IntStream.range(0, 20).mapToObj(Integer::toString).toList());
    }

    @Test
    void setsAsideWhatCanNotBePublished() {
        add("a", "1");
        add("a", "poison");
        add("b", "2");
        database.useTransaction(
                handle -> handle.execute(
                        "insert into outbox (type, source, subject, sequence, traceparent, data) values ('graft.v9.New', '', 'c', 1, '', '')"));
        broker.refuses = event -> text(event).equals("poison");

        assertThat(relay.relayBatch()).isEqualTo(4);

        assertThat(broker.texts()).contains("1", "2").doesNotContain("poison");
        assertThat(new HashSet<>(broker.stored)).hasSize(2);
        assertThat(database.read(OutboxRow::lag).failed()).isEqualTo(2);
        assertThat(relay.relayBatch()).isZero();
    }

    @Test
    void deletesOnlyWhatIsPublishedAndOld() {
        add("a", "old");
        relay.relayBatch();
        database.useTransaction(handle -> {
            handle.execute("update outbox set published_at = now() - interval '4 days'");
            handle.execute("insert into inbox values ('old', now() - interval '31 days'), ('new', now())");
        });
        add("a", "new");
        relay.relayBatch();
        add("a", "waiting");
        database.useTransaction(handle ->
                handle.execute("update outbox set time = now() - interval '9 days' where published_at is null"));

        relay.tidy();

        assertThat(strings("select sequence::text from outbox order by 1")).containsExactly("2", "3");
        assertThat(strings("select event_id from inbox")).containsExactly("new");
    }

    private OutboxRelay relay(EventPublisher publisher) {
        return new OutboxRelay(database, publisher, OutboxSettings.DEFAULT);
    }

    private void add(String subject, String text) {
        database.useTransaction(handle -> Outbox.add(handle, "/graft/test", subject, payload(text), TRACE));
    }

    private List<String> strings(String sql) {
        return database.read(
                handle -> handle.createQuery(sql).mapTo(String.class).list());
    }

    private static JobStateChanged payload(String text) {
        return JobStateChanged.newBuilder()
                .setEvent(JobEvent.newBuilder().setMessage(text))
                .build();
    }

    private static String text(Event event) {
        return ((JobStateChanged) event.data()).getEvent().getMessage();
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Stores what it is given, unless it is told to fail. */
    private static final class Broker implements EventPublisher {
        final List<Event> stored = new CopyOnWriteArrayList<>();
        volatile boolean away;
        volatile Predicate<Event> refuses = event -> false;
        volatile Runnable afterStoring = () -> {};

        @Override
        public void publish(List<Event> events) {
            if (away) {
                throw new GraftException(ErrorCode.EVENTS_UNAVAILABLE, "away");
            }
            for (Event event : events) {
                if (refuses.test(event)) {
                    throw new GraftException(ErrorCode.INTERNAL, "too large");
                }
            }
            stored.addAll(events);
            afterStoring.run();
        }

        List<String> texts() {
            List<String> texts = new ArrayList<>();
            stored.forEach(event -> texts.add(text(event)));
            return texts;
        }

        @Override
        public void close() {}
    }
}
