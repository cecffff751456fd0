package io.graft.engine.conversion.problem;

/** The stable part of an {@link ImportException}. */
public enum ImportProblem {
    /** A file that every model needs is absent. */
    FILE_MISSING,
    /** A JSON file cannot be read, or lacks what it must say. */
    JSON_MALFORMED,
    /** A symbolic link leads out of the folder and not into the cache it belongs to. */
    LINK_ESCAPES,
    /** The ONNX file is damaged. */
    ONNX_MALFORMED,
    /** The ONNX file stores weights in a way that is not supported. */
    ONNX_UNSUPPORTED,
    /** The ONNX graph is not the BERT encoder this conversion knows. */
    NOT_BERT,
    /** The jar does not hold exactly one ONNX file and its tokenizer. */
    JAR_CONTENT,
    /** The content is not what was expected by its digest. */
    DIGEST_DIFFERS,
    /** There is no {@code mvn} to run. */
    MAVEN_MISSING,
    /** Maven could not get the artifact. */
    MAVEN_FAILED
}
