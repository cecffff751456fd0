package io.graft.engine.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts the processes of one setting.
 *
 * @param work holds the folder of the model and {@code train_peer.py}; gets the logs
 */
record Peers(Path work, Path python, Mode mode, int threads) {
    /** What a worker that trains is started with. */
    private static final List<String> JAVA_OPTIONS = List.of(
            "-Xmx512m", "--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC");

    PeerProcess start(Engine engine) throws IOException {
        List<String> command = new ArrayList<>();
        switch (engine) {
            case GRAFT -> {
                command.add(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString());
                command.addAll(JAVA_OPTIONS);
                command.addAll(List.of("-cp", System.getProperty("java.class.path"), GraftPeer.class.getName()));
            }
            case PYTORCH, PEFT ->
                command.addAll(
                        List.of(python.toString(), work.resolve("train_peer.py").toString(), engine.wireName()));
        }
        command.addAll(List.of(
                mode.wireName(), String.valueOf(threads), work.resolve("model").toString()));
        Path log = work.resolve(engine.wireName() + "-" + mode.wireName() + "-" + threads + ".log");
        return PeerProcess.start(engine.wireName(), command, log);
    }

    /** The program of the peers in Python. */
    static byte[] script() throws IOException {
        try (InputStream script = Peers.class.getResourceAsStream("train_peer.py")) {
            if (script == null) {
                throw new IllegalStateException("train_peer.py is not on the class path");
            }
            return script.readAllBytes();
        }
    }
}
