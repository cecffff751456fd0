package io.graft.evaluation.domain;

import io.graft.platform.submission.SpecFields;
import io.graft.platform.submission.training.DataFields;
import io.graft.platform.submission.training.Task;
import io.graft.v1.FeaturePooling;
import io.graft.v1.InvarianceMetric;
import io.graft.v1.InvarianceSpec;
import io.graft.v1.PictureChange;
import io.graft.v1.PictureTransform;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Checks the fields of a measurement of invariance and fills in what is not said, before any version is looked up. */
final class InvarianceFields {
    private static final int MOST_LAYERS = 20;
    private static final int MOST_SAMPLES = 5000;
    private static final int MOST_SAMPLES_OF_PAIRS = 2000;
    private static final int FEWEST_SAMPLES = 2;
    private static final int STANDARD_SAMPLES = 1000;

    private InvarianceFields() {}

    /** The specification with its defaults; what is wrong is noted. */
    static InvarianceSpec effective(SpecFields fields, InvarianceSpec spec) {
        fields.version("spec.version", spec.getVersion());
        DataFields.check(fields, "spec.data", spec.getData(), Task.INPUTS);
        fields.require(
                !spec.getData().hasHoldout(), "spec.data.holdout", "has no meaning here; name the split to measure on");
        fields.require(
                spec.getMetric() != InvarianceMetric.UNRECOGNIZED, "spec.metric", "is none of L2, COS, DOTPROD, CKA");
        InvarianceSpec.Builder effective = spec.toBuilder()
                .setN(spec.getN() == 0 ? STANDARD_SAMPLES : spec.getN())
                .setSeedA(spec.getSeedA())
                .setSeedB(spec.hasSeedB() ? spec.getSeedB() : 1)
                .setBatchSize(RepresentationFields.batchSize(spec.getBatchSize()));
        if (spec.getMetric() == InvarianceMetric.INVARIANCE_METRIC_UNSPECIFIED) {
            effective.setMetric(InvarianceMetric.INVARIANCE_METRIC_L2);
        }
        transforms(fields, effective);
        layers(fields, spec, effective);
        fields.range(
                "spec.n",
                effective.getN(),
                FEWEST_SAMPLES,
                spec.getMetric() == InvarianceMetric.INVARIANCE_METRIC_CKA ? MOST_SAMPLES_OF_PAIRS : MOST_SAMPLES);
        fields.range("spec.seed_a", effective.getSeedA(), 0, RepresentationFields.LARGEST_SEED);
        fields.range("spec.seed_b", effective.getSeedB(), 0, RepresentationFields.LARGEST_SEED);
        fields.require(
                effective.getSeedA() != effective.getSeedB(),
                "spec.seed_b",
                "is seed_a, so that both draws of a change would be the same; take another one");
        RepresentationFields.batches(fields, spec.getBatchSize(), 0);
        return effective.build();
    }

    private static void layers(SpecFields fields, InvarianceSpec spec, InvarianceSpec.Builder effective) {
        boolean named = spec.getLayersCount() > 0;
        fields.require(
                spec.getLayersCount() <= MOST_LAYERS,
                "spec.layers",
                "names " + spec.getLayersCount() + " layers; name " + MOST_LAYERS + " at most");
        fields.require(
                new HashSet<>(spec.getLayersList()).size() == spec.getLayersCount()
                        && spec.getLayersList().stream().noneMatch(String::isEmpty),
                "spec.layers",
                "names each layer once, and none by an empty name");
        RepresentationFields.pooling(fields, spec.getPooling(), named);
        fields.require(
                named
                        || spec.getPooling() == FeaturePooling.FEATURE_POOLING_UNSPECIFIED
                        || spec.getPooling() == FeaturePooling.FEATURE_POOLING_HEAD,
                "spec.pooling",
                "pools patches, and without named layers the features are what goes into the head; leave it out");
        if (spec.getPooling() == FeaturePooling.FEATURE_POOLING_UNSPECIFIED) {
            effective.setPooling(named ? FeaturePooling.FEATURE_POOLING_MEAN : FeaturePooling.FEATURE_POOLING_HEAD);
        }
    }

    private static void transforms(SpecFields fields, InvarianceSpec.Builder spec) {
        fields.require(spec.getTransformsCount() > 0, "spec.transforms", "is required: name a change, such as SHIFT");
        Set<PictureChange> seen = EnumSet.noneOf(PictureChange.class);
        for (int i = 0; i < spec.getTransformsCount(); i++) {
            PictureTransform transform = spec.getTransforms(i);
            String at = "spec.transforms[" + i + "]";
            PictureChange change = transform.getChange();
            boolean known = change != PictureChange.UNRECOGNIZED && change != PictureChange.PICTURE_CHANGE_UNSPECIFIED;
            fields.require(
                    known, at + ".change", "is none of SHIFT, FLIP, ROTATION, INVERSION, BRIGHTNESS, NOISE, BLUR");
            fields.require(!known || seen.add(change), at + ".change", "is named twice; name each change once");
            if (known) {
                double range = transform.hasRange() ? transform.getRange() : standard(change);
                fields.require(
                        range >= least(change) && range <= most(change),
                        at + ".range",
                        "is " + range + "; for " + name(change) + " it is a number from " + least(change) + " to "
                                + most(change) + (change == PictureChange.PICTURE_CHANGE_SHIFT ? ", and whole" : ""));
                fields.require(
                        change != PictureChange.PICTURE_CHANGE_SHIFT || range == Math.rint(range),
                        at + ".range",
                        "is " + range + "; pictures are moved by whole pixels");
                spec.setTransforms(i, transform.toBuilder().setRange(range));
            }
        }
    }

    /** As people write it. */
    static String name(PictureChange change) {
        return change.name().replace("PICTURE_CHANGE_", "").toLowerCase(Locale.ROOT);
    }

    private static double standard(PictureChange change) {
        return switch (change) {
            case PICTURE_CHANGE_SHIFT -> 2;
            case PICTURE_CHANGE_FLIP, PICTURE_CHANGE_INVERSION -> 0.5;
            case PICTURE_CHANGE_ROTATION -> 15;
            case PICTURE_CHANGE_BRIGHTNESS -> 0.3;
            case PICTURE_CHANGE_NOISE -> 0.1;
            case PICTURE_CHANGE_BLUR, PICTURE_CHANGE_UNSPECIFIED, UNRECOGNIZED -> 1;
        };
    }

    private static double least(PictureChange change) {
        return change == PictureChange.PICTURE_CHANGE_SHIFT ? 1 : 1e-3;
    }

    private static double most(PictureChange change) {
        return switch (change) {
            case PICTURE_CHANGE_SHIFT -> 1000;
            case PICTURE_CHANGE_FLIP, PICTURE_CHANGE_INVERSION, PICTURE_CHANGE_BRIGHTNESS, PICTURE_CHANGE_NOISE -> 1;
            case PICTURE_CHANGE_ROTATION -> 180;
            case PICTURE_CHANGE_BLUR, PICTURE_CHANGE_UNSPECIFIED, UNRECOGNIZED -> 20;
        };
    }
}
