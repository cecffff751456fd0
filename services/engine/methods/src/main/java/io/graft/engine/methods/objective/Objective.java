package io.graft.engine.methods.objective;

/** What a training makes small; a trainer switches over the kinds, since each looks at another output of the model. */
public sealed interface Objective permits LanguageModeling, LabelPrediction, ContrastiveLearning {
    /** Its name in the catalogue. */
    String name();
}
