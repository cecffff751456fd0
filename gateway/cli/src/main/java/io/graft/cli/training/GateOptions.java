package io.graft.cli.training;

import io.graft.cli.failure.CommandException;
import io.graft.cli.invocation.Invocation;
import io.graft.v1.Baseline;
import io.graft.v1.EvaluateSpec;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What an evaluated version is compared with, and what it must show. */
final class GateOptions {
    @Option(names = "--against", paramLabel = "VERSION", description = "the version to compare with, on the same rows")
    String against = "";

    @Option(
            names = "--against-base",
            paramLabel = "VERSION",
            description = "the base of that version, when it is an adapter (default: the one that its lineage names)")
    String base = "";

    @Option(
            names = "--against-head",
            paramLabel = "VERSION",
            description = "a version whose head that one borrows (default: its own)")
    String head = "";

    @Mixin
    RuleOptions rule = new RuleOptions();

    /** Puts what was asked for into a specification. */
    void into(EvaluateSpec.Builder spec, Invocation invocation) {
        if (!against.isEmpty()) {
            spec.setAgainst(Baseline.newBuilder()
                    .setVersion(invocation.names().version(against))
                    .setBase(base.isEmpty() ? "" : invocation.names().version(base))
                    .setHead(head.isEmpty() ? "" : invocation.names().version(head)));
        } else if (!base.isEmpty() || !head.isEmpty()) {
            throw CommandException.usage("--against-base and --against-head go with --against");
        }
        rule.rule(!against.isEmpty()).ifPresent(spec::setGate);
    }
}
