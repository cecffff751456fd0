package io.graft.transfer.domain;

import io.graft.engine.safetensors.compatibility.PlannedTensor;
import io.graft.platform.submission.ByteCount;
import io.graft.platform.submission.ModelInput;
import io.graft.v1.ArtifactFile;
import io.graft.v1.JobEstimate;
import io.graft.v1.ModelVersion;
import java.util.List;
import java.util.stream.Collectors;

/** Works out what a job needs, and says how. */
final class Estimate {
    private static final long JVM_BYTES = 384L << 20;
    private static final long THREADS = 16;
    private static final long THREAD_BYTES = 16L << 20;

    private Estimate() {}

    /**
     * The needs of a job.
     *
     * @param tensors what it writes
     * @param carried the version whose other files go along with the result
     */
    static JobEstimate of(List<ModelInput> inputs, List<PlannedTensor> tensors, ModelVersion carried) {
        long weights = tensors.stream()
                .mapToLong(tensor -> tensor.output().byteLength())
                .sum();
        long others = carried.getFilesList().stream()
                .filter(file -> !file.getPath().contains(".safetensors"))
                .mapToLong(ArtifactFile::getSize)
                .sum();
        long output = weights + others;
        long pulled = inputs.stream().mapToLong(ModelInput::bytes).sum();
        long memory = JVM_BYTES + THREADS * THREAD_BYTES;
        String sum = inputs.stream()
                .map(input -> input.role() + " " + ByteCount.text(input.bytes()))
                .collect(Collectors.joining(" + "));
        return JobEstimate.newBuilder()
                .setMemoryBytes(memory)
                .setDiskBytes(pulled + output)
                .setOutputBytes(output)
                .addArithmetic("memory: " + ByteCount.text(JVM_BYTES) + " for the JVM + " + THREADS + " threads x "
                        + ByteCount.text(THREAD_BYTES) + " of buffers at most = " + ByteCount.text(memory)
                        + ", whatever the size of the models")
                .addArithmetic("output: " + tensors.size() + " tensors of " + ByteCount.text(weights)
                        + " + other files of " + ByteCount.text(others) + " = " + ByteCount.text(output))
                .addArithmetic("disk: " + sum + " + output " + ByteCount.text(output) + " = "
                        + ByteCount.text(pulled + output))
                .build();
    }
}
