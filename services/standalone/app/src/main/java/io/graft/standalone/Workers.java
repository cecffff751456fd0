package io.graft.standalone;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The worker processes of this installation, also those that an earlier run started and did not live to stop. */
final class Workers {
    private Workers() {}

    /** What stands on the command line of the workers that have their directories under {@code work}, and on no other. */
    static String mark(Path work) {
        return "-Dgraft.work=" + work;
    }

    /** The workers that run. */
    static List<ProcessHandle> under(Path work) {
        String mark = mark(work);
        return ProcessHandle.allProcesses()
                .filter(process -> Stream.of(process.info().arguments().orElse(new String[0]))
                        .anyMatch(mark::equals))
                .toList();
    }
}
