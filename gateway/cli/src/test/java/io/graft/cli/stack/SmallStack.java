package io.graft.cli.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A program that keeps the launch contract of the stack, and nothing else of it. */
final class SmallStack {
    private SmallStack() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> options = Arrays.asList(arguments);
        int base = Integer.parseInt(options.get(options.indexOf("--port-base") + 1));
        if (base < 1024) {
            System.err.println("graft: port " + base + " is taken; give another --port-base");
            System.exit(1);
        }
        Path run = Files.createDirectories(Path.of(System.getenv("GRAFT_HOME"), "run"));
        long pid = ProcessHandle.current().pid();
        Files.writeString(run.resolve("pid"), String.valueOf(pid));
        Path draft = Files.writeString(
                run.resolve("draft"), "{\"pid\": " + pid + ", \"grpc\": \"127.0.0.1:" + (base + 1) + "\"}");
        Files.move(draft, run.resolve("endpoints.json"), StandardCopyOption.ATOMIC_MOVE);
        new CountDownLatch(1).await();
    }
}
