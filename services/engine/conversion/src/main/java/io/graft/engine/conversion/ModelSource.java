package io.graft.engine.conversion;

import io.graft.engine.conversion.maven.EmbeddingJar;
import java.nio.file.Path;

/** Where a model to be imported comes from. */
public sealed interface ModelSource {
    /** A local folder in the Hugging Face layout, or a snapshot in the Hugging Face cache. */
    record HuggingFace(Path folder) implements ModelSource {}

    /**
     * A jar with one ONNX file and one tokenizer at its root.
     *
     * @param origin where it comes from, for the model card
     * @param licence the model's licence, for the model card
     */
    record OnnxJar(Path jar, String origin, String licence) implements ModelSource {}

    /**
     * An ONNX file and its {@code tokenizer.json}.
     *
     * @param origin where it comes from, for the model card
     * @param licence the model's licence, for the model card
     */
    record Onnx(Path model, Path tokenizer, String origin, String licence) implements ModelSource {}

    /**
     * One of the jars known by name.
     *
     * @param cache where to keep it when Maven has to fetch it
     */
    record Published(EmbeddingJar jar, Path cache) implements ModelSource {}
}
