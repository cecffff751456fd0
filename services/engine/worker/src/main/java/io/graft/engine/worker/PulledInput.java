package io.graft.engine.worker;

import io.graft.v1.AssignmentInput;
import io.graft.v1.Manifest;
import java.nio.file.Path;

/**
 * One input on this machine.
 *
 * @param folder holds the files that the runner asked for
 */
public record PulledInput(AssignmentInput input, Manifest manifest, Path folder) {}
