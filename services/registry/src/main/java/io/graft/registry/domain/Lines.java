package io.graft.registry.domain;

import io.graft.platform.error.GraftException;
import io.graft.platform.error.Violations;
import io.graft.platform.request.Mutation;
import io.graft.platform.request.RequestRules;
import io.graft.platform.resource.ResourceName;
import io.graft.platform.resource.ResourceName.DatasetName;
import io.graft.platform.resource.ResourceName.ModelName;
import io.graft.v1.Model;
import java.util.Map;

/** Creates models and data sets. Thread-safe. */
public final class Lines {
    private final LineStore lines;

    public Lines(LineStore lines) {
        this.lines = lines;
    }

    /** @throws GraftException {@code INVALID_REQUEST} naming every bad field, or as {@link LineStore#create} */
    public Model createModel(
            String tenant, String id, String description, Map<String, String> labels, Mutation mutation) {
        check("model", id, description, labels, mutation);
        return create(new ModelName(tenant, id), description, labels, mutation);
    }

    /** @throws GraftException {@code INVALID_REQUEST} naming every bad field, or as {@link LineStore#create} */
    public Model createDataset(
            String tenant, String id, String description, Map<String, String> labels, Mutation mutation) {
        check("dataset", id, description, labels, mutation);
        return create(new DatasetName(tenant, id), description, labels, mutation);
    }

    private Model create(ResourceName name, String description, Map<String, String> labels, Mutation mutation) {
        Model draft = Model.newBuilder()
                .setName(name.toString())
                .setDescription(description)
                .putAllLabels(labels)
                .build();
        return lines.create(draft, mutation);
    }

    private static void check(
            String resource, String id, String description, Map<String, String> labels, Mutation mutation) {
        Violations violations = new Violations();
        violations.require(
                ResourceName.ID.matcher(id).matches(),
                resource + "_id",
                "has 1 to 63 lower-case letters, digits, '.', '_' and '-', beginning with a letter or digit");
        RequestRules.checkDescription(violations, resource + ".description", description);
        RequestRules.checkLabels(violations, resource + ".labels", labels);
        RequestRules.checkRequestId(violations, mutation.requestId());
        violations.throwIfAny();
    }
}
