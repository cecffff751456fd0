package io.graft.platform.resource;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.FieldViolation;
import io.graft.platform.error.GraftException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The name of a resource, as AIP-122 has it. Ids are lower-case letters, digits, {@code .}, {@code _} and {@code -},
 * at most 63, and begin with a letter or digit; so a name is always a safe object key and can't climb out of its tenant.
 */
public sealed interface ResourceName {
    /** Grammar of every id. */
    Pattern ID = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

    /** The tenant's id. */
    String tenant();

    /** {@code tenants/{tenant}}. */
    record TenantName(String tenant) implements ResourceName {
        @Override
        public String toString() {
            return "tenants/" + tenant;
        }
    }

    /** {@code tenants/{tenant}/jobs/{job}}. */
    record JobName(String tenant, String job) implements ResourceName {
        @Override
        public String toString() {
            return "tenants/" + tenant + "/jobs/" + job;
        }
    }

    /** {@code tenants/{tenant}/uploads/{upload}}. */
    record UploadName(String tenant, String upload) implements ResourceName {
        @Override
        public String toString() {
            return "tenants/" + tenant + "/uploads/" + upload;
        }
    }

    /** {@code tenants/{tenant}/models/{model}}. */
    record ModelName(String tenant, String model) implements ResourceName {
        @Override
        public String toString() {
            return "tenants/" + tenant + "/models/" + model;
        }
    }

    /** {@code tenants/{tenant}/models/{model}/versions/{number}}. */
    record ModelVersionName(ModelName model, long number) implements ResourceName {
        @Override
        public String tenant() {
            return model.tenant();
        }

        @Override
        public String toString() {
            return model + "/versions/" + number;
        }
    }

    /** {@code tenants/{tenant}/models/{model}/aliases/{alias}}. */
    record AliasName(ModelName model, String alias) implements ResourceName {
        @Override
        public String tenant() {
            return model.tenant();
        }

        @Override
        public String toString() {
            return model + "/aliases/" + alias;
        }
    }

    /** {@code tenants/{tenant}/datasets/{dataset}}. */
    record DatasetName(String tenant, String dataset) implements ResourceName {
        @Override
        public String toString() {
            return "tenants/" + tenant + "/datasets/" + dataset;
        }
    }

    /** {@code tenants/{tenant}/datasets/{dataset}/versions/{number}}. */
    record DatasetVersionName(DatasetName dataset, long number) implements ResourceName {
        @Override
        public String tenant() {
            return dataset.tenant();
        }

        @Override
        public String toString() {
            return dataset + "/versions/" + number;
        }
    }

    /** {@code tenants/{tenant}/pipelines/{pipeline}}. */
    record PipelineName(String tenant, String pipeline) implements ResourceName {
        @Override
        public String toString() {
            return "tenants/" + tenant + "/pipelines/" + pipeline;
        }
    }

    /** {@code tenants/{tenant}/pipelines/{pipeline}/runs/{run}}. */
    record PipelineRunName(PipelineName pipeline, String run) implements ResourceName {
        @Override
        public String tenant() {
            return pipeline.tenant();
        }

        @Override
        public String toString() {
            return pipeline + "/runs/" + run;
        }
    }

    /** {@code tenants/{tenant}/deadLetters/{letter}}. */
    record DeadLetterName(String tenant, String letter) implements ResourceName {
        @Override
        public String toString() {
            return "tenants/" + tenant + "/deadLetters/" + letter;
        }
    }

    /**
     * Reads any resource name.
     *
     * @throws GraftException with {@link ErrorCode#INVALID_REQUEST} naming {@code field}
     */
    static ResourceName parse(String field, String name) {
        String[] part = name.split("/", -1);
        if (part.length % 2 != 0 || part.length < 2 || !part[0].equals("tenants") || !idsAreValid(part)) {
            throw malformed(field, name, "tenants/{tenant}/...");
        }
        String tenant = part[1];
        return switch (part.length) {
            case 2 -> new TenantName(tenant);
            case 4 ->
                switch (part[2]) {
                    case "jobs" -> new JobName(tenant, part[3]);
                    case "uploads" -> new UploadName(tenant, part[3]);
                    case "models" -> new ModelName(tenant, part[3]);
                    case "datasets" -> new DatasetName(tenant, part[3]);
                    case "pipelines" -> new PipelineName(tenant, part[3]);
                    case "deadLetters" -> new DeadLetterName(tenant, part[3]);
                    default -> throw malformed(field, name, "a job, upload, model, dataset, pipeline or dead letter");
                };
            case 6 ->
                switch (part[2] + "/" + part[4]) {
                    case "models/versions" ->
                        new ModelVersionName(new ModelName(tenant, part[3]), number(field, name, part[5]));
                    case "models/aliases" -> new AliasName(new ModelName(tenant, part[3]), part[5]);
                    case "datasets/versions" ->
                        new DatasetVersionName(new DatasetName(tenant, part[3]), number(field, name, part[5]));
                    case "pipelines/runs" -> new PipelineRunName(new PipelineName(tenant, part[3]), part[5]);
                    default -> throw malformed(field, name, "a version, an alias or a run");
                };
            default -> throw malformed(field, name, "tenants/{tenant}/...");
        };
    }

    /**
     * Reads a resource name of one type.
     *
     * @throws GraftException with {@link ErrorCode#INVALID_REQUEST} naming {@code field} when it is malformed or of another type
     */
    static <T extends ResourceName> T parse(String field, String name, Class<T> type) {
        ResourceName parsed = parse(field, name);
        if (!type.isInstance(parsed)) {
            throw malformed(field, name, PATTERNS.getOrDefault(type, type.getSimpleName()));
        }
        return type.cast(parsed);
    }

    /**
     * Reads a resource name of one of several types.
     *
     * @throws GraftException with {@link ErrorCode#INVALID_REQUEST} naming {@code field} when it is malformed or of none of
     *     them
     */
    static ResourceName parseAny(String field, String name, Collection<Class<? extends ResourceName>> types) {
        ResourceName parsed = parse(field, name);
        if (types.stream().noneMatch(type -> type.isInstance(parsed))) {
            String expected = types.stream()
                    .map(type -> PATTERNS.getOrDefault(type, type.getSimpleName()))
                    .collect(Collectors.joining(" or "));
            throw malformed(field, name, expected);
        }
        return parsed;
    }

    /** Shapes of the names, for messages. */
    Map<Class<?>, String> PATTERNS = Map.ofEntries(
            Map.entry(TenantName.class, "tenants/{tenant}"),
            Map.entry(JobName.class, "tenants/{tenant}/jobs/{job}"),
            Map.entry(UploadName.class, "tenants/{tenant}/uploads/{upload}"),
            Map.entry(ModelName.class, "tenants/{tenant}/models/{model}"),
            Map.entry(ModelVersionName.class, "tenants/{tenant}/models/{model}/versions/{number}"),
            Map.entry(AliasName.class, "tenants/{tenant}/models/{model}/aliases/{alias}"),
            Map.entry(DatasetName.class, "tenants/{tenant}/datasets/{dataset}"),
            Map.entry(DatasetVersionName.class, "tenants/{tenant}/datasets/{dataset}/versions/{number}"),
            Map.entry(PipelineName.class, "tenants/{tenant}/pipelines/{pipeline}"),
            Map.entry(PipelineRunName.class, "tenants/{tenant}/pipelines/{pipeline}/runs/{run}"),
            Map.entry(DeadLetterName.class, "tenants/{tenant}/deadLetters/{letter}"));

    private static boolean idsAreValid(String[] part) {
        for (int i = 1; i < part.length; i += 2) {
            if (!ID.matcher(part[i]).matches()) {
                return false;
            }
        }
        return true;
    }

    private static long number(String field, String name, String text) {
        if (!text.matches("[1-9][0-9]{0,17}")) {
            throw malformed(field, name, "a version number counted from 1");
        }
        return Long.parseLong(text);
    }

    private static GraftException malformed(String field, String name, String expected) {
        String shown = name.length() > 200 ? name.substring(0, 200) + "..." : name;
        return GraftException.invalid(
                ErrorCode.INVALID_REQUEST,
                List.of(new FieldViolation(
                        field,
                        "'" + shown + "' is not " + expected
                                + "; ids are lower-case letters, digits, '.', '_' and '-', 63 at most")));
    }
}
