package io.graft.platform.submission.training;

import io.graft.platform.submission.SpecFields;

/** How many tokens a row may have. */
public final class SequenceLength {
    /** Where the caller says nothing. */
    private static final int STANDARD = 512;

    private SequenceLength() {}

    /**
     * The length to use; one that the network can't take is noted.
     *
     * @param asked 0 for the standard
     */
    public static int of(SpecFields fields, String field, int asked, Network network) {
        long longest = network.longest() == 0 ? Long.MAX_VALUE : network.longest();
        fields.require(
                asked <= longest,
                field,
                "is " + asked + ", and the network has positions for " + longest + " tokens only");
        return (int) Math.min(asked == 0 ? STANDARD : asked, longest);
    }
}
