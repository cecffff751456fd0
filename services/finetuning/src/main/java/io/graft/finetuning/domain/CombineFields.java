package io.graft.finetuning.domain;

import io.graft.platform.methods.MethodCatalog;
import io.graft.platform.methods.MethodKind;
import io.graft.platform.submission.SpecFields;
import io.graft.platform.submission.training.MethodChoices;
import io.graft.v1.CombineSpec;
import io.graft.v1.WeightedAdapter;
import java.util.List;

/** Checks the fields of a combination and fills in what is not said, before any version is looked up. Thread-safe. */
final class CombineFields {
    private static final String STANDARD = "cat";
    private static final int FEWEST = 2;
    private static final int MOST = 32;

    private final MethodChoices methods;

    CombineFields(MethodCatalog catalog) {
        this.methods = new MethodChoices(catalog);
    }

    /** The specification with its defaults; what is wrong is noted. */
    CombineSpec effective(SpecFields fields, CombineSpec spec) {
        List<WeightedAdapter> adapters = spec.getAdaptersList();
        fields.range("spec.adapters", adapters.size(), FEWEST, MOST);
        CombineSpec.Builder effective = spec.toBuilder().clearAdapters();
        for (int i = 0; i < adapters.size(); i++) {
            WeightedAdapter each = adapters.get(i);
            double weight = each.hasWeight() ? each.getWeight() : 1;
            fields.version("spec.adapters[" + i + "].adapter", each.getAdapter());
            fields.require(
                    Double.isFinite(weight) && weight != 0,
                    "spec.adapters[" + i + "].weight",
                    "is " + weight + "; give a finite weight that is not 0");
            effective.addAdapters(each.toBuilder().setWeight(weight));
        }
        fields.outputModel(spec.getOutputModel());
        return effective
                .setMethod(methods.effective(fields, "spec.method", MethodKind.COMBINATION, spec.getMethod(), STANDARD))
                .build();
    }
}
