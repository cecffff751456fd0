package io.graft.engine.worker.training;

import io.graft.engine.models.ModelFamilies;
import io.graft.engine.models.OpenOptions;
import io.graft.engine.models.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a base is opened as so that an adapter fits it. */
final class AdapterTask {
    private AdapterTask() {}

    /** By the architecture that the adapter's folder names; as the base says when it names none. */
    static OpenOptions of(Path adapter, List<String> labels) throws IOException {
        Path config = adapter.resolve(Labels.ADAPTED_CONFIG);
        if (!Files.exists(config)) {
            return OpenOptions.AS_STORED;
        }
        String architecture = ModelFamilies.parse(Labels.ADAPTED_CONFIG, Files.readString(config))
                .path("architectures")
                .path(0)
                .asText();
        if (architecture.endsWith("ForSequenceClassification")) {
            return OpenOptions.classifier(labels);
        }
        if (architecture.endsWith("ForImageClassification")) {
            return new OpenOptions(Task.IMAGE_CLASSIFICATION, labels);
        }
        return OpenOptions.AS_STORED;
    }
}
