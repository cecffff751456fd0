package io.graft.engine.conversion.maven;

/**
 * Published jars that hold a small BERT encoder as ONNX, with the digest of each. The jars are Apache-2.0, the models in them
 * carry the licence given.
 */
public enum EmbeddingJar {
    BGE_SMALL_EN(
            "bge-small-en",
            "4302abb10237c00f841177e1d5859550910476c010e3cfc378f72f8d95d8d623",
            "BAAI/bge-small-en",
            "MIT"),
    BGE_SMALL_EN_V15(
            "bge-small-en-v15",
            "ccee59079534ed109c40f092da1900ec780dc097ff55f4e99234783f2275adba",
            "BAAI/bge-small-en-v1.5",
            "MIT"),
    E5_SMALL_V2(
            "e5-small-v2",
            "1ce3981dd5ccfd6102060a3862331d93923e021b6e23e27a6c168e366bc2b5dc",
            "intfloat/e5-small-v2",
            "MIT"),
    BGE_SMALL_ZH(
            "bge-small-zh",
            "87c852107100bfa2f66423d8bd94d56b661dbccfd6cfc045f25bbfb6746dc64b",
            "BAAI/bge-small-zh",
            "MIT");

    private static final String VERSION = "1.0.0-beta5";

    private final MavenArtifact artifact;
    private final String sha256;
    private final String model;
    private final String licence;

    EmbeddingJar(String name, String sha256, String model, String licence) {
        this.artifact = new MavenArtifact("dev.langchain4j", "langchain4j-embeddings-" + name, VERSION);
        this.sha256 = sha256;
        this.model = model;
        this.licence = licence;
    }

    /** Where Maven finds the jar. */
    public MavenArtifact artifact() {
        return artifact;
    }

    /** Digest of the jar in lower-case hex. */
    public String sha256() {
        return sha256;
    }

    /** The model's name with its publisher. */
    public String model() {
        return model;
    }

    /** The model's licence. */
    public String licence() {
        return licence;
    }
}
