package io.graft.it;

import java.nio.file.Path;

/** The JDK that runs the tests. */
final class JavaCommand {
    private JavaCommand() {}

    static String path() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
