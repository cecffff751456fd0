package io.graft.cli.training;

import io.graft.v1.WeightsFormat;
import picocli.CommandLine.Option;

/** How whole weights are stored. */
final class WeightsOptions {
    @Option(
            names = "--dtype",
            paramLabel = "DTYPE",
            description =
                    "data type of whole weights: F64, F32, F16, BF16 (default: the base's own, F32 of a new model)")
    String dtype = "";

    @Option(names = "--max-shard-bytes", paramLabel = "BYTES", description = "largest shard (default 5000000000)")
    long maxShardBytes;

    boolean isGiven() {
        return !dtype.isEmpty() || maxShardBytes != 0;
    }

    WeightsFormat format() {
        return WeightsFormat.newBuilder()
                .setDtype(dtype)
                .setMaxShardBytes(maxShardBytes)
                .build();
    }
}
