package io.graft.platform.submission.training;

import io.graft.platform.submission.SpecFields;
import io.graft.v1.WeightsFormat;
import java.util.List;

/** Checks how whole weights are to be stored, and fills in what is not said. */
public final class WeightsFields {
    private static final List<String> DTYPES = List.of("F64", "F32", "F16", "BF16");

    private WeightsFields() {}

    /** The format with its defaults; what is wrong is noted. */
    public static WeightsFormat effective(SpecFields fields, String path, WeightsFormat format) {
        fields.dtype(path + ".dtype", format.getDtype(), DTYPES);
        fields.shardBytes(path + ".max_shard_bytes", format.getMaxShardBytes());
        return format.getMaxShardBytes() == 0
                ? format.toBuilder().setMaxShardBytes(SpecFields.STANDARD_SHARD).build()
                : format;
    }
}
