package io.graft.cli.transfer;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Which tensors take part and how the result is stored. */
final class TensorSelection {
    @Option(
            names = "--include",
            paramLabel = "REGEX",
            description = "only tensors whose whole name matches; may be repeated")
    List<String> include = new ArrayList<>();

    @Option(
            names = "--exclude",
            paramLabel = "REGEX",
            description = "not tensors whose whole name matches; may be repeated")
    List<String> exclude = new ArrayList<>();

    @Option(
            names = "--dtype",
            paramLabel = "DTYPE",
            description =
                    "data type of the result: F64, F32, F16, BF16 (default: the target's own, F32 of a diff vector)")
    String dtype = "";

    @Option(names = "--max-shard-bytes", paramLabel = "BYTES", description = "largest shard (default 5000000000)")
    long maxShardBytes;
}
