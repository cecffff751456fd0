package io.graft.registry.domain;

import io.graft.platform.error.GraftException;
import io.graft.platform.error.Violations;
import io.graft.platform.resource.ResourceName;
import io.graft.platform.resource.ResourceName.AliasName;
import io.graft.platform.resource.ResourceName.ModelVersionName;
import io.graft.v1.Alias;

/** Rules for single fields of requests. */
public final class RegistryRules {
    private static final int STANDARD_DEPTH = 5;
    private static final int MAX_DEPTH = 20;

    private RegistryRules() {}

    /** @throws GraftException {@code INVALID_REQUEST} unless the alias names a version of its own model */
    public static Alias alias(Alias alias) {
        AliasName name = ResourceName.parse("alias.name", alias.getName(), AliasName.class);
        ModelVersionName version = ResourceName.parse("alias.version", alias.getVersion(), ModelVersionName.class);
        Violations violations = new Violations();
        violations.require(
                version.model().equals(name.model()),
                "alias.version",
                "is a version of " + version.model() + "; an alias of " + name.model() + " names one of its own");
        violations.throwIfAny();
        return alias;
    }

    /** Steps of lineage to follow: 5 for 0, 20 at most. */
    public static int depth(int requested) {
        Violations violations = new Violations();
        violations.require(requested >= 0, "depth", "must not be negative");
        violations.throwIfAny();
        return requested == 0 ? STANDARD_DEPTH : Math.min(requested, MAX_DEPTH);
    }
}
