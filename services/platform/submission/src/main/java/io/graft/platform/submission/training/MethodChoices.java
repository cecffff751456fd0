package io.graft.platform.submission.training;

import io.graft.platform.methods.MethodCatalog;
import io.graft.platform.methods.MethodDescriptor;
import io.graft.platform.methods.MethodKind;
import io.graft.platform.methods.MethodParameterException;
import io.graft.platform.methods.UnknownMethodException;
import io.graft.platform.submission.SpecFields;
import io.graft.v1.MethodChoice;
import java.util.stream.Collectors;

/** Checks choices of methods against the catalogue. Thread-safe. */
public final class MethodChoices {
    private final MethodCatalog catalog;

    public MethodChoices(MethodCatalog catalog) {
        this.catalog = catalog;
    }

    /**
     * The choice with its defaults filled in; as given when something about it is wrong, which is noted then.
     *
     * @param field path of the choice in the request
     * @param standard name of the method when none is given; empty when one is required
     */
    public MethodChoice effective(
            SpecFields fields, String field, MethodKind kind, MethodChoice given, String standard) {
        String name = given.getName().isEmpty() ? standard : given.getName();
        if (name.isEmpty()) {
            String names = catalog.of(kind).stream().map(MethodDescriptor::name).collect(Collectors.joining(", "));
            fields.require(false, field + ".name", "is required; name one of " + names);
            return given;
        }
        try {
            MethodDescriptor method = catalog.require(kind, name);
            return given.toBuilder()
                    .setName(name)
                    .setParams(StructValues.toStruct(method.effective(StructValues.toMap(given.getParams()))))
                    .build();
        } catch (UnknownMethodException e) {
            fields.require(false, field + ".name", String.valueOf(e.getMessage()));
        } catch (MethodParameterException e) {
            e.problems()
                    .forEach(problem -> fields.require(false, field + ".params." + problem.param(), problem.message()));
        }
        return given;
    }
}
