package io.graft.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class StopSignalTest {
    private final StopSignal stop = new StopSignal();

    @AfterEach
    void clearInterrupt() {
        Thread.interrupted();
    }

    @Test
    void interruptsTheWork() {
        stop.work(Thread.currentThread());

        stop.request();

        assertThat(Thread.interrupted()).isTrue();
        assertThatThrownBy(stop::check).isInstanceOf(StoppedException.class);
        assertThatThrownBy(stop::pointOfNoReturn).isInstanceOf(StoppedException.class);
        assertThat(stop.isTooLate()).isFalse();
    }

    @Test
    void comesTooLateAfterThePointOfNoReturn() {
        stop.work(Thread.currentThread());
        stop.pointOfNoReturn();

        stop.request();

        assertThat(Thread.interrupted()).isFalse();
        assertThat(stop.isRequested()).isFalse();
        stop.check();
    }

    @Test
    void isWaitedForUntilTheEnd() throws InterruptedException {
        assertThat(stop.awaitEnd(0)).isFalse();

        stop.end();

        assertThat(stop.awaitEnd(0)).isTrue();
    }
}
