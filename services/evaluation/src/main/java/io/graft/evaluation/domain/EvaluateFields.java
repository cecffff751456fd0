package io.graft.evaluation.domain;

import io.graft.platform.methods.MethodCatalog;
import io.graft.platform.methods.MethodKind;
import io.graft.platform.submission.SpecFields;
import io.graft.platform.submission.training.DataFields;
import io.graft.platform.submission.training.MethodChoices;
import io.graft.v1.EvaluateSpec;
import io.graft.v1.LongRows;

/** Checks the fields of an evaluation and fills in what is not said, before any version is looked up. Thread-safe. */
final class EvaluateFields {
    private static final int MOST_ROWS = 4096;
    private static final int LONGEST = 1 << 20;
    private static final int STANDARD_BATCH = 32;

    private final MethodChoices methods;

    EvaluateFields(MethodCatalog catalog) {
        this.methods = new MethodChoices(catalog);
    }

    /** The specification with its defaults; what is wrong is noted. */
    EvaluateSpec effective(SpecFields fields, EvaluateSpec spec) {
        fields.version("spec.version", spec.getVersion());
        fields.optionalVersion("spec.base", spec.getBase());
        fields.optionalVersion("spec.head", spec.getHead());
        EvaluateSpec.Builder effective = spec.toBuilder();
        if (spec.hasTask()) {
            effective.setTask(LanguageFields.effective(fields, spec));
        } else if (spec.hasEmbedding()) {
            effective.setEmbedding(EmbeddingFields.effective(fields, spec));
        } else {
            effective.setObjective(
                    methods.effective(fields, "spec.objective", MethodKind.OBJECTIVE, spec.getObjective(), ""));
        }
        Measured measured = Measured.of(effective);
        DataFields.check(fields, "spec.data", spec.getData(), measured.task());
        GateFields.check(fields, spec, measured.metrics());
        fields.range("spec.batch_size", spec.getBatchSize(), 0, MOST_ROWS);
        fields.range("spec.max_length", spec.getMaxLength(), 0, LONGEST);
        fields.require(spec.getLongRows() != LongRows.UNRECOGNIZED, "spec.long_rows", "is none of REFUSE, TRUNCATE");
        effective.setBatchSize(spec.getBatchSize() == 0 ? STANDARD_BATCH : spec.getBatchSize());
        if (spec.getLongRows() == LongRows.LONG_ROWS_UNSPECIFIED && !spec.hasTask()) {
            effective.setLongRows(LongRows.LONG_ROWS_REFUSE);
        }
        if (spec.hasGate()) {
            effective.setGate(GateFields.effective(spec.getGate(), measured.metrics()));
        }
        return effective.build();
    }
}
