package io.graft.engine.metrics.comparison;

/** What one system scored on a list of examples. Immutable. */
public sealed interface Scores permits ExampleScores, CorpusScores {
    /** How many examples. */
    int size();

    /** The metric over all examples. */
    double value();

    /**
     * The metric over some of the examples.
     *
     * @param examples indices from 0; one that is named twice counts twice
     */
    double value(int[] examples);

    /** The scores of some of the examples alone, in the order given. */
    Scores only(int[] examples);

    /** Whether the system scored differently from another on one example. */
    boolean differs(Scores other, int example);

    /** How far one example's score can lie from another's at most: the scale of rare events. */
    double span();
}
