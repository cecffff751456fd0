package io.graft.cli.demo;

/** The published models that the demonstration moves an update between; all descend from one MiniLM of 12 layers. */
enum DemoModel {
    SOURCE_BASE("bge-small-en", "source_base", "BAAI bge-small-en, the base of the update"),
    SOURCE_FINETUNED("bge-small-en-v1.5", "source_finetuned", "BAAI bge-small-en-v1.5, standing for its fine-tuning"),
    TARGET("e5-small-v2", "target", "intfloat e5-small-v2, the new base");

    private final String id;
    private final String role;
    private final String description;

    DemoModel(String id, String role, String description) {
        this.id = id;
        this.role = role;
        this.description = description;
    }

    /** Its name among the published models, and its id in the registry. */
    String id() {
        return id;
    }

    String role() {
        return role;
    }

    String description() {
        return description;
    }
}
