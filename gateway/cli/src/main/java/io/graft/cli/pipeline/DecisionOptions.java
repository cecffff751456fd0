package io.graft.cli.pipeline;

import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a decision about a step takes. */
final class DecisionOptions {
    @Parameters(index = "0", paramLabel = "RUN", description = "PIPELINE/RUN, or the run's full name")
    String run = "";

    @Parameters(index = "1", paramLabel = "STEP", description = "the step that waits, as 'runs get' names it")
    String step = "";

    @Option(names = "--comment", paramLabel = "TEXT", description = "why, for those who read it later")
    String comment = "";

    @Option(names = "--etag", paramLabel = "ETAG", description = "refuse when the run changed since")
    String etag = "";

    @Option(names = "--validate-only", description = "only check whether the step waits for this now")
    boolean validateOnly;
}
