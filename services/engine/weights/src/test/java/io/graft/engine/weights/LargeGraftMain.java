package io.graft.engine.weights;

import io.graft.engine.safetensors.compatibility.GraftRules;
import io.graft.engine.weights.pipeline.EngineSettings;
import io.graft.engine.weights.pipeline.TransferProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The child of {@link LargeGraftTest}: grafts, then writes its VmHWM in kB and the seconds taken. */
final class LargeGraftMain {
    private LargeGraftMain() {}

    public static void main(String[] args) throws IOException {
        Path models = Path.of(args[0]);
        long before = System.nanoTime();
        GraftResult result = WeightGraft.run(
                new GraftRequest(
                        new GraftSource.ThreeModels(models.resolve("base"), models.resolve("tuned")),
                        models.resolve("base"),
                        models.resolve("output"),
                        1.0,
                        GraftRules.DEFAULT,
                        EngineSettings.DEFAULT.withMaxShardBytes(2_000_000_000).withDurable(false)),
                TransferProgress.NONE);
        double seconds = (System.nanoTime() - before) / 1e9;
        long bytes = result.files().stream().mapToLong(file -> file.size()).sum();
        String most = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .map(line -> line.replaceAll("\\D", ""))
                .findFirst()
                .orElseThrow();
        Files.write(
                Path.of(args[1]),
                List.of(
                        most,
                        seconds + " s",
                        bytes + " bytes in " + result.files().size() + " files"));
    }
}
