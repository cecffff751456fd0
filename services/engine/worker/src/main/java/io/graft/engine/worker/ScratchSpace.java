package io.graft.engine.worker;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Room on the worker's disk, asked for before it is filled. */
public final class ScratchSpace {
    /** Kept free for logs and small files. */
    private static final long RESERVE = 64L << 20;

    private ScratchSpace() {}

    /**
     * Checks that everything fits.
     *
     * @param needs bytes by what they are for, in the order to be shown
     * @throws GraftException {@code DISK_SPACE} with the arithmetic
     */
    public static void require(Path folder, Map<String, Long> needs) throws IOException {
        require(Files.getFileStore(folder).getUsableSpace(), needs);
    }

    static void require(long free, Map<String, Long> needs) {
        StringBuilder sum = new StringBuilder();
        long total = RESERVE;
        for (Map.Entry<String, Long> need : needs.entrySet()) {
            sum.append(need.getKey()).append(' ').append(bytes(need.getValue())).append(" + ");
            total += need.getValue();
        }
        if (total > free) {
            throw new GraftException(
                    ErrorCode.DISK_SPACE,
                    "The worker's disk has " + bytes(free) + " free and the job needs " + bytes(total) + " = " + sum
                            + "reserve " + bytes(RESERVE) + "; free some space or give workers a larger disk",
                    Map.of("free_bytes", Long.toString(free), "needed_bytes", Long.toString(total)));
        }
    }

    private static String bytes(long count) {
        return String.format(Locale.ROOT, "%,d B", count);
    }
}
