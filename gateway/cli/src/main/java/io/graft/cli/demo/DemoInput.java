package io.graft.cli.demo;

import io.graft.v1.ModelVersion;

/**
 * A version that the demonstration grafts with.
 *
 * @param role as in the lineage: {@code source_base}, {@code source_finetuned}, {@code target}
 * @param version as the registry has it
 */
record DemoInput(String role, ModelVersion version) {}
