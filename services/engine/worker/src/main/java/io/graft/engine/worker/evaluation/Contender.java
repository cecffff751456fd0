package io.graft.engine.worker.evaluation;

import io.graft.engine.worker.JobRun;
import io.graft.engine.worker.PulledInput;
import io.graft.engine.worker.training.Roles;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A version that is measured, as pulled.
 *
 * @param name of the version, for messages and reports
 * @param weights folder with whole weights, their configuration and their tokenizer
 * @param adapter folder with an adapter to put on them
 * @param head folder with whole weights whose head is borrowed
 */
public record Contender(String name, Path weights, Optional<Path> adapter, Optional<Path> head) {
    /** The version that the job is about. */
    public static Contender candidate(JobRun run) {
        return of(run.input(Roles.VERSION), run.find(Roles.BASE), run.find(Roles.HEAD));
    }

    /** The version that it is compared with, if there is one. */
    static Optional<Contender> baseline(JobRun run) {
        return run.find(Roles.AGAINST)
                .map(version -> of(version, run.find(Roles.AGAINST_BASE), run.find(Roles.AGAINST_HEAD)));
    }

    /** A version, the whole weights below it when it is an adapter, and what its head is borrowed from. */
    public static Contender of(PulledInput version, Optional<PulledInput> base, Optional<PulledInput> head) {
        return new Contender(
                version.input().getVersion(),
                base.orElse(version).folder(),
                base.map(below -> version.folder()),
                head.map(PulledInput::folder));
    }
}
