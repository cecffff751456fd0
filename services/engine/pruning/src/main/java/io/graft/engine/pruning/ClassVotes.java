package io.graft.engine.pruning;

import java.util.Arrays;

/** Votes of the target's samples for classes of the source, counted one by one. Not thread-safe. */
public final class ClassVotes {
    private final long[] votes;
    private final double[] likelihoods;
    private long voters;

    /** No votes yet. */
    public ClassVotes(int classes) {
        this.votes = new long[classes];
        this.likelihoods = new double[classes];
    }

    /** One sample's vote. */
    public void vote(int chosen) {
        votes[chosen]++;
        voters++;
    }

    /** Adds how likely the voter takes a class for; each voter's likelihoods sum to one. */
    public void likelihood(int each, double likelihood) {
        likelihoods[each] += likelihood;
    }

    /** Votes of each class. */
    public long[] counts() {
        return votes.clone();
    }

    /** How many voted. */
    public long voters() {
        return voters;
    }

    /** Mean likelihood of each class over the voters; all zero if none was told. */
    public double[] meanLikelihoods() {
        return Arrays.stream(likelihoods).map(sum -> sum / Math.max(1, voters)).toArray();
    }
}
