package io.graft.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graft.gateway.problem.ProblemException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class CallThreadsTest {
    @Test
    void refusesCallsAboveTheBoundAndTakesThemAgainLater() throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        try (CallThreads threads = new CallThreads(1, 1)) {
            Future<?> running = threads.submit(() -> await(answered));
            Future<?> waiting = threads.submit(() -> {});
            assertThatThrownBy(() -> threads.submit(() -> {}))
                    .isInstanceOfSatisfying(ProblemException.class, refused -> {
                        assertThat(refused.problem().status()).isEqualTo(503);
                        assertThat(refused.problem().reason()).isEqualTo("GATEWAY_BUSY");
                    });
            answered.countDown();
            running.get(10, TimeUnit.SECONDS);
            waiting.get(10, TimeUnit.SECONDS);
            threads.submit(() -> {}).get(10, TimeUnit.SECONDS);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
