package io.graft.cli.training;

import io.graft.cli.failure.CommandException;
import io.graft.cli.invocation.Invocation;
import io.graft.v1.TrainSpec;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Old rows among the new. */
final class ReplayOptions {
    @Option(names = "--replay", paramLabel = "DATASET/N", description = "an earlier data set, against forgetting")
    String replay = "";

    @Option(names = "--replay-split", paramLabel = "NAME", description = "split of the earlier data set")
    String split = "";

    @Option(
            names = "--replay-share",
            paramLabel = "X",
            description = "share of a batch that old rows make up (default 0.05)")
    @Nullable
    Double share;

    void fill(TrainSpec.Builder spec, Invocation invocation) {
        if (replay.isEmpty()) {
            if (share != null || !split.isEmpty()) {
                throw CommandException.usage("Say which rows to replay: --replay DATASET/N");
            }
            return;
        }
        spec.getReplayBuilder()
                .getDataBuilder()
                .setDataset(invocation.names().datasetVersion(replay))
                .setSplit(split);
        if (share != null) {
            spec.getReplayBuilder().setShare(share);
        }
    }
}
