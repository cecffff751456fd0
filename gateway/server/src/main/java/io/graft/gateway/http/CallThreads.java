package io.graft.gateway.http;

import com.google.rpc.Code;
import io.graft.gateway.problem.Problem;
import io.graft.gateway.problem.ProblemException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads on which calls wait for their answers; those above a bound are refused rather than piled up. */
final class CallThreads implements AutoCloseable {
    private final ExecutorService threads;

    CallThreads(int atOnce, int waiting) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                atOnce,
                atOnce,
                1,
                TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(waiting),
                Thread.ofPlatform().name("gateway-", 0).daemon().factory());
        pool.allowCoreThreadTimeOut(true);
        threads = pool;
    }

    /** @throws ProblemException 503 when too many wait already */
    Future<?> submit(Runnable call) {
        try {
            return threads.submit(call);
        } catch (RejectedExecutionException e) {
            ProblemException busy = new ProblemException(Problem.of(
                    503, Code.UNAVAILABLE, "GATEWAY_BUSY", "too many calls wait for an answer; try again later"));
            busy.initCause(e);
            throw busy;
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
