package io.graft.engine.benchmark;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.management.OperatingSystemMXBean;
import io.graft.engine.tensors.Torch;
import io.graft.engine.tensors.TorchSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Graft as a {@link PeerProcess}. */
final class GraftPeer {
    private static final JsonMapper JSON = new JsonMapper();

    private GraftPeer() {}

    /** Takes the mode, the number of threads and the model's folder. */
    static void main(String[] arguments) throws IOException {
        Mode mode = Mode.valueOf(arguments[0].toUpperCase(Locale.ROOT));
        try (Torch torch =
                Torch.open(TorchSettings.threads(Integer.parseInt(arguments[1])).withSeed(1))) {
            LlamaTraining training = LlamaTraining.open(torch, Path.of(arguments[2]), mode);
            say(Map.of("java", Runtime.version().toString()));
            BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = orders.readLine(); line != null; line = orders.readLine()) {
                round(training, Integer.parseInt(line));
            }
        }
    }

    private static void round(LlamaTraining training, int steps) throws IOException {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long cpu = system.getProcessCpuTime();
        long began = System.nanoTime();
        double first = training.step();
        for (int step = 1; step < steps; step++) {
            training.step();
        }
        double seconds = (System.nanoTime() - began) * 1e-9;
        say(Map.of("seconds", seconds, "cpu_seconds", (system.getProcessCpuTime() - cpu) * 1e-9, "loss", first));
    }

    private static void say(Map<String, ?> answer) throws IOException {
        System.out.println(JSON.writeValueAsString(answer));
        System.out.flush();
    }
}
