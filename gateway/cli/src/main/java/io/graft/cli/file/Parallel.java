package io.graft.cli.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;

/** Runs tasks on a few threads. The first failure stops the others and is thrown. */
final class Parallel {
    private Parallel() {}

    /** What {@code task} makes of each item, in the order of the items. */
    static <T, R> List<R> map(List<T> items, int threads, Function<T, Callable<R>> task) {
        try (ExecutorService pool = Executors.newFixedThreadPool(threads, daemon())) {
            ExecutorCompletionService<R> completion = new ExecutorCompletionService<>(pool);
            List<Future<R>> futures = new ArrayList<>();
            for (T item : items) {
                futures.add(completion.submit(task.apply(item)));
            }
            try {
                for (int i = 0; i < items.size(); i++) {
                    result(completion.take());
                }
                List<R> results = new ArrayList<>();
                for (Future<R> future : futures) {
                    results.add(result(future));
                }
                return List.copyOf(results);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while moving files", e);
            } finally {
                pool.shutdownNow();
            }
        }
    }

    private static <R> R result(Future<R> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof RuntimeException known) {
                throw known;
            }
            if (cause instanceof IOException io) {
                throw new UncheckedIOException(io);
            }
            throw new IllegalStateException(cause);
        }
    }

    private static ThreadFactory daemon() {
        return Thread.ofPlatform().daemon().name("transfer-", 0).factory();
    }
}
