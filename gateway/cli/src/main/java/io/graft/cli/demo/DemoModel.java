package io.graft.cli.demo;

/** The published models that the demonstration works with; all descend from one MiniLM of 12 layers. */
enum DemoModel {
    BASE("bge-small-en", "base", "BAAI bge-small-en, the old base"),
    NEW_BASE("bge-small-en-v1.5", "new_base", "BAAI bge-small-en-v1.5, the new base"),
    RELATIVE("e5-small-v2", "relative", "intfloat e5-small-v2, a base of another lineage");

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
