package io.graft.engine.worker;

import com.google.protobuf.util.Durations;
import io.graft.v1.JobProgress;
import java.util.LinkedHashMap;
import java.util.Map;

/** How far the attempt has come. Written by those who work, read by the one who reports; thread-safe. */
public final class ProgressBoard {
    private static final long NANOS = 1_000_000_000L;

    private String stage = "pull";
    private long step;
    private long of;
    private long begun = System.nanoTime();
    private long begunAt;
    private final Map<String, Double> metrics = new LinkedHashMap<>();

    /**
     * Begins a stage.
     *
     * @param units how many steps it has; 0 when unknown
     */
    public synchronized void begin(String name, long units) {
        stage = name;
        step = 0;
        of = units;
        begun = System.nanoTime();
        begunAt = 0;
    }

    /** The stage goes on from steps that an earlier attempt made. */
    public synchronized void resumeAt(long done) {
        step = done;
        begunAt = done;
    }

    /** Some more steps are done. */
    public synchronized void advance(long units) {
        step += units;
    }

    /** This many of that many steps are done; an overtaken call changes nothing. */
    public synchronized void at(long done, long units) {
        step = Math.max(step, done);
        of = units;
    }

    /** Measurements of the stage, until others come under the same names. */
    public synchronized void measured(Map<String, Double> measurements) {
        metrics.putAll(measurements);
    }

    /** The state now, with the stage's speed and the time it will take if that holds. */
    synchronized JobProgress now() {
        JobProgress.Builder progress =
                JobProgress.newBuilder().setStage(stage).setStep(step).setOf(of).putAllMetrics(metrics);
        double seconds = (System.nanoTime() - begun) / (double) NANOS;
        if (step > begunAt && of > 0 && seconds > 1) {
            double rate = (step - begunAt) / seconds;
            progress.putMetrics("units_per_second", rate);
            progress.setEta(Durations.fromMillis(Math.round((of - step) / rate * 1000)));
        }
        return progress.build();
    }
}
