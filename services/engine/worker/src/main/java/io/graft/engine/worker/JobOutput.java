package io.graft.engine.worker;

import io.graft.v1.ArtifactFile;
import io.graft.v1.ArtifactKind;
import java.util.List;

/**
 * What a runner made.
 *
 * @param files what lies in the output folder and is to be committed
 */
public record JobOutput(ArtifactKind kind, List<ArtifactFile> files) {
    public JobOutput {
        files = List.copyOf(files);
    }
}
