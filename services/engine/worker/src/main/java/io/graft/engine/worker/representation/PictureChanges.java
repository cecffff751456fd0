package io.graft.engine.worker.representation;

import io.graft.engine.data.picture.PictureChange;
import io.graft.v1.PictureTransform;
import java.util.Locale;
import java.util.SplittableRandom;

/** The changes that a specification names, between messages and the engine. */
final class PictureChanges {
    private static final long ROWS = 0x9E3779B97F4A7C15L;

    private PictureChanges() {}

    /** The change with its range. */
    static PictureChange of(PictureTransform transform) {
        double range = transform.getRange();
        return switch (transform.getChange()) {
            case PICTURE_CHANGE_SHIFT -> new PictureChange.Shift((int) range);
            case PICTURE_CHANGE_FLIP -> new PictureChange.Flip(range);
            case PICTURE_CHANGE_ROTATION -> new PictureChange.Rotation(range);
            case PICTURE_CHANGE_INVERSION -> new PictureChange.Inversion(range);
            case PICTURE_CHANGE_BRIGHTNESS -> new PictureChange.Brightness(range);
            case PICTURE_CHANGE_NOISE -> new PictureChange.Noise(range);
            case PICTURE_CHANGE_BLUR -> new PictureChange.Blur(range);
            case PICTURE_CHANGE_UNSPECIFIED, UNRECOGNIZED ->
                throw new IllegalArgumentException("unknown change " + transform.getChange());
        };
    }

    /** What chance decides of one picture, the same whichever others are changed. */
    static SplittableRandom draw(long seed, int row) {
        return new SplittableRandom(seed * 31 + row * ROWS);
    }

    /** As people write it. */
    static String name(io.graft.v1.PictureChange change) {
        return change.name().replace("PICTURE_CHANGE_", "").toLowerCase(Locale.ROOT);
    }
}
