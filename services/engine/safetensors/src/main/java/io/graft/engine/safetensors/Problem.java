package io.graft.engine.safetensors;

/** What is wrong with a file or folder of weights; the stable part of a {@link SafetensorsException}. */
public enum Problem {
    /** The file ends before the data its header promises, or before the header itself. */
    TRUNCATED,
    /** The header is longer, or declares more tensors or longer names, than the reader's limits allow. */
    HEADER_TOO_LARGE,
    /** The header is not the JSON object the format prescribes. */
    HEADER_MALFORMED,
    /** A tensor name or a JSON key occurs twice. */
    DUPLICATE_KEY,
    /** Data offsets overlap, leave a hole, run backwards or disagree with shape and dtype. */
    OFFSETS,
    /** A shape has a negative, fractional or overflowing dimension. */
    SHAPE,
    /** The dtype is unknown. */
    DTYPE,
    /** Bytes follow the last tensor. */
    TRAILING_BYTES,
    /** The index names a shard file that is absent. */
    MISSING_SHARD,
    /** The index names a tensor its shard does not hold, or a needed tensor is absent. */
    MISSING_TENSOR,
    /** The index is not the JSON the Hugging Face layout prescribes. */
    INDEX_MALFORMED,
    /** A shard name is not a plain file name. */
    UNSAFE_PATH,
    /** One tensor is in two shards. */
    DUPLICATE_TENSOR,
    /** A shard holds a tensor that the index does not give it. */
    UNINDEXED_TENSOR,
    /** A weights file lies in the folder that the index does not name. */
    UNINDEXED_SHARD,
    /** The only weights are Python pickles, which can run code when read. */
    PICKLE_REFUSED,
    /** There are no weights at all. */
    NO_WEIGHTS,
    /** A range outside a tensor was asked for. */
    RANGE
}
