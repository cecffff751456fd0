package io.graft.engine.safetensors;

/**
 * What a reader is willing to hold in memory for one header.
 *
 * @param maxHeaderBytes longest header accepted; the reference implementation's cap is 100 MB
 * @param maxTensors most tensors in one file
 * @param maxNameLength longest tensor name or metadata key, in characters
 * @param maxMetadataLength longest metadata, keys and values together, in characters
 */
public record HeaderLimits(long maxHeaderBytes, int maxTensors, int maxNameLength, int maxMetadataLength) {
    /** 100 MB, 65,536 tensors, names of 512 characters, 4 M characters of metadata: below 64 MB of heap. */
    public static final HeaderLimits DEFAULT = new HeaderLimits(100_000_000L, 65_536, 512, 4_000_000);
}
