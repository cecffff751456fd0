package io.graft.platform.submission;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.error.Violations;
import io.graft.platform.request.Mutation;
import io.graft.platform.request.RequestRules;
import io.graft.platform.resource.ResourceName;
import io.graft.platform.resource.ResourceName.AliasName;
import io.graft.platform.resource.ResourceName.DatasetName;
import io.graft.platform.resource.ResourceName.DatasetVersionName;
import io.graft.platform.resource.ResourceName.ModelName;
import io.graft.platform.resource.ResourceName.ModelVersionName;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Checks the fields of specifications and collects what is wrong with them. Not thread-safe. */
public final class SpecFields {
    /** Size of a shard where the caller gives none, in bytes. */
    public static final long STANDARD_SHARD = 5_000_000_000L;

    private static final long SMALLEST_SHARD = 1 << 20;
    private static final int MAX_PATTERNS = 100;
    private static final int MAX_PATTERN_LENGTH = 500;
    private static final List<Class<? extends ResourceName>> VERSIONS =
            List.of(ModelVersionName.class, AliasName.class);

    private final String tenant;
    private final Violations violations = new Violations();

    /** @param tenant the tenant of the job, which every name must belong to */
    public SpecFields(String tenant) {
        this.tenant = tenant;
    }

    /** @throws GraftException {@code INVALID_REQUEST} naming every bad field */
    public void throwIfAny() {
        violations.throwIfAny();
    }

    /** Notes a field that is wrong unless the condition holds. */
    public void require(boolean holds, String field, String otherwise) {
        violations.require(holds, field, otherwise);
    }

    /** Notes a whole number that is out of its range. */
    public void range(String field, long value, long least, long greatest) {
        violations.require(
                value >= least && value <= greatest,
                field,
                "is " + value + "; it is a whole number from " + least + " to " + greatest);
    }

    /** What every submission has beside its specification. */
    public void call(Map<String, String> labels, Mutation mutation) {
        RequestRules.checkRequestId(violations, mutation.requestId());
        RequestRules.checkLabels(violations, "labels", labels);
    }

    /** A field that names a version or an alias. */
    public void version(String field, String name) {
        name(field, name, VERSIONS);
    }

    /** A field that names a version or an alias, or is empty. */
    public void optionalVersion(String field, String name) {
        if (!name.isEmpty()) {
            version(field, name);
        }
    }

    /** A field that names a data set version. */
    public void dataset(String field, String name) {
        name(field, name, List.of(DatasetVersionName.class));
    }

    /** {@code spec.output_model}. */
    public void outputModel(String name) {
        name("spec.output_model", name, List.of(ModelName.class));
    }

    /** {@code spec.output_dataset}. */
    public void outputDataset(String name) {
        name("spec.output_dataset", name, List.of(DatasetName.class));
    }

    /** A field with regular expressions. */
    public void patterns(String field, List<String> patterns) {
        violations.require(patterns.size() <= MAX_PATTERNS, field, "has more than " + MAX_PATTERNS + " patterns");
        for (int i = 0; i < Math.min(patterns.size(), MAX_PATTERNS); i++) {
            pattern(field + "[" + i + "]", patterns.get(i));
        }
    }

    /** A field that names a data type, or is empty. */
    public void dtype(String field, String dtype, Collection<String> allowed) {
        violations.require(
                dtype.isEmpty() || allowed.contains(dtype), field, "is none of " + String.join(", ", allowed));
    }

    /** A field with the size of a shard; 0 is the standard. */
    public void shardBytes(String field, long bytes) {
        violations.require(
                bytes == 0 || bytes >= SMALLEST_SHARD,
                field,
                "is below " + SMALLEST_SHARD + "; leave it unset for " + STANDARD_SHARD);
    }

    private void pattern(String field, String pattern) {
        if (pattern.isEmpty() || pattern.length() > MAX_PATTERN_LENGTH) {
            violations.add(field, "has 1 to " + MAX_PATTERN_LENGTH + " characters");
            return;
        }
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            violations.add(field, "is not a regular expression: " + e.getDescription() + " at " + e.getIndex());
        }
    }

    private void name(String field, String name, List<Class<? extends ResourceName>> types) {
        if (name.isEmpty()) {
            violations.add(field, "is required");
            return;
        }
        ResourceName parsed;
        try {
            parsed = ResourceName.parseAny(field, name, types);
        } catch (GraftException e) {
            e.violations().forEach(violation -> violations.add(violation.field(), violation.description()));
            return;
        }
        if (!parsed.tenant().equals(tenant)) {
            throw new GraftException(
                    ErrorCode.PERMISSION_DENIED,
                    field + " belongs to tenant '" + parsed.tenant() + "'; a job of tenant '" + tenant
                            + "' uses versions and models of its own tenant",
                    Map.of("field", field, "tenant", parsed.tenant()));
        }
    }
}
